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

// chosenParked is which parked orders and records a command is about.
type chosenParked struct {
	integration string
	flow        string
	cause       string
	all         bool
}

func (c *chosenParked) flags(cmd *cobra.Command) {
	onIntegration(cmd, &c.integration)
	cmd.Flags().BoolVar(&c.all, "all", false, "all that is parked of the integration")
	cmd.Flags().StringVar(&c.flow, "flow", "", "only of this flow: orders, products and so on")
	cmd.Flags().StringVar(&c.cause, "cause", "", "only those parked for this reason")
}

func (c *chosenParked) named(numbers []string) error {
	if c.all == (len(numbers) > 0) {
		return errors.New("name the orders or records, or use --all")
	}
	return nil
}

func (r *root) parkedRetryCommand() *cobra.Command {
	var chosen chosenParked
	var approve bool
	cmd := &cobra.Command{
		Use:   "retry [NUMBER ...] -i INTEGRATION",
		Short: "Try parked orders and records again, under the settings in force now",
		Long: `Asks the workflow of each parked order for a new attempt. Steps that were done are
looked up, not repeated. A named order that rests before it goes is sent now. Parked
records of the books, such as articles, are tried by one run of their flow.

  koppel parked retry 2026.123 -i shop
  koppel parked retry --all --cause product_missing -i shop
  koppel parked retry 100101 100102 --flow products -i shop

The question too_many_gone is answered with --approve: then what the books no longer
have may go at the till, however much it is.`,
		RunE: func(cmd *cobra.Command, numbers []string) error {
			if err := chosen.named(numbers); err != nil {
				return err
			}
			return r.eachParked(cmd, chosen, numbers, "is tried again", func(a *app.App, ctx context.Context, rows []store.Parked) []error {
				return a.Retry(ctx, rows, approve, author())
			})
		},
	}
	chosen.flags(cmd)
	cmd.Flags().BoolVar(&approve, "approve", false, "of the question too_many_gone: yes, they may go")
	return cmd
}

func (r *root) parkedSkipCommand() *cobra.Command {
	var chosen chosenParked
	var reason string
	cmd := &cobra.Command{
		Use:   "skip [NUMBER ...] -i INTEGRATION --reason REASON",
		Short: "End parked orders and records that a person dealt with",
		Long: `Ends parked orders and records without another attempt. A later change brings one
back. The reason is a code, because it enters histories:

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
			return r.eachParked(cmd, chosen, numbers, "is ended", func(a *app.App, ctx context.Context, rows []store.Parked) []error {
				failed := make([]error, len(rows))
				for i, row := range rows {
					failed[i] = a.Skip(ctx, row, reason, author())
				}
				return failed
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

// eachParked does something with the named parked orders and records, or with all
// parked for a reason, and tells what became of each.
func (r *root) eachParked(
	cmd *cobra.Command, chosen chosenParked, numbers []string, done string, do func(*app.App, context.Context, []store.Parked) []error,
) error {
	a, err := r.connect(cmd.Context())
	if err != nil {
		return err
	}
	defer a.Close()
	rows, err := a.Parked(cmd.Context(), app.ParkedOf{Integration: chosen.integration, Flow: chosen.flow, Numbers: numbers, Code: chosen.cause})
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return errNotParked
	}
	var failed []error
	for i, err := range do(a, cmd.Context(), rows) {
		if err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", rows[i].Number, err))
			continue
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", rows[i].Number, done)
	}
	return errors.Join(failed...)
}

var errNotParked = errors.New("no such order or record is parked: koppel parked list shows what is")
