package e2e

import (
	"testing"

	"github.com/koppel/koppel/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
