package server_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/koppel/koppel/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m, testkit.CheckLeaks(goleak.IgnoreCurrent())) }
