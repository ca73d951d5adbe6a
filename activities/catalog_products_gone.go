package activities

import (
	"context"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/settings"
)

// productLeaver discontinues products of which the books have no article any more.
type productLeaver struct {
	*carriage
	till connectors.ProductSink
}

func leaveProducts(ctx context.Context, p *carriage) (leaver, error) {
	till, err := p.Catalogue.ProductSink(ctx, p.Integration, p.doc.Version)
	return productLeaver{p, till}, err
}

func (l productLeaver) leave(ctx context.Context, row store.Catalog) (bool, error) {
	if l.doc.Flows.Products.Gone != settings.ProductsGoneDiscontinue {
		return false, nil
	}
	return true, l.till.DiscontinueProduct(ctx, row.TargetID)
}
