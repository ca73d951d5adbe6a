package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
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
	cmd := &cobra.Command{Use: "parked", Short: "See, retry and end what waits for a person"}
	cmd.AddCommand(r.parkedListCommand(), r.parkedRetryCommand(), r.parkedSkipCommand())
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
			fmt.Fprintln(table, "INTEGRATION\tNUMBER\tEURO\tAGE\tREASON\tABOUT")
			for _, row := range rows {
				fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", row.Integration, row.Number,
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

func (r *root) parkedRetryCommand() *cobra.Command {
	var integration, code string
	var all bool
	cmd := &cobra.Command{
		Use:   "retry [NUMBER ...] -i INTEGRATION",
		Short: "Try parked orders again, under the settings in force now",
		Long: `Asks the workflow of each parked order for a new attempt. Steps that were done are
looked up, not repeated.

  koppel parked retry 2026.123 -i shop
  koppel parked retry --all --reason product_missing -i shop`,
		RunE: func(cmd *cobra.Command, numbers []string) error {
			if all == (len(numbers) > 0) {
				return errors.New("name the orders to retry, or use --all")
			}
			return r.eachParked(cmd, integration, numbers, code, "is tried again", (*app.App).Retry)
		},
	}
	onIntegration(cmd, &integration)
	cmd.Flags().BoolVar(&all, "all", false, "all parked orders of the integration")
	cmd.Flags().StringVar(&code, "reason", "", "only those parked for this reason")
	return cmd
}

func (r *root) parkedSkipCommand() *cobra.Command {
	var integration, reason string
	cmd := &cobra.Command{
		Use:   "skip NUMBER ... -i INTEGRATION --reason REASON",
		Short: "End parked orders that a person dealt with",
		Long: `Ends parked orders without another attempt. A later change at the till brings an
order back. The reason is a code, because it enters the history of the order:

` + skipReasons() + `
  koppel parked skip 2026.123 -i shop --reason done_by_hand`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, numbers []string) error {
			if !slices.Contains(domain.SkipReasons(), reason) {
				return fmt.Errorf("--reason must be one of %s", strings.Join(domain.SkipReasons(), ", "))
			}
			return r.eachParked(cmd, integration, numbers, "", "is ended", func(a *app.App, ctx context.Context, row store.Parked) error {
				return a.Skip(ctx, row, reason)
			})
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why: "+strings.Join(domain.SkipReasons(), " or "))
	onIntegration(cmd, &integration)
	_ = cmd.MarkFlagRequired("reason")
	return cmd
}

func skipReasons() string {
	var text strings.Builder
	for _, code := range domain.SkipReasons() {
		fmt.Fprintf(&text, "  %-18s %s\n", code, domain.ReasonFor(code).Words)
	}
	return text.String()
}

// eachParked does something with each of the named parked orders, or with all
// parked for a reason, and tells what became of each.
func (r *root) eachParked(
	cmd *cobra.Command, integration string, numbers []string, code, done string, do func(*app.App, context.Context, store.Parked) error,
) error {
	a, err := r.connect(cmd.Context())
	if err != nil {
		return err
	}
	defer a.Close()
	rows, err := a.Parked(cmd.Context(), integration, numbers, code)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return errors.New("no such order is parked: koppel parked list shows what is")
	}
	var failed []error
	for _, row := range rows {
		if err := do(a, cmd.Context(), row); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", row.Number, err))
			continue
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", row.Number, done)
	}
	return errors.Join(failed...)
}
