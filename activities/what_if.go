package activities

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/settings"
)

// comparePage is how many records one CompareOrders goes through.
const comparePage = 500

// compareBeat is after how many of them it says that it is alive.
const compareBeat = 50

// ReadSchemasResult says where the schemas of the books are kept: all pages of a
// what-if go by one reading.
type ReadSchemasResult struct {
	Schemas string
	Under   Versions
}

// ReadSchemas reads what the records of the books may hold. It also refuses a
// draft that cannot be used, before anything is compared.
func (p *Previews) ReadSchemas(ctx context.Context, in Ask) (ReadSchemasResult, error) {
	var out ReadSchemasResult
	err := p.readSchemas(ctx, in, &out)
	return out, p.fail(ctx, in.Integration, err)
}

func (p *Previews) readSchemas(ctx context.Context, in Ask, out *ReadSchemasResult) error {
	_, under, err := p.asked(ctx, in)
	if err != nil {
		return err
	}
	out.Under = under
	schemas, err := p.schemas(ctx, in.Integration, under.InForce)
	if err != nil {
		return err
	}
	out.Schemas, err = p.keep(ctx, in.Integration, schemas)
	return err
}

// CompareOrdersInput asks for the next page of a what-if.
type CompareOrdersInput struct {
	Ask
	From    domain.Date // first day of the period, by the orders' own date
	Until   domain.Date // last day
	Schemas string
	State   string    // what the earlier pages added up
	After   time.Time // of an earlier build, whose pages went by another order: all is begun anew
	AfterID string    // the order where they ended; empty: at the beginning
}

// CompareOrdersResult says how far the comparison came. What it found is kept
// encrypted: it may hold values of fields.
type CompareOrdersResult struct {
	Results string    // of the last page: reference to a WhatIfAnswer about all pages
	State   string    // of any other page
	Seen    int       // records gone through on this page
	After   time.Time // zero
	AfterID string
	More    bool
	Tally   Tally // of this page
}

// WhatIfAnswer is what another version of the document would make of the orders
// of a period.
type WhatIfAnswer struct {
	Versions
	From        string          `json:"from"`
	Until       string          `json:"until"`
	Orders      int             `json:"orders"`       // compared
	Differ      int             `json:"differ"`       // of which anything would differ
	DifferTotal decimal.Decimal `json:"differ_total"` // euros incl. VAT of those
	Gone        int             `json:"gone"`         // no longer kept: their retention has passed
	Unread      int             `json:"unread"`       // never understood
	Cancelled   int             `json:"cancelled"`
	Fields      []WhatIfField   `json:"fields"`
	Amounts     []WhatIfAmount  `json:"amounts"` // what would move from and to VAT codes of the books
	Stopped     []WhatIfStopped `json:"stopped"`
	Warnings    []WhatIfWarning `json:"warnings,omitempty"` // what the books would most likely refuse, by their lists
}

// WhatIfWarning counts orders that would carry a value that the books' list lacks.
type WhatIfWarning struct {
	Words    string   `json:"words"`
	Orders   int      `json:"orders"`
	Examples []string `json:"examples"`
}

// WhatIfField is a field that would differ, with some orders as examples.
type WhatIfField struct {
	Entity   string          `json:"entity"`
	Field    string          `json:"field"`
	Orders   int             `json:"orders"`
	Examples []WhatIfExample `json:"examples"`
}

// WhatIfExample is one order in which a field would differ.
type WhatIfExample struct {
	Number string      `json:"number"`
	Change ShownChange `json:"change"`
}

// WhatIfAmount is the new amount under a VAT code of the books less the old one.
type WhatIfAmount struct {
	Code   string          `json:"code"`
	Orders int             `json:"orders"`
	Excl   decimal.Decimal `json:"excl"` // euros
	VAT    decimal.Decimal `json:"vat"`  // euros
}

// WhatIfStopped counts orders that would begin or cease to be kept from the
// books: parked, or left out by the filter.
type WhatIfStopped struct {
	Code     string   `json:"code"`
	Words    string   `json:"words"`
	Newly    int      `json:"newly"`
	NoLonger int      `json:"no_longer"`
	Examples []string `json:"examples"`
}

// CompareOrders maps the stored orders of a period as they were booked and as a
// draft would map them, and adds up what differs. It asks no outside system.
func (p *Previews) CompareOrders(ctx context.Context, in CompareOrdersInput) (CompareOrdersResult, error) {
	var out CompareOrdersResult
	err := p.compare(ctx, in, &out)
	return out, p.fail(ctx, in.Integration, err)
}

func (p *Previews) compare(ctx context.Context, in CompareOrdersInput, out *CompareOrdersResult) error {
	if !in.After.IsZero() {
		in.State, in.AfterID = "", ""
	}
	c, err := p.comparison(ctx, in)
	if err != nil {
		return err
	}
	// An order arrives on its own day at the earliest, in whatever zone.
	since := time.Date(in.From.Year, in.From.Month, in.From.Day, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -1)
	rows, err := db.Q.InboxListArrived(ctx, p.DB, store.InboxListArrivedParams{
		Integration: in.Integration, Entity: string(domain.EntityOrder), Since: since, AfterSourceID: in.AfterID, Most: comparePage,
	})
	if err != nil {
		return fmt.Errorf("list the inbox: %w", err)
	}
	out.AfterID = in.AfterID
	for i, row := range rows {
		if err := c.add(ctx, row); err != nil {
			return err
		}
		out.AfterID = row.Inbox.SourceID
		if i%compareBeat == compareBeat-1 {
			beat(ctx, fmt.Sprintf("compared %d", i+1))
		}
	}
	out.Seen, out.More = len(rows), len(rows) == comparePage
	out.Tally = c.page
	if !out.More {
		out.Results, err = p.keep(ctx, in.Integration, c.answer())
		return err
	}
	out.State, err = p.keep(ctx, in.Integration, c.state)
	return err
}

