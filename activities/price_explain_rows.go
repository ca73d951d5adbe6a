package activities

import (
	"context"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// rowsOfBooks reads all rows that could matter and says of each what becomes of it:
// by the same rules by which the flow writes lists.
func (e *priceExplainer) rowsOfBooks(ctx context.Context) error {
	found, err := e.books.PricesOf(ctx, e.scope())
	if err != nil {
		return err
	}
	beat(ctx, "read rows of prices")
	if err := e.customersLevel(ctx); err != nil {
		return err
	}
	var ofCustomer, ofArticle []reconcile.PriceRow
	for _, one := range found {
		row, ok := e.explained(one)
		switch {
		case !ok:
		case one.Price.Customer != "":
			ofCustomer = append(ofCustomer, row)
		default:
			ofArticle = append(ofArticle, row)
		}
	}
	usual := func(string) (reconcile.BasePrice, bool) {
		return reconcile.BasePrice{Incl: e.answer.Usual.Incl, Excl: e.answer.Usual.Excl}, e.answer.Usual.From == "till"
	}
	for _, list := range [][]reconcile.PriceRow{ofCustomer, ofArticle} {
		for _, j := range reconcile.JudgePrices(list, e.day, e.doc.Flows.Prices.Conflict, e.schema, usual) {
			if err := e.rank(ctx, j); err != nil {
				return err
			}
		}
	}
	return nil
}

// explained maps a row as the flow would; one that cannot be used is told at once.
func (e *priceExplainer) explained(one connectors.PriceRecord) (reconcile.PriceRow, bool) {
	p := one.Price
	unusable := func(code string) (reconcile.PriceRow, bool) {
		e.told(one.ID, p, "unusable", domain.ReasonFor(code).Words)
		return reconcile.PriceRow{}, false
	}
	if f, ok := fault.As(one.Fault); ok {
		return unusable(f.Code)
	}
	if p.Everything() && p.Customer == "" {
		return unusable(CodePriceOfAnything)
	}
	row := reconcile.PriceRow{ID: one.ID, Price: p, SKU: p.SKU}
	if p.SKU == "" && !p.Everything() && (p.Customer == "" || !e.hasDiscountGroup(p)) {
		row.SKU = e.answer.SKU
	}
	customer := ""
	if p.Customer != "" {
		if customer = e.answer.TillCustomer; customer == "" {
			customer = "1" // nobody's yet: it only has to be some number, and nothing is written
		}
	}
	draft, passes, err := e.mapPrice(p, row.SKU, customer, e.numbered)
	if f, ok := fault.As(unmappableOrNil(err, one.ID)); ok {
		return unusable(f.Code)
	}
	if !passes {
		e.told(one.ID, p, "left_out", domain.ReasonFor(CodePriceLeft).Words)
		return reconcile.PriceRow{}, false
	}
	row.Draft = draft
	return row, true
}

func unmappableOrNil(err error, about string) error {
	if _, known := fault.As(err); err == nil || known {
		return err
	}
	return unmappable(err, about)
}

// customersLevel finds the price group of the till that the customer belongs in: of
// the price list, or else of the group of customers.
func (e *priceExplainer) customersLevel(ctx context.Context) error {
	levels, err := e.priceLevels(ctx)
	if err != nil {
		return err
	}
	for _, p := range []domain.Price{{PriceList: e.answer.PriceList}, {CustomerGroup: e.answer.CustomerGroup}} {
		if p.Everybody() {
			continue
		}
		p.SKU, p.DiscountPercent = e.answer.SKU, e.answer.Quantity // any discount: only whose it is counts
		p.Number = e.numbered.numbers[p.SKU]
		draft, err := e.doc.Mapper.Price(p, "", e.day, e.schema)
		if err != nil {
			continue // no row in the lookup table: told with the rows
		}
		if e.levelField, e.level = levelOf(draft, levels); e.level != "" {
			return nil
		}
	}
	return nil
}

// rank says where a row stands among those that the till looks at, and what becomes of it.
func (e *priceExplainer) rank(ctx context.Context, j reconcile.JudgedPrice) error {
	levels, err := e.priceLevels(ctx)
	if err != nil {
		return err
	}
	r := reconcile.RankedPrice{JudgedPrice: j}
	p := j.Price
	missing, err := e.missingLevel(ctx, j)
	if err != nil {
		return err
	}
	_, level := levelOf(j.Draft, levels)
	switch {
	case p.Customer != "" && p.Everything():
		r.Rank = reconcile.RankOwn
	case p.Customer != "" && j.SKU != "":
		r.Rank = reconcile.RankCustomerArticle
	case p.Customer != "":
		r.Rank = reconcile.RankCustomerGroup
	case p.Everybody():
		r.Rank = reconcile.RankPromotion
	default:
		r.Rank = reconcile.RankPriceGroup
	}
	switch {
	case j.State == reconcile.PriceNotYet:
		e.told(j.ID, p, string(j.State), "begins on "+p.ValidFrom.String())
	case j.State == reconcile.PriceOver:
		e.told(j.ID, p, string(j.State), "ended on "+p.ValidUntil.String())
	case j.State == reconcile.PriceYields:
		e.told(j.ID, p, string(j.State), j.To+" goes before it (flows.prices.conflict)")
	case j.State == reconcile.PriceConflicts:
		e.told(j.ID, p, string(j.State), "says something else than "+j.To+", and nothing tells which holds")
	case missing != "":
		e.told(j.ID, p, "waits", domain.ReasonFor(CodePriceGroupMissing).Words)
	case r.Rank == reconcile.RankPriceGroup && level != e.level:
		e.told(j.ID, p, "not_theirs", "of price group "+level+"; the customer belongs in "+orNone(e.level))
	default:
		e.ranked = append(e.ranked, r)
	}
	return nil
}

// pays works out what is paid, and says of each row that fits whether it was taken.
func (e *priceExplainer) pays(context.Context) error {
	usual := reconcile.BasePrice{Incl: e.answer.Usual.Incl, Excl: e.answer.Usual.Excl}
	e.charge = reconcile.ChargePrice(e.ranked, e.answer.Quantity, usual, e.doc.Flows.Prices.Precedence)
	paid := &PricePaid{Basis: string(e.charge.Basis), Unit: e.charge.Unit, Discount: e.charge.Discount, Amount: e.charge.Amount}
	if e.charge.Of != nil {
		paid.Because = e.charge.Of.ID
	}
	for _, r := range e.ranked {
		switch {
		case r.ID == paid.Because:
			e.told(r.ID, r.Price, "taken", "this is what is paid")
		case r.Price.MinQuantity.GreaterThan(e.answer.Quantity):
			e.told(r.ID, r.Price, "too_few", "from "+r.Price.MinQuantity.String()+" on")
		default:
			e.told(r.ID, r.Price, "fits", "fits, and another goes before it (flows.prices.precedence)")
		}
	}
	// Without the till's word the other side of VAT is not known, and neither is a
	// percentage off it.
	if e.charge.Basis == domain.PriceBasisExcl || e.charge.Unit.IsPositive() {
		e.answer.Pays = paid
	}
	return nil
}
