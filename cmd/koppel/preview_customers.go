package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/koppel/koppel/activities"
)

func showPreviewOfCustomers(out io.Writer, answer activities.PreviewCustomersAnswer) error {
	for _, d := range answer.Debtors {
		if err := showPreviewedDebtor(out, d); err != nil {
			return err
		}
	}
	for _, number := range answer.Unknown {
		fmt.Fprintf(out, "%s: the books do not have this debtor\n", number)
	}
	return nil
}

func showPreviewedDebtor(out io.Writer, d activities.PreviewedDebtor) error {
	fmt.Fprintf(out, "Debtor %s, as customer of the till\n\n", plain(d.Canonical.Number))
	var target []string
	for _, f := range d.Record.Fields {
		if f.Given {
			target = append(target, fieldName(f)+" = "+orEmpty(f.Value))
		}
	}
	sideBySide(out, column{"BOOKS", canonicalDebtor(d.Canonical)}, column{"TILL", target})
	if err := showWhy(out, d.Record); err != nil {
		return err
	}
	fmt.Fprintln(out, "\nThe flow: "+flowOfDebtor(d))
	return showRevenue(out, d)
}

func flowOfDebtor(d activities.PreviewedDebtor) string {
	text := map[string]string{
		activities.OutcomeCreated: "a new customer is made", activities.OutcomeUpdated: "customer " + d.Customer + " is changed",
		activities.OutcomeInPlace: "customer " + d.Customer + " stands as it should", activities.OutcomeLeftOut: "it is left out",
	}[d.Outcome]
	if text == "" {
		text = d.Outcome
	}
	if len(d.Changes) > 0 {
		text += ": " + strings.Join(d.Changes, ", ")
	}
	if len(d.Kept) > 0 {
		text += "\n  left as the till has them: " + strings.Join(d.Kept, ", ")
	}
	if d.Reason != nil {
		text += "\n  " + reason(d.Reason)
	}
	return text
}

// showRevenue tells where orders of a debtor are booked.
func showRevenue(out io.Writer, d activities.PreviewedDebtor) error {
	if len(d.Revenue) == 0 {
		fmt.Fprintln(out, "Where its orders are booked: koppel doctor reads the VAT codes and turnover groups of the till first")
		return nil
	}
	fmt.Fprintf(out, "Where its orders to %s are booked (lookups.revenue_account)\n", orEmpty(d.Country))
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "  ACCOUNT\tVAT CODE\tTURNOVER GROUPS")
	for _, r := range d.Revenue {
		account := plain(r.Account)
		if account == "" {
			account = "none: it would be parked"
		}
		fmt.Fprintf(table, "  %s\t%s\t%s\n", account, plain(r.VATCode), plain(strings.Join(r.TurnoverGroups, ", ")))
	}
	return table.Flush()
}
