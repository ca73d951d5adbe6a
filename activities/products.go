package activities

import (
	"context"
	"slices"
	"strings"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// Products answers for products in the books.
type Products struct {
	*Desk
}

// mostNamed bounds how many missing products a failure names.
const mostNamed = 20

// VerifyProducts checks that the books know every product of the order. An order
// is never sent short: one missing product parks it.
func (p *Products) VerifyProducts(ctx context.Context, a Attempt) error {
	return p.fail(ctx, a.Integration, p.verify(ctx, a))
}

// askedAtOnce keeps the look-up between two beats short, however long the order.
const askedAtOnce = 20

func (p *Products) verify(ctx context.Context, a Attempt) error {
	order, _, err := p.order(ctx, a.Integration, a.OrderID)
	if err != nil {
		return err
	}
	doc, err := p.Documents.Get(ctx, a.Integration, a.Document)
	if err != nil {
		return err
	}
	codes, err := doc.Mapper.Articles(order, a.as())
	if err != nil {
		return unmappable(err, a.Number)
	}
	if len(codes) == 0 { // an invoice names ledger accounts
		return nil
	}
	index, err := p.Connections.ProductIndex(ctx, a.Integration, a.Document)
	if err != nil {
		return err
	}
	var missing []string
	for some := range slices.Chunk(distinct(codes), askedAtOnce) {
		unknown, err := index.MissingProducts(ctx, some)
		if err != nil {
			return err
		}
		beat(ctx, "looked for products")
		missing = append(missing, unknown...)
	}
	if len(missing) == 0 {
		return nil
	}
	return fault.New(fault.NotFound, "product_missing", "verify products").
		About(strings.Join(missing[:min(len(missing), mostNamed)], ", ")).Awaiting(productKeys(missing)...)
}

// productKeys are what an order waits for that lacks these: all of them.
func productKeys(missing []string) []string {
	keys := make([]string, len(missing))
	for i, sku := range missing {
		keys[i] = string(domain.WaitForProduct(sku))
	}
	return keys
}

func distinct(codes []string) []string {
	var out []string
	for _, code := range codes {
		if !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out
}