// comparison is what a page goes by, and what all pages add up.
type comparison struct {
	*Previews
	in      CompareOrdersInput
	draft   *Document
	under   Versions
	schemas booksSchemas
	unknown settings.UnknownValues
	state   comparisonState
	page    Tally
}

type comparisonState struct {
	Tally     reconcile.DraftTally
	Gone      int
	Unread    int
	Cancelled int
	Warnings  []WhatIfWarning
}

func (p *Previews) comparison(ctx context.Context, in CompareOrdersInput) (*comparison, error) {
	c := &comparison{Previews: p, in: in}
	var err error
	if c.draft, c.under, err = p.asked(ctx, in.Ask); err != nil {
		return nil, err
	}
	if c.schemas, err = resume[booksSchemas](ctx, p.Desk, in.Integration, in.Schemas); err != nil {
		return nil, err
	}
	if c.unknown, err = p.unknownValues(ctx, in.Integration, c.draft); err != nil {
		return nil, err
	}
	c.state, err = resume[comparisonState](ctx, p.Desk, in.Integration, in.State)
	return c, err
}

// add compares one order, if it is of the period.
func (c *comparison) add(ctx context.Context, row store.InboxListArrivedRow) error {
	kept, err := c.open(ctx, row.Inbox)
	f, isFault := fault.As(err)
	switch {
	case isFault && f.Code == "payload_gone": // its own date is gone with it
		c.state.Gone++
		c.count("gone", decimal.Zero)
		return nil
	case isFault || err == nil && kept.Fault != "":
		c.state.Unread++
		c.count("unread", decimal.Zero)
		return nil
	case err != nil:
		return err
	}
	order := kept.Order
	if order.Date.Compare(c.in.From) < 0 || order.Date.Compare(c.in.Until) > 0 {
		return nil
	}
	if order.Cancelled {
		c.state.Cancelled++
		c.count("cancelled", decimal.Zero)
		return nil
	}
	booked, err := c.bookedUnder(ctx, int(row.BookedDocument))
	if err != nil {
		return err
	}
	differ := c.state.Tally.Differ
	becomes := mapped(c.draft, order, c.schemas)
	c.state.Tally.Add(order.Number, order.TotalIncl, mapped(booked, order, c.schemas), becomes)
	if becomes.Stopped == "" {
		c.warn(order)
	}
	if c.state.Tally.Differ > differ {
		c.count("differs", order.TotalIncl)
	} else {
		c.count("same", order.TotalIncl)
	}
	return nil
}

func (c *comparison) count(outcome string, total decimal.Decimal) {
	c.page = c.page.Plus(Tally{{Entity: string(domain.EntityOrder), Outcome: outcome, Records: 1, Cents: cents(total)}})
}

// bookedUnder is the document that an order was booked under; one that is not
// booked would go under the one in force. Nil: this build refuses that version.
func (c *comparison) bookedUnder(ctx context.Context, version int) (*Document, error) {
	if version == 0 {
		version = c.under.InForce
	}
	doc, err := c.Documents.Get(ctx, c.in.Integration, version)
	if fault.Is(err, fault.Misconfigured) {
		return nil, nil //nolint:nilnil // the order is told of as such
	}
	return doc, err
}

func (c *comparison) answer() WhatIfAnswer {
	t := c.state.Tally
	t.Sort()
	a := WhatIfAnswer{
		Versions: c.under,
		From:     c.in.From.String(), Until: c.in.Until.String(), Orders: t.Orders, Differ: t.Differ, DifferTotal: t.DifferTotal,
		Gone: c.state.Gone, Unread: c.state.Unread, Cancelled: c.state.Cancelled,
		Fields: []WhatIfField{}, Amounts: []WhatIfAmount{}, Stopped: []WhatIfStopped{}, Warnings: c.state.Warnings,
	}
	for _, f := range t.Fields {
		shown := WhatIfField{Entity: string(f.Entity), Field: f.Field, Orders: f.Orders}
		for _, e := range f.Examples {
			shown.Examples = append(shown.Examples, WhatIfExample{Number: e.Number, Change: shownChange(e.Change)})
		}
		a.Fields = append(a.Fields, shown)
	}
	for _, m := range t.Amounts {
		a.Amounts = append(a.Amounts, WhatIfAmount{Code: m.Code, Orders: m.Orders, Excl: m.Excl, VAT: m.VAT})
	}
	for _, p := range t.Stopped {
		a.Stopped = append(a.Stopped, WhatIfStopped{
			Code: p.Code, Words: domain.ReasonFor(p.Code).Words, Newly: p.Newly, NoLonger: p.NoLonger, Examples: p.Examples,
		})
	}
	return a
}
