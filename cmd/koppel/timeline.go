package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/server/api"
)

func (r *root) timelineCommand() *cobra.Command {
	var integration string
	cmd := &cobra.Command{
		Use:   "timeline NUMBER -i INTEGRATION",
		Short: "Tell what became of a sale, attempt by attempt, and why",
		Long: `Shows how each attempt to bring a sale into the books ended, what it was chosen by on
the way, and what to do where a person must act. The number is what people call it: 2026.123 for an order,
B1-1-2026.55 for a receipt, F2026.12 for an invoice, D1.2026-11-24 for the total of a day.`,
		Args: cobra.ExactArgs(1),
		RunE: r.opened(func(cmd *cobra.Command, a *app.App, args []string) error {
			if _, err := a.Documents.Current(cmd.Context(), integration); err != nil {
				return err
			}
			all, err := api.TimelinesOf(cmd.Context(), a.DB, integration, args[0])
			if err != nil {
				return err
			}
			if len(all) == 0 {
				return fmt.Errorf("no sale %s has arrived; if the till has it: koppel sync orders --key %s -i %s", args[0], args[0], integration)
			}
			for _, timeline := range all {
				showTimeline(cmd.OutOrStdout(), timeline)
			}
			return nil
		}),
	}
	onIntegration(cmd, &integration)
	return cmd
}

func showTimeline(out io.Writer, timeline api.Timeline) {
	fmt.Fprintf(out, "%s  %s euro  workflow order/.../%s\n", timeline.Number, domain.Euros(timeline.TotalCents).StringFixed(2), timeline.OrderID)
	if len(timeline.Entries) == 0 {
		fmt.Fprintln(out, "  it has arrived; no attempt has ended yet")
	}
	for _, entry := range timeline.Entries {
		fmt.Fprintf(out, "  %s  %s", domain.Moment(entry.At), entry.Outcome)
		if entry.Code != "" {
			fmt.Fprintf(out, " (%s)", entry.Code)
		}
		if entry.TargetID != "" {
			fmt.Fprintf(out, "  in the books as %s", entry.TargetID)
		}
		fmt.Fprintf(out, "  under version %d\n", entry.Document)
		for _, d := range entry.Decisions {
			fmt.Fprintf(out, "      %s: %s\n", d.Words, d.About)
		}
		if entry.Words != "" {
			fmt.Fprintf(out, "      %s\n      %s\n", entry.Words, entry.Fix)
		}
	}
}
