package accountview_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/connectors/accountview/sandbox"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/sandboxkit"
)

func closes(s *accountview.Settings) { s.Periods.ClosedField = "per_blk" }

func day(t *testing.T, text string) domain.Date {
	t.Helper()
	d, err := domain.ParseDate(text)
	require.NoError(t, err)
	return d
}

// in2026 pins the clock of a sandbox with periods of 2025, 2026 and 2027.
func in2026() time.Time { return time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC) }

func TestOpenFrom_TheFirstDayThatIsNotClosed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ closedThrough, asked, want string }{
		"an open day":                         {"", "2026-11-20", "2026-11-20"},
		"the last closed day":                 {"2026-10-31", "2026-10-31", "2026-11-01"},
		"the first open day":                  {"2026-10-31", "2026-11-01", "2026-11-01"},
		"a period is closed as a whole":       {"2026-10-15", "2026-10-20", "2026-10-20"},
		"the rest of the year is closed":      {"2026-12-31", "2026-03-01", "2027-01-01"},
		"a day of last year":                  {"2025-12-31", "2025-06-01", "2026-01-01"},
		"a year without periods, before":      {"", "2024-06-01", "2025-01-01"},
		"everything is closed":                {"2027-12-31", "2026-11-20", ""},
		"a year without administration":       {"", "2031-06-01", ""},
		"before there was any administration": {"", "2012-06-01", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := openSandboxWith(t, sandbox.Options{Now: in2026}, closes)
			require.NoError(t, o.sandbox.CloseThrough(c.closedThrough))
			open, err := o.books.OpenFrom(t.Context(), day(t, c.asked))
			require.NoError(t, err)
			require.Equal(t, c.want, open.String())
		})
	}
}

func TestOpenFrom_WithoutAClosedColumnEveryPeriodIsOpen(t *testing.T) {
	t.Parallel()
	o := openSandboxWith(t, sandbox.Options{Now: in2026}, nil)
	require.NoError(t, o.sandbox.CloseThrough("2026-10-31"))
	open, err := o.books.OpenFrom(t.Context(), day(t, "2026-10-01"))
	require.NoError(t, err)
	require.Equal(t, "2026-10-01", open.String())
}

func TestOpenFrom_IsRememberedForAWhile(t *testing.T) {
	t.Parallel()
	o := openSandboxWith(t, sandbox.Options{Now: in2026}, closes)
	for _, asked := range []string{"2026-11-20", "2026-01-01", "2026-12-31", "2025-12-31"} {
		_, err := o.books.OpenFrom(t.Context(), day(t, asked))
		require.NoError(t, err)
	}
	require.Equal(t, 2, o.sandbox.Calls().Report().Operations["GET PER"], "once for each book year")
}

func TestOpenFrom_WhatCannotBeReadIsNoAnswer(t *testing.T) {
	t.Parallel()
	o := openSandboxWith(t, sandbox.Options{Now: in2026, MissingObjects: []string{"PER"}}, closes)
	_, err := o.books.OpenFrom(t.Context(), day(t, "2026-11-20"))
	requireFault(t, err, fault.Rejected, "query_refused")

	o = openSandboxWith(t, sandbox.Options{Now: in2026}, closes)
	require.NoError(t, o.sandbox.Faults().Add(sandboxkit.Rule{Kind: sandboxkit.BadGateway, Operation: "GET PER", Calls: 1}))
	_, err = o.books.OpenFrom(t.Context(), day(t, "2026-11-20"))
	require.True(t, fault.Is(err, fault.Unavailable), "%v", err)
	open, err := o.books.OpenFrom(t.Context(), day(t, "2026-11-20"))
	require.NoError(t, err, "a failure is not remembered")
	require.Equal(t, "2026-11-20", open.String())

	o = openSandboxWith(t, sandbox.Options{Now: in2026}, func(s *accountview.Settings) { s.Periods.ClosedField = "NOSUCH" })
	_, err = o.books.OpenFrom(t.Context(), day(t, "2026-11-20"))
	requireFault(t, err, fault.Rejected, "query_refused")
}
