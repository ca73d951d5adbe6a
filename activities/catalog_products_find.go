package activities

import (
	"context"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
)

// owners are the products of the till that have articles of the records, by article number.
func (c *productCarrier) owners(ctx context.Context, rs []*productRow) (map[string]*connectors.HeldRecord, error) {
	var asked, mains []string
	for _, r := range rs {
		for _, line := range r.draft.Lines {
			asked = append(asked, c.numbers[line.Key])
		}
		if r.known.TargetID != "" && len(r.source.Product.Variants) > 0 { // it was sold itself before it had variants
			mains = append(mains, r.key)
		}
	}
	if len(mains) > 0 {
		had, _, err := db.Numbers{DB: c.DB}.Would(ctx, c.Integration, c.numberRules(), mains)
		if err != nil {
			return nil, err
		}
		for sku, number := range had {
			c.numbers[sku] = number
			asked = append(asked, number)
		}
	}
	held, err := c.till.HeldProducts(ctx, asked)
	if err != nil {
		return nil, err
	}
	owner := map[string]*connectors.HeldRecord{}
	for i := range held {
		for _, article := range held[i].Lines {
			owner[article.Number] = &held[i]
		}
	}
	return owner, nil
}

// holderOf is the product of the till that has the articles: where they are spread,
// the one that we made of it before, or the one that has most of them. One that belongs
// to another product of the books is not it.
func (c *productCarrier) holderOf(r *productRow, owner map[string]*connectors.HeldRecord, others map[string][]string) *connectors.HeldRecord {
	var best *connectors.HeldRecord
	most, counted := 0, map[string]int{}
	for _, line := range r.draft.Lines {
		held := owner[c.numbers[line.Key]]
		if held == nil {
			continue
		}
		c.elsewhere[c.numbers[line.Key]] = held.Number
		if held.Number != r.known.TargetID && slices.ContainsFunc(others[held.Number], func(key string) bool { return key != r.key }) {
			continue
		}
		if counted[held.Number]++; held.Number == r.known.TargetID {
			counted[held.Number] += len(r.draft.Lines)
		}
		if counted[held.Number] > most {
			best, most = held, counted[held.Number]
		}
	}
	if main := owner[c.numbers[r.key]]; best == nil && main != nil && main.Number == r.known.TargetID {
		return main // it goes on in the same product, with variants
	}
	return best
}
