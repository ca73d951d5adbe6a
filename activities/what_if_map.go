package activities

import (
	"slices"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/mapping"
)

// What stands for the numbers of the books in a what-if: it asks no system, and
// both versions get the same, so nothing differs by it. They are short enough for
// the fields that refer to records.
const (
	someCustomer = "CUSTOMER"
	someAddress  = "ADDRESS"
)

// mapped is an order as a document maps it, or why it would not reach the books.
func mapped(doc *Document, order domain.Order, schemas booksSchemas) reconcile.Mapped {
	if doc == nil {
		return reconcile.Mapped{Stopped: "document_refused"}
	}
	drafts, amounts, err := mapAll(doc, order, schemas)
	if err == nil {
		return reconcile.Mapped{Drafts: drafts, Amounts: amounts}
	}
	if f, ok := fault.As(err); ok {
		return reconcile.Mapped{Stopped: f.Code}
	}
	return reconcile.Mapped{Stopped: "mapping_failed"}
}

func mapAll(doc *Document, order domain.Order, schemas booksSchemas) ([]domain.Draft, []reconcile.CodeAmount, error) {
	var drafts []domain.Draft
	if code, err := doc.filtered(order); err != nil {
		return nil, nil, err
	} else if code != "" {
		return nil, nil, fault.New(fault.Invalid, code, "filter").About(order.Number)
	}
	at := mapping.OrderContext{CustomerNumber: someCustomer, Reference: doc.Flows.Orders.OrderReference(order.Number)}
	var err error
	if at.Target, err = doc.Mapper.Target(order); err != nil {
		return nil, nil, unmappable(err, order.Number)
	}
	switch at.Target {
	case domain.TargetNone:
		return nil, nil, fault.New(fault.Invalid, codeNoTarget, "choose target").About(order.Number)
	case domain.TargetDayTotal:
		return nil, nil, fault.New(fault.Invalid, OutcomeGathered, "choose target").About(order.Number)
	}
	if order.Customer.Known() {
		draft, err := doc.Mapper.Customer(order, schemas.Customer)
		if err != nil {
			return nil, nil, unmappable(err, order.Number)
		}
		drafts = append(drafts, draft)
	} else if debtor, err := doc.Mapper.DefaultDebtor(order); err != nil {
		return nil, nil, unmappable(err, order.Number)
	} else if at.CustomerNumber = debtor.Value; at.CustomerNumber == "" {
		return nil, nil, fault.New(fault.Invalid, "no_customer", "find customer").About(order.Number)
	}
	if address, apart := doc.deliveryAddress(order); apart {
		at.AddressCode = someAddress
		draft, err := doc.Mapper.DeliveryAddress(address, at.CustomerNumber, order.Customer, doc.Mapper.SaleDate(order), schemas.Address)
		if err != nil {
			return nil, nil, unmappable(err, order.Number)
		}
		drafts = append(drafts, draft)
	}
	draft, booked, err := doc.Mapper.Order(order, at, schemas.sale(at.Target))
	if err != nil {
		return nil, nil, unmappable(err, order.Number)
	}
	if err := doc.proved(order, booked); err != nil {
		return nil, nil, err
	}
	return append(drafts, draft), reconcile.BookedAmounts(booked), nil
}

// warn counts what the books would most likely refuse of an order under the draft.
func (c *comparison) warn(order domain.Order) {
	if len(c.unknown) == 0 {
		return
	}
	at := mapping.OrderContext{CustomerNumber: someCustomer, AddressCode: someAddress, Reference: c.draft.Flows.Orders.OrderReference(order.Number)}
	if target, err := c.draft.Mapper.Target(order); err == nil {
		at.Target = target
	}
	shown := PreviewedOrder{Canonical: order}
	shown.mapAt(c.draft, at, c.schemas)
	seen := map[string]bool{}
	for _, d := range doubts(shown.Records, c.unknown, func(PreviewedField) bool { return true }) {
		words := d.field + d.what()
		if seen[words] {
			continue
		}
		seen[words] = true
		i := slices.IndexFunc(c.state.Warnings, func(w WhatIfWarning) bool { return w.Words == words })
		if i < 0 {
			i, c.state.Warnings = len(c.state.Warnings), append(c.state.Warnings, WhatIfWarning{Words: words})
		}
		c.state.Warnings[i].Orders++
		c.state.Warnings[i].Examples = reconcile.WithExample(c.state.Warnings[i].Examples, order.Number)
	}
}
