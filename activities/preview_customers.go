package activities

import (
	"context"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/mapping"
)

// PreviewCustomersInput names the debtors to look at.
type PreviewCustomersInput struct {
	Ask
	Keys []string // debtor numbers
}

// PreviewCustomersResult says how many there were. The debtors themselves are kept
// encrypted.
type PreviewCustomersResult struct {
	Results string // reference to a PreviewCustomersAnswer
	Tally   Tally
	Under   Versions
}

// PreviewCustomersAnswer is what a person is shown.
type PreviewCustomersAnswer struct {
	Versions
	Debtors []PreviewedDebtor `json:"debtors"`
	Unknown []string          `json:"unknown,omitempty"` // the books do not have them
}

// PreviewedDebtor is a debtor, and the customer of the till that it becomes.
type PreviewedDebtor struct {
	Canonical domain.Debtor      `json:"canonical"`
	Customer  string             `json:"customer,omitempty"` // which customer of the till it is; empty: none yet
	Record    PreviewedRecord    `json:"record"`
	Outcome   string             `json:"outcome"`           // what the flow would do: created, updated, unchanged, left_out or parked
	Changes   []string           `json:"changes,omitempty"` // fields that would be written to a customer that is there
	Kept      []string           `json:"kept,omitempty"`    // fields that the till has otherwise and keeps
	Reason    *ShownReason       `json:"reason,omitempty"`  // why it is left out or parked
	Country   string             `json:"country"`           // that its orders count for, unless they go elsewhere
	Revenue   []PreviewedRevenue `json:"revenue"`           // where its orders are booked
}

// PreviewedRevenue is a ledger account, and what is booked on it.
type PreviewedRevenue struct {
	Account        string   `json:"account"` // empty: such a sale would be parked
	VATCode        string   `json:"vat_code"`
	TurnoverGroups []string `json:"turnover_groups"`
}

// PreviewCustomers shows debtors as the books have them, and as customers of the
// till, with where each field comes from and where an order of theirs is booked.
func (p *Previews) PreviewCustomers(ctx context.Context, in PreviewCustomersInput) (PreviewCustomersResult, error) {
	var out PreviewCustomersResult
	err := p.previewCustomers(ctx, in, &out)
	return out, p.fail(ctx, in.Integration, err)
}

func (p *Previews) previewCustomers(ctx context.Context, in PreviewCustomersInput, out *PreviewCustomersResult) error {
	doc, under, err := p.asked(ctx, in.Ask)
	if err != nil {
		return err
	}
	out.Under, out.Tally = under, Tally{}
	at := &carriage{Desk: p.Desk, CarryInput: CarryInput{Integration: in.Integration, DryRun: true}, flow: domain.FlowCustomers, entity: domain.EntityRelation, doc: doc}
	at.set, at.today = doc.Flows.Customers.Catalog, domain.DateIn(p.Now(), domain.Amsterdam())
	c, err := openCustomersUnder(ctx, at, under.InForce)
	if err != nil {
		return err
	}
	keys := in.Keys[:min(len(in.Keys), MostPreviewed)]
	rs, err := c.named(ctx, keys)
	if err != nil {
		return err
	}
	beat(ctx, "read the debtors")
	if err := c.wouldBe(ctx, rs); err != nil {
		return err
	}
	lists, err := db.Listings{DB: p.DB, Box: p.Payloads.Box}.Get(ctx, in.Integration)
	if err != nil {
		return err
	}
	answer := PreviewCustomersAnswer{Versions: under, Debtors: []PreviewedDebtor{}}
	for _, r := range rs {
		shown, err := c.preview(r, lists)
		if err != nil {
			return err
		}
		out.Tally = out.Tally.Plus(Tally{{Entity: string(domain.EntityRelation), Outcome: r.outcome, Code: r.code, Records: 1}})
		answer.Debtors = append(answer.Debtors, shown)
	}
	for _, key := range keys {
		if !slices.ContainsFunc(rs, func(r *debtorRow) bool { return r.key == key }) {
			answer.Unknown = append(answer.Unknown, key)
		}
	}
	out.Results, err = p.keep(ctx, in.Integration, answer)
	return err
}

// wouldBe finds out what the flow would do, as a run for these debtors would.
func (c *customerCarrier) wouldBe(ctx context.Context, rs []*debtorRow) error {
	if err := known(ctx, c.carriage, rs); err != nil {
		return err
	}
	if err := c.draft(ctx, those(rs, func(r *debtorRow) bool { return r.fault == nil })); err != nil {
		return err
	}
	passes := func(r *debtorRow) bool { return r.fault == nil && r.leftOut == "" }
	asked := those(rs, passes)
	if err := c.look(ctx, asked); err != nil {
		return err
	}
	if err := remembered(ctx, c.carriage, asked); err != nil {
		return err
	}
	w := &writing[connectors.DebtorRecord]{carriage: c.carriage}
	for _, r := range rs {
		if passes(r) {
			c.decide(r)
		}
		w.ended(r)
	}
	return nil
}

func (c *customerCarrier) preview(r *debtorRow, lists domain.Listings) (PreviewedDebtor, error) {
	shown := PreviewedDebtor{
		Canonical: r.source.Debtor, Customer: r.target, Outcome: r.outcome, Country: c.doc.Mapper.DebtorCountry(r.source.Debtor), Revenue: []PreviewedRevenue{},
		Record: PreviewedRecord{Entity: string(domain.EntityRelation), Fields: []PreviewedField{}},
	}
	if r.source.Fault == nil {
		explained, err := c.doc.Mapper.ExplainRelation(r.source.Debtor, c.today, c.schema)
		shown.Record = previewedRecord(domain.EntityRelation, explained, c.schema, c.doc, err, r.key)
	}
	if r.held != nil {
		for _, f := range r.changes.Fields {
			shown.Changes = append(shown.Changes, f.Name)
		}
		for _, k := range r.kept {
			shown.Kept = append(shown.Kept, k.Field)
		}
	}
	switch {
	case r.fault != nil:
		shown.Reason = shownReason(r.fault)
	case r.code != "" && r.outcome == OutcomeLeftOut:
		shown.Reason = shownReason(fault.New(fault.Invalid, r.code, "preview customer").About(r.key))
	}
	accounts, err := c.doc.Mapper.RevenueAccounts(shown.Country, codesOf(lists, domain.ListTillVATCodes), codesOf(lists, domain.ListTillTurnoverGroups), c.today)
	shown.Revenue = append(shown.Revenue, revenueByAccount(accounts)...)
	return shown, err
}

func codesOf(lists domain.Listings, kind domain.ListKind) []string {
	var codes []string
	for _, entry := range lists[kind] {
		codes = append(codes, entry.Code)
	}
	return codes
}

// revenueByAccount puts turnover groups together that have one account.
func revenueByAccount(accounts []mapping.Revenue) []PreviewedRevenue {
	var all []PreviewedRevenue
	for _, a := range accounts {
		at := slices.IndexFunc(all, func(one PreviewedRevenue) bool { return one.Account == a.Account && one.VATCode == a.VATCode })
		if at < 0 {
			all, at = append(all, PreviewedRevenue{Account: a.Account, VATCode: a.VATCode}), len(all)
		}
		all[at].TurnoverGroups = append(all[at].TurnoverGroups, a.TurnoverGroup)
	}
	return all
}
