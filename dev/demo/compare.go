package demo

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/dev/stack"
)

// What the books show on their own pages.
type (
	bookedOrder struct {
		Number    string `json:"number"`
		Debtor    string `json:"debtor"`
		Reference string `json:"reference"`
		Totals    struct {
			VAT []struct {
				Percent decimal.Decimal `json:"percent"`
				Net     decimal.Decimal `json:"net"`
				Tax     decimal.Decimal `json:"tax"`
			} `json:"vat"`
		} `json:"totals"`
	}
	debtor struct {
		Number   string `json:"number"`
		External string `json:"external_number"`
	}
)

// waitForBooks waits until every order stands in the books and nothing is under
// way any more, or until patience ends.
func (d *demo) waitForBooks(ctx context.Context) (Result, error) {
	deadline := time.Now().Add(d.Patience)
	var last Result
	shown := time.Now()
	for {
		result, err := d.compare(ctx)
		if err != nil {
			return result, err
		}
		if result.OK() || time.Now().After(deadline) || result.Parked > 0 && result.Parked+result.Delivered >= result.Orders {
			// A write that is still late could make a double: look once more when it must have landed.
			time.Sleep(d.settle())
			return d.compare(ctx)
		}
		if time.Since(shown) > 5*time.Second && result != last {
			d.say("  %d of %d delivered, %d parked", result.Delivered, result.Orders, result.Parked)
			last, shown = result, time.Now()
		}
		select {
		case <-ctx.Done():
			return result, ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func (d *demo) settle() time.Duration {
	if d.Faults {
		return settleTime
	}
	return 0
}

// compare holds the till's orders against the books'.
func (d *demo) compare(ctx context.Context) (Result, error) {
	var booked struct{ Orders []bookedOrder }
	var debtors struct{ Debtors []debtor }
	sold, err := outside.Till{Page: d.till}.Sold(ctx)
	if err != nil {
		return Result{}, err
	}
	if err := d.books.Get(ctx, "/_sandbox/orders", &booked); err != nil {
		return Result{}, err
	}
	if err := d.books.Get(ctx, "/_sandbox/debtors", &debtors); err != nil {
		return Result{}, err
	}
	byReference := map[string][]bookedOrder{}
	for _, b := range booked.Orders {
		byReference[b.Reference] = append(byReference[b.Reference], b)
	}
	result := Result{Orders: len(sold), Duplicates: doubleDebtors(debtors.Debtors)}
	for _, order := range sold {
		found := byReference["MPLUS "+order.Number]
		switch len(found) {
		case 0:
			result.Lost++
		case 1:
			off := centsOff(order, found[0])
			result.CentsOff += off
			if off == 0 {
				result.Delivered++
			}
		default:
			result.Duplicates += len(found) - 1
		}
	}
	parked, err := db.Q.ParkedListOpen(ctx, d.stack.App.DB, store.ParkedListOpenParams{Integration: stack.Integration, Most: 10_000})
	result.Parked = len(parked)
	return result, err
}

// centsOff adds up by how many cents the two differ, per VAT rate, excl. and VAT apart.
func centsOff(order outside.Sold, booked bookedOrder) int64 {
	percent := map[int]string{1: "9", 2: "21", 3: "0"}
	difference := map[string]int64{}
	for _, g := range order.VAT {
		difference["excl "+percent[g.Code]] += g.ExclCents
		difference["vat "+percent[g.Code]] += g.VATCents
	}
	hundred := decimal.NewFromInt(100)
	for _, g := range booked.Totals.VAT {
		difference["excl "+g.Percent.String()] -= g.Net.Mul(hundred).IntPart()
		difference["vat "+g.Percent.String()] -= g.Tax.Mul(hundred).IntPart()
	}
	var off int64
	for _, cents := range difference {
		off += max(cents, -cents)
	}
	return off
}

// doubleDebtors counts customers of the till that became more than one debtor.
func doubleDebtors(debtors []debtor) int {
	seen, doubles := map[string]bool{}, 0
	for _, d := range debtors {
		if d.External == "" {
			continue
		}
		if seen[d.External] {
			doubles++
		}
		seen[d.External] = true
	}
	return doubles
}

// report prints the table that a person looks at.
func (d *demo) report(ctx context.Context, r Result) {
	table := tabwriter.NewWriter(d.Out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "ORDERS\tDELIVERED\tPARKED\tDOUBLE\tLOST\tCENTS OFF\tSECONDS\tPER SECOND")
	fmt.Fprintf(table, "%d\t%d\t%d\t%d\t%d\t%d\t%.1f\t%.1f\n", r.Orders, r.Delivered, r.Parked, r.Duplicates, r.Lost, r.CentsOff,
		r.Took.Seconds(), float64(r.Delivered)/r.Took.Seconds())
	_ = table.Flush()
	for name, s := range map[string]outside.Page{"AccountView": d.books, "MplusKASSA": d.till} {
		var calls struct {
			Reads  int `json:"reads"`
			Writes int `json:"writes"`
		}
		if err := s.Get(ctx, "/_sandbox/calls", &calls); err == nil {
			d.say("%s answered %d reads and %d writes", name, calls.Reads, calls.Writes)
		}
	}
	if r.Parked == 0 {
		return
	}
	parked, err := db.Q.ParkedListOpen(ctx, d.stack.App.DB, store.ParkedListOpenParams{Integration: stack.Integration, Most: 20})
	if err != nil {
		return
	}
	for _, row := range parked {
		d.say("parked: %s %s %s", row.Number, row.Code, strings.TrimSpace(row.About))
	}
}
