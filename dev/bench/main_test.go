package bench

import (
	"testing"

	"github.com/koppel/koppel/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
