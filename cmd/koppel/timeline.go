package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/workflows"
)

func (r *root) timelineCommand() *cobra.Command {
	var integration, flow string
	cmd := &cobra.Command{
		Use:   "timeline NUMBER -i INTEGRATION",
		Short: "Tell what became of a sale or of a record of the books, attempt by attempt, and why",
		Long: `Shows how each attempt to bring a sale into the books ended, what it was chosen by on
the way, and what to do where a person must act. The number is what people call it: 2026.123 for an order,
B1-1-2026.55 for a receipt, F2026.12 for an invoice, D1.2026-11-24 for the total of a day.

With --flow it is a record of the books, by its key there:

  koppel timeline 2026.123 -i shop
  koppel timeline 100101 --flow products -i shop`,
		Args: cobra.ExactArgs(1),
		RunE: r.opened(func(cmd *cobra.Command, a *app.App, args []string) error {
			if _, err := a.Documents.Current(cmd.Context(), integration); err != nil {
				return err
			}
			if flow != workflows.FlowOrders {
				return showRecordTimelines(cmd, a, integration, flow, args[0])
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
	cmd.Flags().StringVar(&flow, "flow", workflows.FlowOrders, "flow that carries it: orders, or one from the books such as products")
	return cmd
}

func showTimeline(out io.Writer, timeline api.Timeline) {
	fmt.Fprintf(out, "%s  %s euro  workflow order/.../%s\n", timeline.Number, domain.Euros(timeline.TotalCents).StringFixed(2), timeline.OrderID)
	if len(timeline.Entries) == 0 {
		fmt.Fprintln(out, "  it has arrived; no attempt has ended yet")
	}
	for _, entry := range timeline.Entries {
		showEntry(out, entry, "in the books")
	}
}

func showEntry(out io.Writer, entry api.TimelineEntry, where string) {
	fmt.Fprintf(out, "  %s  %s", domain.Moment(entry.At), entry.Outcome)
	if entry.Code != "" {
		fmt.Fprintf(out, " (%s)", entry.Code)
	}
	if entry.TargetID != "" {
		fmt.Fprintf(out, "  %s as %s", where, entry.TargetID)
	}
	fmt.Fprintf(out, "  under version %d\n", entry.Document)
	for _, d := range entry.Decisions {
		fmt.Fprintf(out, "      %s: %s\n", d.Words, d.About)
	}
	if entry.Words != "" {
		fmt.Fprintf(out, "      %s\n      %s\n", entry.Words, entry.Fix)
	}
}

func showRecordTimelines(cmd *cobra.Command, a *app.App, integration, name, key string) error {
	flow, known := workflows.FlowNamed(name)
	if !known || !flow.FromBooks() {
		return fmt.Errorf("flow %s has no records with a timeline: orders has, and %s", name, strings.Join(domain.CatalogFlows(), ", "))
	}
	all, err := api.RecordTimelinesOf(cmd.Context(), a.DB, integration, flow.Name, key)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return fmt.Errorf("no record %s was met; if the books have it: koppel sync %s --key %s -i %s", key, flow.Name, key, integration)
	}
	for _, timeline := range all {
		showRecordTimeline(cmd.OutOrStdout(), timeline)
	}
	return nil
}

func showRecordTimeline(out io.Writer, timeline api.RecordTimeline) {
	fmt.Fprintf(out, "%s %s  ", timeline.Entity, timeline.Key)
	switch {
	case timeline.GoneAt != nil:
		fmt.Fprintf(out, "gone from the books since %s\n", domain.Moment(*timeline.GoneAt))
	case timeline.TargetID != "":
		fmt.Fprintf(out, "at the till as %s: %s\n", timeline.TargetID, timeline.Outcome)
	default:
		fmt.Fprintf(out, "not at the till: %s\n", timeline.Outcome)
	}
	if timeline.Words != "" {
		fmt.Fprintf(out, "  %s: %s\n", timeline.Code, timeline.Words)
	}
	for _, entry := range timeline.Entries {
		showEntry(out, entry, "at the till")
	}
	for _, d := range timeline.People {
		fmt.Fprintf(out, "  %s  %s by %s, parked for %s %s\n", domain.Moment(d.At), d.Action, d.Who, d.Code, d.Reason)
	}
}
