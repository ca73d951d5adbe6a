package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/api"
)

func (r *root) whatIfCommand() *cobra.Command {
	var f asking
	var from, until string
	cmd := &cobra.Command{
		Use:   "what-if -i INTEGRATION --from DAY --until DAY -f draft.yaml",
		Short: "Show which fields and how many euros another document would have made different",
		Long: `Maps the stored orders of a period again, each as it was booked and as a draft of
the document would have it, and adds up what differs. The period goes by the
orders' own date. No order is read from a system and nothing is written.

  koppel what-if -i shop --from 2026-01-01 --until 2026-01-31 -f draft.yaml`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			q := api.Question{Kind: api.AskWhatIf}
			var err error
			if q.From, err = dayGiven("--from", from); err != nil {
				return err
			}
			if q.Until, err = dayGiven("--until", until); err != nil {
				return err
			}
			a, err := r.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer a.Close()
			return f.ask(cmd, a, q, shown(showWhatIf))
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "first day, YYYY-MM-DD")
	cmd.Flags().StringVar(&until, "until", "", "last day, YYYY-MM-DD")
	f.on(cmd)
	_ = cmd.MarkFlagRequired("from")
	_ = cmd.MarkFlagRequired("until")
	return cmd
}

func dayGiven(flag, text string) (domain.Date, error) {
	day, err := domain.ParseDate(text)
	if err != nil || day.IsZero() {
		return day, fmt.Errorf("%s: a day is written as 2026-01-31", flag)
	}
	return day, nil
}

func showWhatIf(out io.Writer, a activities.WhatIfAnswer) error {
	fmt.Fprintf(out, "%s to %s: %d of %d orders would differ, EUR %s in all\n", a.From, a.Until, a.Differ, a.Orders, a.DifferTotal.StringFixed(2))
	for _, left := range []struct {
		count int
		why   string
	}{
		{a.Gone, "are no longer kept, whatever their date"},
		{a.Unread, "were never understood"},
		{a.Cancelled, "were cancelled"},
	} {
		if left.count > 0 {
			fmt.Fprintf(out, "  not compared: %d %s\n", left.count, left.why)
		}
	}
	for _, w := range a.Warnings {
		fmt.Fprintf(out, "\nwarning, in %d orders (%s): %s\n", w.Orders, plain(strings.Join(w.Examples, ", ")), plain(w.Words))
	}
	for _, f := range a.Fields {
		fmt.Fprintf(out, "\n%s %s: %s\n", strings.ReplaceAll(f.Entity, "_", " "), f.Field, many(f.Orders, "order", "orders"))
		for _, e := range f.Examples {
			fmt.Fprintf(out, "  %s: %s -> %s\n", e.Number, held(e.Change.Before), held(e.Change.After))
		}
	}
	for _, m := range a.Amounts {
		fmt.Fprintf(out, "\nVAT code %s of the books: %s EUR excl. VAT, %s EUR VAT in %s\n", m.Code, signed(m.Excl.StringFixed(2)), signed(m.VAT.StringFixed(2)), many(m.Orders, "order", "orders"))
	}
	for _, p := range a.Stopped {
		fmt.Fprintf(out, "\n%s: %d more would not reach the books, %d fewer (%s)\n  %s\n", p.Code, p.Newly, p.NoLonger, strings.Join(p.Examples, ", "), p.Words)
	}
	return nil
}

func signed(amount string) string {
	if strings.HasPrefix(amount, "-") {
		return amount
	}
	return "+" + amount
}
