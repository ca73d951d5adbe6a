package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/app"
)

// chosenParked is which parked orders a command is about.
type chosenParked struct {
	integration string
	cause       string
	all         bool
}

func (c *chosenParked) flags(cmd *cobra.Command) {
	onIntegration(cmd, &c.integration)
	cmd.Flags().BoolVar(&c.all, "all", false, "all parked orders of the integration")
	cmd.Flags().StringVar(&c.cause, "cause", "", "only those parked for this reason")
}

func (c *chosenParked) named(numbers []string) error {
	if c.all == (len(numbers) > 0) {
		return errors.New("name the orders, or use --all")
	}
	return nil
}

func (r *root) parkedRetryCommand() *cobra.Command {
	var chosen chosenParked
	cmd := &cobra.Command{
		Use:   "retry [NUMBER ...] -i INTEGRATION",
		Short: "Try parked orders again, under the settings in force now",
		Long: `Asks the workflow of each parked order for a new attempt. Steps that were done are
looked up, not repeated. A named order that rests before it goes is sent now.

  koppel parked retry 2026.123 -i shop
  koppel parked retry --all --cause product_missing -i shop`,
		RunE: func(cmd *cobra.Command, numbers []string) error {
			if err := chosen.named(numbers); err != nil {
				return err
			}
			return r.eachParked(cmd, chosen, numbers, "is tried again", func(a *app.App, ctx context.Context, row store.Parked) error {
				return a.Retry(ctx, row, author())
			})
		},
	}
	chosen.flags(cmd)
	return cmd
}

func (r *root) parkedSkipCommand() *cobra.Command {
	var chosen chosenParked
	var reason string
	cmd := &cobra.Command{
		Use:   "skip [NUMBER ...] -i INTEGRATION --reason REASON",
		Short: "End parked orders that a person dealt with",
		Long: `Ends parked orders without another attempt. A later change at the till brings an
order back. The reason is a code, because it enters the history of the order:

` + skipReasons() + `
  koppel parked skip 2026.123 -i shop --reason done_by_hand
  koppel parked skip --all --cause filtered -i shop --reason not_for_the_books`,
		RunE: func(cmd *cobra.Command, numbers []string) error {
			if !slices.Contains(domain.SkipReasons(), reason) {
				return fmt.Errorf("--reason must be one of %s", strings.Join(domain.SkipReasons(), ", "))
			}
			if err := chosen.named(numbers); err != nil {
				return err
			}
			if chosen.all && chosen.cause == "" {
				return errors.New("with --all, say of which cause: --cause CODE; koppel parked list shows the codes")
			}
			return r.eachParked(cmd, chosen, numbers, "is ended", func(a *app.App, ctx context.Context, row store.Parked) error {
				return a.Skip(ctx, row, reason, author())
			})
		},
	}
	chosen.flags(cmd)
	cmd.Flags().StringVar(&reason, "reason", "", "why: "+strings.Join(domain.SkipReasons(), " or "))
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
	cmd *cobra.Command, chosen chosenParked, numbers []string, done string, do func(*app.App, context.Context, store.Parked) error,
) error {
	a, err := r.connect(cmd.Context())
	if err != nil {
		return err
	}
	defer a.Close()
	rows, err := a.Parked(cmd.Context(), chosen.integration, numbers, chosen.cause)
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
