package domain

import "github.com/shopspring/decimal"

// Product is what is sold, stocked and priced, as the books hold it. A product
// with variants is not sold itself: its variants are.
type Product struct {
	SKU              string // article code of the books: text, zeros kept
	Number           string // its article number at the till, from who asks; empty: not known
	Name             string
	ShortDescription string // one line, for a receipt or a list; empty: the name says it all
	LongDescription  string // as much as the books have
	Group            string // article group code of the books: the Code of a Category
	GroupNumber      string // number of that group at the till; empty: it has none, or none that we made

	PriceIncl  decimal.Decimal // of one unit, incl. VAT, in Currency; counts when PriceBasis says so
	PriceExcl  decimal.Decimal // of one unit, excl. VAT, in Currency; counts when PriceBasis says so
	PriceBasis PriceBasis      // which of the two the books hold; the other follows from it
	Currency   string          // ISO 4217; empty means EUR
	VATCode    string          // of the books
	CostPrice  decimal.Decimal // of one unit, excl. VAT, in Currency

	Unit         string    // unit code of the books: what one of it is
	Barcodes     []Barcode // the first is the one of a single unit
	Active       bool      // may be sold
	Discontinued bool      // is sold until it is gone, and not bought again
	StockManaged bool      // the books keep stock of it

	Attributes map[string]string // item attributes by the name that the document gives them: colour, size, brand
	Custom     map[string]string // every other column of the books by its own name, as text; numbers with a point, dates as YYYY-MM-DD

	Variants []Variant // empty: the product itself is sold
}

// PriceBasis says which of two prices somebody decided; the other is computed.
type PriceBasis string

const (
	// PriceBasisIncl: the price including VAT was decided.
	PriceBasisIncl PriceBasis = "incl"
	// PriceBasisExcl: the price excluding VAT was decided.
	PriceBasisExcl PriceBasis = "excl"
)

// Price is the price that was decided.
func (p Product) Price() decimal.Decimal {
	if p.PriceBasis == PriceBasisExcl {
		return p.PriceExcl
	}
	return p.PriceIncl
}

// Variant is one way in which a product is sold: a size, a colour. In the books
// it is an article of its own.
type Variant struct {
	SKU        string // article code of the books: text, zeros kept
	Number     string // as in Product
	Name       string // of the article; empty: the product's
	Attributes map[string]string
	Custom     map[string]string
	Barcodes   []Barcode
	PriceIncl  decimal.Decimal // as in Product, with the product's PriceBasis and Currency
	PriceExcl  decimal.Decimal // as in Product, with the product's PriceBasis and Currency
	CostPrice  decimal.Decimal // as in Product
	Active     bool
	// Discontinued and StockManaged are as in Product.
	Discontinued, StockManaged bool
}

// Sold lists what is sold of a product, each as a product without variants: the
// product itself, or each of its variants with what it shares with the others.
func (p Product) Sold() []Product {
	if len(p.Variants) == 0 {
		return []Product{p}
	}
	sold := make([]Product, 0, len(p.Variants))
	for _, v := range p.Variants {
		one := p
		one.Variants = nil
		one.SKU, one.Number, one.Barcodes = v.SKU, v.Number, v.Barcodes
		one.PriceIncl, one.PriceExcl, one.CostPrice = v.PriceIncl, v.PriceExcl, v.CostPrice
		one.Active, one.Discontinued, one.StockManaged = v.Active, v.Discontinued, v.StockManaged
		one.Attributes, one.Custom = over(p.Attributes, v.Attributes), over(p.Custom, v.Custom)
		if v.Name != "" {
			one.Name = v.Name
		}
		sold = append(sold, one)
	}
	return sold
}

// over lays the texts of one table over those of another.
func over(base, top map[string]string) map[string]string {
	merged := make(map[string]string, len(base)+len(top))
	for _, table := range []map[string]string{base, top} {
		for name, text := range table {
			merged[name] = text
		}
	}
	return merged
}
