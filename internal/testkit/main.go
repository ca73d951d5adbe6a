package testkit

import (
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"
)

// MainOption adds a check to Main.
type MainOption func(*mainOptions)

type mainOptions struct {
	leaks  bool
	ignore []goleak.Option
}

// CheckLeaks fails the program when a goroutine is left after its tests; the options name those that may stay.
func CheckLeaks(ignore ...goleak.Option) MainOption {
	return func(o *mainOptions) { o.leaks, o.ignore = true, ignore }
}

// Main runs the tests of a program, stops the PostgreSQL they shared, and exits. Call it from TestMain in every package
// whose tests use Postgres or PostgresTemplate.
func Main(m *testing.M, options ...MainOption) {
	os.Exit(run(m, options))
}

func run(m *testing.M, options []MainOption) int {
	var chosen mainOptions
	for _, option := range options {
		option(&chosen)
	}
	shared.mu.Lock()
	shared.running = true
	shared.mu.Unlock()

	code := m.Run()
	if err := shared.stop(); err != nil {
		fmt.Fprintln(os.Stderr, "clean up after the tests:", err)
		code = max(code, 1)
	}
	if chosen.leaks && code == 0 {
		if err := goleak.Find(chosen.ignore...); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	return code
}
