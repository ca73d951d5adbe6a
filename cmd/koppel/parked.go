package main

import (
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/app"
)

const mostParked = 1000

func (r *root) parkedCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "parked", Short: "See, retry, fix and end what waits for a person"}
	cmd.AddCommand(r.parkedListCommand(), r.parkedShowCommand(), r.parkedRetryCommand(), r.parkedFixCommand(), r.parkedSkipCommand())
	return cmd
}

func (r *root) parkedListCommand() *cobra.Command {
	var integration string
	var details bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "Show what waits for a person, why, and what to do",
		Args:  cobra.NoArgs,
		RunE: r.opened(func(cmd *cobra.Command, a *app.App, _ []string) error {
			rows, err := a.AllParked(cmd.Context(), integration, mostParked)
			if err != nil {
				return err
			}
			if len(rows) == 0 {
				fmt.Fprintln(cmd.OutOrStdout(), "nothing is parked")
				return nil
			}
			table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
			fmt.Fprintln(table, "INTEGRATION\tFLOW\tNUMBER\tEURO\tAGE\tREASON\tABOUT")
			for _, row := range rows {
				fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", row.Integration, row.Flow, row.Number,
					domain.Euros(row.TotalCents).StringFixed(2), time.Since(row.OpenedAt).Round(time.Second), row.Code, row.About)
			}
			if err := table.Flush(); err != nil {
				return err
			}
			return explain(cmd, a.Payloads, rows, details)
		}),
	}
	cmd.Flags().StringVarP(&integration, "integration", "i", "", "only this integration")
	cmd.Flags().BoolVar(&details, "details", false, "also show what the far side said; it may name people")
	return cmd
}

// explain says once for each reason what it means and what to do, and for each
// record, when asked, what the far side said.
func explain(cmd *cobra.Command, payloads *db.Payloads, rows []store.Parked, details bool) error {
	out := cmd.OutOrStdout()
	for _, row := range rows {
		if words := waitsFor(row); words != "" {
			fmt.Fprintf(out, "%s %s goes on by itself with %s\n", row.Integration, row.Number, words)
		}
	}
	said := map[string]bool{}
	for _, row := range rows {
		if said[row.Code] {
			continue
		}
		said[row.Code] = true
		reason := domain.ReasonFor(row.Code)
		fmt.Fprintf(out, "\n%s\n  %s\n  %s\n", row.Code, reason.Words, reason.Fix)
	}
	if !details {
		return nil
	}
	return farSide(cmd, payloads, rows)
}

// farSide shows what the far side said of each record.
func farSide(cmd *cobra.Command, payloads *db.Payloads, rows []store.Parked) error {
	out := cmd.OutOrStdout()
	for _, row := range rows {
		if row.PayloadID == nil || row.PayloadMonth == nil {
			continue
		}
		words, err := payloads.Get(cmd.Context(), row.Integration, db.PayloadRef{Month: *row.PayloadMonth, ID: *row.PayloadID})
		if errors.Is(err, db.ErrNoPayload) {
			words = []byte("(no longer kept)")
		} else if err != nil {
			return err
		}
		fmt.Fprintf(out, "\n%s %s:\n  %s\n", row.Integration, row.Number, words)
	}
	return nil
}

// waitsFor says what a parked order goes on by itself with.
func waitsFor(row store.Parked) string {
	words := make([]string, len(row.WaitsFor))
	for i, key := range row.WaitsFor {
		words[i] = domain.WaitKey(key).Words()
	}
	return strings.Join(words, ", ")
}
