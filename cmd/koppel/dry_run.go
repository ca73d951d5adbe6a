package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/workflows"
)

// dryRun shows what a flow would do, instead of running it.
func (f *asking) dryRun(cmd *cobra.Command, r *root, flow string, keys []string, most int) error {
	if flow != workflows.FlowOrders {
		return fmt.Errorf("flow %s has no dry run: orders has, and the flows from the books to the till have", flow)
	}
	a, err := r.connect(cmd.Context())
	if err != nil {
		return err
	}
	defer a.Close()
	return f.ask(cmd, a, api.Question{Kind: api.AskDryRun, Keys: keys, Most: most}, shown(showDryRun))
}

func showDryRun(out io.Writer, answer activities.DryRunAnswer) error {
	counts := map[string]int{}
	euros := map[string]decimal.Decimal{}
	var outcomes []string
	for _, o := range answer.Orders {
		fmt.Fprintf(out, "%s  EUR %s  ", o.Number, o.Total.StringFixed(2))
		showVerdict(out, o)
		if counts[o.Outcome]++; counts[o.Outcome] == 1 {
			outcomes = append(outcomes, o.Outcome)
		}
		euros[o.Outcome] = euros[o.Outcome].Add(o.Total)
	}
	for _, number := range answer.Unknown {
		fmt.Fprintf(out, "%s  not known to the till\n", number)
	}
	fmt.Fprintf(out, "\n%s; nothing was written\n", many(len(answer.Orders), "order", "orders"))
	for _, outcome := range outcomes {
		fmt.Fprintf(out, "  %-10s %4d  EUR %s\n", outcome, counts[outcome], euros[outcome].StringFixed(2))
	}
	return nil
}

// showVerdict tells what the flow would do with an order, and write on its way.
func showVerdict(out io.Writer, o activities.RehearsedOrder) {
	switch o.Outcome {
	case activities.OutcomeCreated:
		fmt.Fprintf(out, "would be created for debtor %s\n", o.Customer)
	case activities.OutcomeAdopted:
		fmt.Fprintf(out, "stands in the books already, as %s: it would be linked\n", o.TargetID)
	case activities.OutcomeUnchanged:
		fmt.Fprintf(out, "is in the books as %s; nothing changed that concerns them\n", o.TargetID)
	case activities.OutcomeUpdated:
		fmt.Fprintf(out, "stands in the books as %s, which would be changed\n", o.TargetID)
	case activities.OutcomeCountered:
		fmt.Fprintf(out, "would be taken back in the books, by %s\n", o.TargetID)
	case activities.OutcomeGathered:
		fmt.Fprintln(out, "would count in the total of its day")
	case activities.OutcomeSkipped:
		fmt.Fprintln(out, "would be skipped: there is nothing to do for the books")
	case activities.OutcomeWaits:
		fmt.Fprintln(out, "cannot be told yet: the flow is at work on it")
	default:
		fmt.Fprintf(out, "would be parked at %s\n", o.Step)
	}
	if o.Reason != nil {
		fmt.Fprintf(out, "  %s: %s\n", o.Reason.Code, reason(o.Reason))
	}
	if o.Rest != nil {
		fmt.Fprintf(out, "  first it waits (%s): %s\n", o.Rest.Code, reason(o.Rest))
	}
	for _, d := range o.Decisions {
		fmt.Fprintf(out, "  %s: %s\n", d.Words(), plain(d.About))
	}
	for _, warning := range o.Warnings {
		fmt.Fprintf(out, "  warning: %s\n", plain(warning))
	}
	for _, w := range o.Writes {
		showWrite(out, w)
	}
}

func showWrite(out io.Writer, w activities.ShownWrite) {
	fmt.Fprintf(out, "  %s %s %s\n", w.Action, strings.ReplaceAll(w.Entity, "_", " "), w.Number)
	for _, c := range w.Changes {
		fmt.Fprintf(out, "    %s: %s -> %s\n", c.Field, held(c.Before), held(c.After))
	}
	if w.Action == "update" {
		return
	}
	for _, f := range w.Fields {
		fmt.Fprintf(out, "    %s = %s\n", f.Field, orEmpty(plain(f.Value)))
	}
	for i, line := range w.Lines {
		fields := make([]string, len(line))
		for n, f := range line {
			fields[n] = f.Field + " = " + orEmpty(plain(f.Value))
		}
		fmt.Fprintf(out, "    line %d: %s\n", i+1, strings.Join(fields, ", "))
	}
}

func held(value *string) string {
	if value == nil {
		return "(nothing)"
	}
	return orEmpty(plain(*value))
}

// orEmpty lets empty text be seen.
func orEmpty(text string) string {
	if text == "" {
		return "(empty)"
	}
	return text
}
