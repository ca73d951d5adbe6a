package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/workflows"
)

// showCatalogRun tells what became of a run from the books to the till.
func showCatalogRun(out io.Writer, flow, integration string, ask api.AskedRun, result workflows.SyncCatalogResult) error {
	count := api.FlowCountOf(result)
	fmt.Fprintf(out, "%s: %s", flow, result.Outcome)
	if count.Document > 0 {
		fmt.Fprintf(out, ", %s, %s, under version %d", modeWords[count.Mode], many(count.Pages, "page", "pages"), count.Document)
	}
	if ask.DryRun {
		fmt.Fprint(out, "; nothing was written")
	}
	fmt.Fprintln(out)
	if f := count.Failure; f != nil {
		fmt.Fprintf(out, "  %s %s\n  %s\n  %s\n", f.Code, f.About, f.Words, f.Fix)
	}
	if count.Document == 0 {
		return nil
	}
	if err := showCount(out, count); err != nil {
		return err
	}
	if missing := len(ask.Keys) - count.Read; missing > 0 {
		fmt.Fprintf(out, "%s not in the books, or part of another record there\n", many(missing, "named record is", "named records are"))
	}
	if count.AsksGone {
		fmt.Fprintf(out, "Nothing was done about what is gone: it is more than the document allows.\n"+
			"Look whether the books are whole. If they are: koppel sync %s -i %s --approve-gone\n", flow, integration)
	}
	return nil
}

var modeWords = map[string]string{"delta": "what changed", "full": "everything", "keys": "named records"}

// showCount prints counts in the order in which people care, each with its reasons.
func showCount(out io.Writer, count api.FlowCount) error {
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	row := func(what string, n int) {
		if n > 0 {
			fmt.Fprintf(table, "  %s\t%d\t\n", what, n)
		}
	}
	fmt.Fprintf(table, "  read\t%d\t\n", count.Read)
	row("created", count.Created)
	row("updated", count.Updated)
	row("unchanged", count.Unchanged)
	row("left out", count.LeftOut)
	row("put off", count.Deferred)
	because(table, count.OtherWhy)
	row("parked", count.Parked)
	because(table, count.ParkedWhy)
	row("fields left as the till has them", count.KeptBack)
	row("gone from the books", count.Gone)
	row("of those, dealt with", count.Swept)
	return table.Flush()
}

func because(out io.Writer, why []api.WhyCount) {
	for _, one := range why {
		fmt.Fprintf(out, "    %s\t%d\t%s\n", one.Code, one.Records, one.Words)
	}
}
