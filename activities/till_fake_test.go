package activities_test

import (
	"context"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// kinds is a till that keeps the three kinds of sale apart; all else are the books.
type kinds struct {
	*books
	pages map[domain.SourceKind][]connectors.OrderPage
	heads map[domain.SourceKind]int64 // nil: it does not tell them
	takes []domain.OrderID            // orders that it would give
	reads []domain.SourceKind
	asked []string // keys
	looks int      // how often the heads were asked for
}

func (k *kinds) OrderSource(_ context.Context, _ string, version int, of domain.SourceKind) (connectors.OrderSource, error) {
	k.books.open(version)
	if k.heads != nil {
		return kindBoard{kind{k, of}}, nil
	}
	return kind{k, of}, nil
}

// tell lets the till have a sale, under the next page of its kind.
func (k *kinds) tell(sales ...domain.Order) {
	for _, sale := range sales {
		k.pages[sale.Source] = append(k.pages[sale.Source], connectors.OrderPage{
			Orders: []connectors.SourceOrder{{Order: sale}}, Marker: sale.Version.Marker,
		})
	}
}

type kind struct {
	*kinds
	of domain.SourceKind
}

func (k kind) OrdersAfter(_ context.Context, marker int64, _ int) (connectors.OrderPage, error) {
	k.reads = append(k.reads, k.of)
	for _, page := range k.pages[k.of] {
		if page.Marker > marker {
			return page, nil
		}
	}
	return connectors.OrderPage{Marker: marker}, nil
}

func (k kind) OrdersByNumber(_ context.Context, keys []string) ([]connectors.SourceOrder, error) {
	k.asked = append(k.asked, keys...)
	var found []connectors.SourceOrder
	for _, pages := range k.pages {
		for _, page := range pages {
			for _, o := range page.Orders {
				if slices.Contains(keys, o.Order.Number) || slices.Contains(keys, string(o.Order.ID)) {
					found = append(found, o)
				}
			}
		}
	}
	return found, nil
}

func (k kind) TakesOrder(_ context.Context, id domain.OrderID) (bool, error) {
	return slices.Contains(k.takes, id), nil
}

func (k kind) CurrentMarker(context.Context) (int64, error) { return 0, nil }

type kindBoard struct{ kind }

func (k kindBoard) Markers(context.Context) (map[domain.SourceKind]int64, error) {
	k.looks++
	return k.heads, nil
}

// receiptOf is a receipt over the counter, of the orders given.
func receiptOf(number string, marker int64, orders ...domain.OrderID) domain.Order {
	r := sale(number, marker)
	r.Source, r.ID, r.OrderIDs = domain.SourceReceipt, domain.SaleID(domain.SourceReceipt, number), orders
	return r
}
