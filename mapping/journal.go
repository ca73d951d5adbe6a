package mapping

import (
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

// journalDraft maps a sale that is booked as an invoice. Its lines are amounts by
// VAT code and turnover group, not the lines of the till.
func (m *Mapper) journalDraft(r *run, o domain.Order, context OrderContext, schema domain.Schema) (domain.Draft, []reconcile.BookedLine, error) {
	draft := domain.Draft{Entity: domain.EntityJournal, Key: o.Number}
	source, err := m.saleSource(o, context)
	if err != nil {
		return draft, nil, err
	}
	rules, err := m.saleRules(r, o)
	if err != nil {
		return draft, nil, err
	}
	lines, err := reconcile.JournalLines(o, rules)
	if err != nil {
		return draft, nil, refusedSale(err)
	}
	if len(lines) == 0 {
		return draft, nil, nothingSold(domain.EntityJournal)
	}
	scope := m.headerScope(r, o, source, context)
	if draft.Fields, err = r.fill(domain.EntityJournal, 0, m.journal, scope, schema); err != nil {
		return draft, nil, err
	}
	var booked []reconcile.BookedLine
	for i, l := range lines {
		at := &journalLineScope{Run: r, Line: journalLineSourceFrom(i+1, l, o), Order: source, Customer: scope.Customer, Reference: context.Reference, Settings: &m.settings}
		fields, err := r.fill(domain.EntityJournalLine, i+1, m.journalLine, at, linesOf(schema))
		if err != nil {
			return draft, nil, err
		}
		mapped := domain.Draft{Entity: domain.EntityJournalLine, Key: l.ID, Fields: fields}
		draft.Lines = append(draft.Lines, mapped)
		booked = append(booked, m.journalBooked(l, o.Source == domain.SourceDayTotal, mapped, r.on))
	}
	return draft, booked, nil
}

// journalLineScope is what a row of mapping.journal_line sees.
type journalLineScope struct {
	Run       *run               `expr:"the run"`
	Line      *journalLineSource `expr:"line" help:"a line of the invoice: what was sold under one VAT code and turnover group, or what closes a VAT group"`
	Order     *orderSource       `expr:"order" help:"the sale that the line is of"`
	Customer  *customerSource    `expr:"customer" help:"who buys"`
	Reference string             `expr:"reference" help:"our reference, by which the invoice is found again: flows.orders.reference_prefix and the number of the sale"`
	Settings  *settingsSource    `expr:"settings" help:"settings of the document"`
}

type journalLineSource struct {
	Number        int             `expr:"number" help:"1 for the first line"`
	Kind          string          `expr:"kind" code:"true" help:"sale, discount, rounding, shipping, gift_card or deposit; of the total of a day, payment or cash too"`
	Account       string          `expr:"account" code:"true" help:"ledger account that a setting names for the kind of line; empty for what was sold"`
	VATCode       string          `expr:"vat_code" code:"true" help:"the till's VAT code"`
	VATKey        string          `expr:"vat_key" code:"true" help:"key for the table vat_code: the VAT code; shifted or none for a sale without VAT of its own; country and code, as DEU:2, for one sold under foreign VAT"`
	VATRate       string          `expr:"vat_rate" code:"true" help:"the till's percentage as a code: 21"`
	VATPercent    decimal.Decimal `expr:"vat_percent" help:"21 means 21 %"`
	TurnoverGroup string          `expr:"turnover_group" code:"true" help:"turnover group; empty for what closes a VAT group"`
	PaymentMethod string          `expr:"payment_method" code:"true" help:"of the total of a day: how it was paid; empty for turnover"`
	Text          string          `expr:"text" code:"true" help:"of the total of a day: what the line says that is no turnover"`
	Excl          decimal.Decimal `expr:"excl" help:"euros excl. VAT"`
	VAT           decimal.Decimal `expr:"vat" help:"euros of VAT"`
	Incl          decimal.Decimal `expr:"incl" help:"euros incl. VAT"`
}

func journalLineSourceFrom(number int, l reconcile.JournalLine, o domain.Order) *journalLineSource {
	return &journalLineSource{
		Number: number, Kind: string(l.Role), Account: l.Account, VATCode: l.VATCode, VATKey: vatKey(l.VATCode, o), VATRate: vatRate(l.VATPercent),
		VATPercent: l.VATPercent, TurnoverGroup: l.TurnoverGroup, PaymentMethod: l.PaymentMethod, Text: l.Text, Excl: l.Excl, VAT: l.VAT, Incl: l.Excl.Add(l.VAT),
	}
}
