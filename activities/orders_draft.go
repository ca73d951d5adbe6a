package activities

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/mapping"
	"github.com/koppel/koppel/settings"
)

// draft maps the order into the books' own fields, as one of its papers, and refuses to go on when the
// books would then disagree with the till about any VAT group.
func (o *Orders) draft(ctx context.Context, sink connectors.OrderSink, doc *Document, order domain.Order, in *ConfirmOrderInput, p paper) (domain.Draft, error) {
	schema, err := sink.OrderSchema(ctx)
	if err != nil {
		return domain.Draft{}, err
	}
	day, err := o.bookDate(ctx, doc, &in.Attempt, order)
	if err != nil {
		return domain.Draft{}, err
	}
	in.day = day
	credits, err := o.credited(ctx, doc, in.Attempt, order)
	if err != nil {
		return domain.Draft{}, err
	}
	draft, booked, err := doc.Mapper.Order(order, mapping.OrderContext{
		Target:         in.as(),
		BookDate:       day,
		CustomerNumber: in.CustomerNumber,
		AddressCode:    in.AddressCode,
		Reference:      p.reference(doc, in.Number),
		Mark:           p.mark(),
		CreditsNumber:  credits,
	}, schema)
	if err != nil {
		return domain.Draft{}, unmappable(err, in.Number)
	}
	if err := doc.proved(order, booked); err != nil {
		return domain.Draft{}, err
	}
	for _, added := range reconcile.Added(booked) {
		in.Chose(added)
	}
	if !carries(draft, p.reference(doc, in.Number)) { // no look-up would ever find what is written
		return domain.Draft{}, fault.New(fault.Invalid, "reference_required", "map").About(in.Number)
	}
	return draft, nil
}

// carries reports whether a field of the draft holds the whole reference.
func carries(draft domain.Draft, reference string) bool {
	return slices.ContainsFunc(draft.Fields, func(f domain.Field) bool { return strings.EqualFold(f.Value.Text, reference) })
}

// proved refuses a sale on which the books would disagree with the till, or ask
// about its VAT.
func (d *Document) proved(order domain.Order, booked []reconcile.BookedLine) error {
	if differences := reconcile.VATProof(order, booked); len(differences) > 0 {
		return fault.New(fault.Invalid, "vat_differs", "prove VAT").About(order.Number).WithDetail(wordDifferences(differences))
	}
	if total := reconcile.BookedTotal(booked); len(booked) > 0 && booked[0].Stated && !total.Equal(invoiceTotal(order)) {
		return fault.New(fault.Invalid, "total_differs", "prove total").About(order.Number).
			WithDetail(fmt.Sprintf("till %s, books would have %s, euros incl. VAT", invoiceTotal(order).StringFixed(2), total.StringFixed(2)))
	}
	vat := d.Flows.Orders.VAT
	if vat.Foreign == settings.ForeignDebtorPark && reconcile.ForeignVATNumber(order.Customer.VATNumber, vat.HomeCountry) {
		for _, l := range booked {
			if slices.Contains(vat.DomesticCodes, l.BooksCode) {
				return fault.New(fault.Invalid, "domestic_vat_foreign_debtor", "prove VAT").About(order.Number + " " + l.BooksCode)
			}
		}
	}
	return nil
}

// invoiceTotal is what the lines of an invoice must come to: what the customer
// pays. The total of a day holds its payments too, so it comes to nothing.
func invoiceTotal(order domain.Order) decimal.Decimal {
	if order.Source == domain.SourceDayTotal {
		return decimal.Zero
	}
	return order.TotalIncl
}
