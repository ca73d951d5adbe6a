package connectors

import (
	"context"

	"github.com/koppel/koppel/domain"
)

// ProductReader gives the products of the books.
type ProductReader interface {
	// ProductsByCode reads products by article code, compared without regard to
	// case. A code that is a variant gives the whole product it is a variant of,
	// once. An unknown code is simply not in the answer.
	ProductsByCode(ctx context.Context, codes []string) ([]ProductRecord, error)
	// Categories reads all categories.
	Categories(ctx context.Context) ([]domain.Category, error)
}

// ProductRecord is a product of the books with what there is of it.
type ProductRecord struct {
	Product domain.Product
	Stock   []domain.StockLevel // of each article that is sold; without what the till sold meanwhile, which the books do not know
	Fault   error               // set when this one product could not be understood; Product then has its SKU only, and there is no stock
}
