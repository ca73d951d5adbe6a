package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/workflows"
)

func (r *root) previewCommand() *cobra.Command {
	var f asking
	var keys []string
	var last int
	cmd := &cobra.Command{
		Use:   "preview orders|customers -i INTEGRATION",
		Short: "Show orders as the books would get them, or debtors as the till would",
		Long: `Shows each order side by side: as the till sent it, as we read it, and what the
books would get; and for each field of the books the row, the expression, the
lookup row and the policy that it comes from. Nothing is written. What is shown
may name people.

Of a debtor of the books it shows the customer of the till that it becomes, and on
which accounts its orders are booked.

  koppel preview orders -i shop --key 2026.123
  koppel preview orders -i shop --last 3 -f draft.yaml
  koppel preview customers -i shop --key 10001`,
		Args:      cobra.ExactArgs(1),
		ValidArgs: []string{workflows.FlowOrders, workflows.FlowCustomers},
		RunE: func(cmd *cobra.Command, args []string) error {
			customers := args[0] == workflows.FlowCustomers
			switch {
			case !customers && args[0] != workflows.FlowOrders:
				return fmt.Errorf("there is no preview of %q: write koppel preview orders, or koppel preview customers", args[0])
			case customers && len(keys) == 0:
				return errors.New("name debtors with --key")
			case len(keys) == 0 && last == 0:
				return errors.New("name orders with --key, or say how many of the last ones with --last")
			}
			a, err := r.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer a.Close()
			if customers {
				return f.ask(cmd, a, api.Question{Kind: api.AskPreview, Entity: domain.EntityRelation, Keys: keys}, shown(showPreviewOfCustomers))
			}
			return f.ask(cmd, a, api.Question{Kind: api.AskPreview, Keys: keys, Last: last}, shown(showPreview))
		},
	}
	cmd.Flags().StringSliceVar(&keys, "key", nil, "this order or debtor; may be given several times")
	cmd.Flags().IntVar(&last, "last", 0, "the orders that arrived last, this many")
	f.on(cmd)
	return cmd
}

func showPreview(out io.Writer, answer activities.PreviewAnswer) error {
	for _, o := range answer.Orders {
		if err := showPreviewed(out, o); err != nil {
			return err
		}
	}
	for _, number := range answer.Unknown {
		fmt.Fprintf(out, "%s: neither arrived nor known to the till\n", number)
	}
	return nil
}

func showPreviewed(out io.Writer, o activities.PreviewedOrder) error {
	fmt.Fprintf(out, "Order %s, as it %s\n\n", o.Flow.Number, map[string]string{"inbox": "arrived", "till": "stands at the till now"}[o.From])
	var target []string
	for _, r := range o.Records {
		target = append(target, strings.ToUpper(r.Entity))
		for _, f := range r.Fields {
			if f.Given {
				target = append(target, fieldName(f)+" = "+orEmpty(f.Value))
			}
		}
		target = append(target, "")
	}
	sideBySide(out, column{"SOURCE", strings.Split(o.Source, "\n")}, column{"CANONICAL", canonical(o.Canonical)}, column{"TARGET", target})
	for _, r := range o.Records {
		if err := showWhy(out, r); err != nil {
			return err
		}
	}
	if o.VAT != nil && o.VAT.Proved {
		fmt.Fprintln(out, "\nVAT: the books would agree with the till to the cent")
	} else if o.VAT != nil {
		fmt.Fprintf(out, "\nVAT: the books would not agree with the till\n  %s\n", strings.Join(o.VAT.Differences, "\n  "))
	}
	fmt.Fprint(out, "\nThe flow: ")
	showVerdict(out, o.Flow)
	fmt.Fprintln(out)
	return nil
}

// showWhy tells where each field of a record comes from.
func showWhy(out io.Writer, r activities.PreviewedRecord) error {
	fmt.Fprintf(out, "\nWhere %s comes from\n", strings.ReplaceAll(r.Entity, "_", " "))
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "  FIELD\tVALUE\tROW\tEXPRESSION\tPOLICY\tLOOKUP\tDONE TO FIT")
	for _, f := range r.Fields {
		value := orEmpty(f.Value)
		if !f.Given {
			value = "(not sent)"
		}
		fmt.Fprintf(table, "  %s\t%s\tmapping.%s[%d]\t%s\t%s\t%s\t%s\n",
			fieldName(f), plain(value), f.Entity, f.Row, plain(f.Source), f.Policy, lookups(f.Lookups), strings.Join(f.Rules, ", "))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if r.Reason != nil {
		fmt.Fprintf(out, "  cannot be mapped: %s\n", reason(r.Reason))
	}
	return nil
}

func fieldName(f activities.PreviewedField) string {
	if f.Line > 0 {
		return fmt.Sprintf("line %d %s", f.Line, f.Field)
	}
	return f.Field
}

func lookups(hits []activities.PreviewedLookup) string {
	told := make([]string, len(hits))
	for i, h := range hits {
		row := fmt.Sprintf("lookups.%s.rows[%d]", h.Table, h.Row)
		switch h.Row {
		case -1:
			row = "lookups." + h.Table + " default"
		case -2:
			row = "lookups." + h.Table + ": no code"
		}
		told[i] = fmt.Sprintf("%s: %s -> %s", row, strings.Join(h.Keys, ", "), h.Value)
	}
	return plain(strings.Join(told, "; "))
}

func reason(r *activities.ShownReason) string {
	text := r.Words
	if r.About != "" {
		text += " (" + plain(r.About) + ")"
	}
	for line := range strings.Lines(r.Details) {
		text += "\n  " + plain(strings.TrimSpace(line))
	}
	return text + "\n  " + r.Fix
}
