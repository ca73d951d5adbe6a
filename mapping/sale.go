package mapping

import (
	"fmt"
	"slices"
	"strings"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

// Chosen is an answer of a lookup table that decides about a sale as a whole.
type Chosen struct {
	Value string
	By    LookupHit // Row is HitNothing where the document has no such table
}

// Words say what was chosen, and which row of the document says so.
func (c Chosen) Words() string {
	switch {
	case c.By.Row >= 0:
		return fmt.Sprintf("%s (lookups.%s, row %d)", c.Value, c.By.Table, c.By.Row+1)
	case c.By.Row == HitDefault:
		return fmt.Sprintf("%s (lookups.%s, its default)", c.Value, c.By.Table)
	default:
		return c.Value
	}
}

// Target says what a sale becomes in the books.
func (m *Mapper) Target(o domain.Order) (domain.Target, error) {
	chosen, err := m.ExplainTarget(o)
	return domain.Target(chosen.Value), err
}

// ExplainTarget says it, and by which row.
func (m *Mapper) ExplainTarget(o domain.Order) (Chosen, error) {
	if o.Source == domain.SourceDayTotal { // it is an answer of that table already
		return Chosen{Value: string(domain.TargetJournal), By: LookupHit{Table: domain.LookupTarget, Row: HitNothing}}, nil
	}
	paid := "unpaid"
	if o.FullyPaid {
		paid = "paid"
	}
	customer := "none"
	if o.Customer.Known() {
		customer = "known"
	}
	chosen, err := m.ask(o, domain.LookupTarget, string(sourceOf(o)), o.Branch, o.Category, paid, customer)
	if err == nil && chosen.Value == "" {
		chosen.Value = string(domain.TargetSalesOrder)
	}
	return chosen, err
}

// Targets are those that sales can get by this document.
func (m *Mapper) Targets() []domain.Target {
	t := m.tables[domain.LookupTarget]
	var all []domain.Target
	for _, target := range domain.Targets() {
		if target == domain.TargetSalesOrder && (t == nil || t.instead == "") || t.gives(string(target)) {
			all = append(all, target)
		}
	}
	return all
}

// DefaultDebtor is the debtor of a sale without customer: by the lookup table, or
// else the one of the settings. Empty: there is none.
func (m *Mapper) DefaultDebtor(o domain.Order) (Chosen, error) {
	if o.Source == domain.SourceDayTotal {
		return Chosen{Value: m.rules.Said.DayDebtor, By: LookupHit{Row: HitNothing}}, nil
	}
	chosen, err := m.ask(o, domain.LookupDefaultDebtor, o.Branch, o.PaymentMethod, o.Type)
	if err == nil && chosen.Value == "" {
		chosen = Chosen{Value: m.rules.Said.DefaultDebtor, By: LookupHit{Row: HitNothing}}
	}
	return chosen, err
}

// SaleDate is the day that a sale counts for, as the document says. Lookup rows
// go by it.
func (m *Mapper) SaleDate(o domain.Order) domain.Date { return reconcile.SaleDate(o, m.rules.Said) }

// ask asks a table about a sale by itself, with a key for each column that the
// table of the trade has; a document's table may have fewer of them. A document
// without the table has no answer.
func (m *Mapper) ask(o domain.Order, table string, keys ...string) (Chosen, error) {
	asked := m.tables[table]
	if asked == nil {
		return Chosen{By: LookupHit{Table: table, Keys: keys, Row: HitNothing}}, nil
	}
	known, _ := domain.LookupTableNamed(table)
	r := &run{on: m.SaleDate(o), explain: true}
	args := []any{r, table}
	for _, name := range asked.names {
		i := slices.IndexFunc(known.Keys, func(c domain.LookupColumn) bool { return c.Name == name })
		if i < 0 || i >= len(keys) {
			return Chosen{}, &Unmapped{Table: table, Key: keys} // settings.Validate refuses such a document
		}
		args = append(args, keys[i])
	}
	value, err := m.tables.lookup(args...)
	if err != nil {
		return Chosen{}, err
	}
	return Chosen{Value: value.(string), By: r.hits[0]}, nil
}

// saleRules are the rules for one sale: what its delivery costs stand under goes
// by the way it is delivered.
func (m *Mapper) saleRules(_ *run, o domain.Order) (domain.SaleRules, error) {
	rules := m.rules.Sale
	shipping, err := m.ask(o, domain.LookupShippingArticle, o.DeliveryMethod)
	rules.Articles.Shipping = shipping.Value
	return rules, err
}

// Bookable reports whether the rules of the document let a sale into the books; the
// error says why not. It asks nothing of the books, so it can be known first.
func (m *Mapper) Bookable(o domain.Order, target domain.Target) error {
	rules, err := m.saleRules(nil, o)
	if err != nil {
		return err
	}
	if target == domain.TargetJournal {
		_, err = reconcile.JournalLines(o, rules)
	} else {
		_, err = reconcile.OrderLines(o, rules)
	}
	if err != nil {
		return refusedSale(err)
	}
	return nil
}

// Articles are the article codes of the books that a sale needs; none for one that
// is booked as an invoice.
func (m *Mapper) Articles(o domain.Order, target domain.Target) ([]string, error) {
	if target == domain.TargetJournal {
		return nil, nil
	}
	rules, err := m.saleRules(nil, o)
	if err != nil {
		return nil, err
	}
	lines, err := reconcile.OrderLines(o, rules)
	if err != nil {
		return nil, refusedSale(err)
	}
	var codes []string
	for _, l := range lines {
		code := l.Article
		if code == "" {
			mapped, err := m.ask(o, domain.LookupArticle, l.SKU)
			if err != nil {
				return nil, err
			}
			if code = mapped.Value; code == "" {
				code = l.SKU
			}
		}
		codes = append(codes, code)
	}
	return codes, nil
}

func sourceOf(o domain.Order) domain.SourceKind {
	if o.Source == "" {
		return domain.SourceOrder
	}
	return o.Source
}

// saleCountry is the country that a sale is sold to: the one whose VAT the till
// charged, when that is foreign; for a sale over the counter the country of the shop, whoever buys; else
// where the goods go, or where the customer is. False: it cannot be read.
func (m *Mapper) saleCountry(o domain.Order) (string, bool) {
	home := m.rules.Said.HomeCountry
	if charged, ok := domain.CountryISO2(o.VATCountry); charged != home && o.VATCountry != "" {
		return charged, ok
	}
	var texts []string
	if source := sourceOf(o); source != domain.SourceReceipt && source != domain.SourceDayTotal {
		texts = append(texts, o.DeliveryAddress.Country, o.Customer.Address.Country)
	}
	for _, text := range texts {
		if strings.TrimSpace(text) != "" {
			return domain.CountryISO2(text)
		}
	}
	return home, true
}

// buyerOf tells a business by its VAT number or its company name.
func buyerOf(c domain.Customer) string {
	if c.IsCompany() || strings.TrimSpace(c.VATNumber) != "" {
		return "business"
	}
	return "consumer"
}
