// Package demo does the main job without a person: it rings up orders in the
// sandbox till, waits until the books agree, and says whether they do.
package demo

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/settings"
)

// Options of a demo.
type Options struct {
	Home      string // temporary data
	Orders    int
	Customers int
	Faults    bool   // every call meets a fault with a chance of 10 %
	Seed      uint64 // of the sales and the faults
	Patience  time.Duration
	Out       io.Writer
	Log       *slog.Logger
}

// Result is what came of the orders.
type Result struct {
	Orders     int
	Delivered  int // orders that stand in the books once, with the till's amounts
	Duplicates int // orders that stand there more than once, and debtors made twice
	Lost       int // orders that do not stand there
	CentsOff   int64
	Parked     int
	Took       time.Duration
}

// OK reports whether everything arrived once and to the cent.
func (r Result) OK() bool {
	return r.Orders > 0 && r.Delivered == r.Orders && r.Duplicates == 0 && r.Lost == 0 && r.CentsOff == 0
}

// Line is the last line of a demo.
func (r Result) Line() string {
	word := "FAILED"
	if r.OK() {
		word = "ok"
	}
	return fmt.Sprintf("demo: %s orders=%d delivered=%d duplicates=%d lost=%d cents_off=%d seconds=%.1f",
		word, r.Orders, r.Delivered, r.Duplicates, r.Lost, r.CentsOff, r.Took.Seconds())
}

// Run starts everything, rings up, waits and compares. The error says that the
// demo could not be run; what came of the orders is in the result.
func Run(ctx context.Context, o Options) (result Result, err error) {
	began := time.Now()
	s, err := stack.Start(ctx, stack.Options{
		Home: o.Home, Log: o.Log, WithoutUI: true, Disposable: true,
		Document: func(d *settings.Document) { hurry(d, o.Faults) },
	})
	if err != nil {
		return result, err
	}
	defer func() {
		if stopErr := s.Stop(); err == nil {
			err = stopErr
		}
	}()
	d := &demo{Options: o, stack: s, till: outside.Page{URL: s.Sandboxes.TillURL}, books: outside.Page{URL: s.Sandboxes.BooksURL}}
	if o.Faults {
		if err := d.breakThings(ctx); err != nil {
			return result, err
		}
	}
	if err := d.ringUp(ctx); err != nil {
		return result, err
	}
	result, err = d.waitForBooks(ctx)
	result.Took = time.Since(began)
	if err != nil {
		return result, err
	}
	d.report(ctx, result)
	return result, nil
}

// hurry makes the document impatient, so that a demo takes seconds.
func hurry(d *settings.Document, faults bool) {
	orders := &d.Flows.Orders
	orders.Every = settings.Duration(time.Second)
	orders.RetryHorizon = settings.Duration(time.Hour)
	orders.Sweep.Every = settings.Duration(5 * time.Second)
	d.AccountView.Limits.InFlight, d.Mplus.Limits.InFlight = 16, 8
	if faults {
		d.AccountView.Timeout, d.Mplus.Timeout = settings.Duration(2*time.Second), settings.Duration(2*time.Second)
		orders.SettleTime = settings.Duration(settleTime)
	}
}

const (
	settleTime = 5 * time.Second
	lateness   = 3.0 // seconds after the client gave up; below the settle time
)

// demo is one demo under way.
type demo struct {
	Options
	stack *stack.Stack
	till  outside.Page
	books outside.Page
}

func (d *demo) say(format string, args ...any) { fmt.Fprintf(d.Out, format+"\n", args...) }
