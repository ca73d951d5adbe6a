package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/api"
)

func (r *root) priceCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "price", Short: "Ask about prices"}
	cmd.AddCommand(r.priceExplainCommand())
	return cmd
}

func (r *root) priceExplainCommand() *cobra.Command {
	var f asking
	var q api.PriceQuestion
	var quantity, on string
	cmd := &cobra.Command{
		Use:   "explain -i INTEGRATION --customer NUMBER --sku CODE",
		Short: "Say what a customer pays for an article and why, beside what the till would charge",
		Long: `Reads every row of prices in the books that could matter, says what becomes of each
and which one is taken, and asks the till what it would charge. Nothing is written.

  koppel price explain -i shop --customer 10001 --sku 100101 --qty 12
  koppel price explain -i shop --customer 10001 --sku 100101 --on 2026-12-24 --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if q.Quantity, err = decimal.NewFromString(quantity); err != nil {
				return errors.New("--qty must be a number, such as 12 or 1.5")
			}
			if q.On, err = domain.ParseDate(on); err != nil {
				return fmt.Errorf("--on: %w", err)
			}
			a, err := r.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer a.Close()
			return f.ask(cmd, a, api.Question{Kind: api.AskPrice, Price: q}, shown(showPrice))
		},
	}
	cmd.Flags().StringVar(&q.Customer, "customer", "", "debtor number in the books")
	cmd.Flags().StringVar(&q.SKU, "sku", "", "article code in the books")
	cmd.Flags().StringVar(&quantity, "qty", "1", "how many")
	cmd.Flags().StringVar(&on, "on", "", "the day, YYYY-MM-DD; today when it is not given")
	f.on(cmd)
	return cmd
}

func showPrice(out io.Writer, p activities.PriceExplained) error {
	fmt.Fprintf(out, "Customer %s, article %s, %s on %s\n", plain(p.Customer), plain(p.SKU), p.Quantity, p.On)
	if p.Pays == nil {
		fmt.Fprintln(out, "Pays: not known, since the till does not have the article")
	} else {
		fmt.Fprintf(out, "Pays: %s %s\n", domain.AmountWords(p.Pays.Amount), vatWords(p.Pays.Basis))
		fmt.Fprintf(out, "  %s for one%s, %s\n", domain.AmountWords(p.Pays.Unit), discountWords(p.Pays.Discount), takenFrom(p.Pays.Because))
	}
	fmt.Fprintf(out, "Usual price: %s incl. VAT, %s excl. VAT (%s)\n\n", domain.AmountWords(p.Usual.Incl), domain.AmountWords(p.Usual.Excl), p.Usual.From)
	if err := showPriceRows(out, p.Rows); err != nil {
		return err
	}
	switch {
	case p.Reason != nil:
		fmt.Fprintf(out, "\nThe till was not compared: %s\n", reason(p.Reason))
	case p.Till != nil:
		fmt.Fprintf(out, "\nThe till charges: %s incl. VAT, %s excl. VAT\n", domain.AmountWords(p.Till.AmountIncl), domain.AmountWords(p.Till.AmountExcl))
		if p.Till.Same {
			fmt.Fprintln(out, "That is the same.")
			return nil
		}
		fmt.Fprintf(out, "That is %s more %s:\n", domain.AmountWords(p.Till.Difference), vatWords(p.Pays.Basis))
		for _, cause := range p.Till.Causes {
			fmt.Fprintf(out, "  %s\n", plain(cause))
		}
	}
	return nil
}

func showPriceRows(out io.Writer, rows []activities.ExplainedPrice) error {
	if len(rows) == 0 {
		fmt.Fprintln(out, "The books have no row for it.")
		return nil
	}
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "ROW\tFOR\tOF\tFROM\tSAYS\tSTATE\tWHY")
	for _, r := range rows {
		says := ""
		switch {
		case r.Price != nil:
			says = domain.AmountWords(*r.Price) + " " + r.Basis
		case r.Discount != nil:
			says = r.Discount.String() + " % off"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", plain(r.ID), plain(r.For), plain(r.Of), r.From, says, strings.ReplaceAll(r.State, "_", " "), plain(r.Why))
	}
	return table.Flush()
}

func vatWords(basis string) string {
	if basis == string(domain.PriceBasisExcl) {
		return "excl. VAT"
	}
	return "incl. VAT"
}

func discountWords(percent decimal.Decimal) string {
	if percent.IsZero() {
		return ""
	}
	return " less " + percent.String() + " %"
}

func takenFrom(id string) string {
	if id == "" {
		return "the usual price"
	}
	return "by row " + plain(id)
}
