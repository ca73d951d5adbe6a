package mapping

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// productScope is what a row of mapping.product sees. For a field of the product
// that groups the articles, product and main are the same.
type productScope struct {
	Run      *run            `expr:"the run"`
	Product  *productSource  `expr:"product" help:"what is sold: the product, or one of its variants"`
	Main     *productSource  `expr:"main" help:"the product that groups the variants; the product itself when it has none"`
	Settings *settingsSource `expr:"settings" help:"settings of the document"`
}

type productSource struct {
	SKU              string            `expr:"sku" code:"true" help:"article code of the books"`
	Number           string            `expr:"number" code:"true" help:"number of the article at the till: the code when that is a whole number, else one of flows.products.numbers"`
	Name             string            `expr:"name" help:"name"`
	ShortDescription string            `expr:"short_description" help:"one line; empty when the books have none"`
	LongDescription  string            `expr:"long_description" help:"as much as the books have"`
	Group            string            `expr:"group" code:"true" help:"article group code of the books"`
	GroupNumber      string            `expr:"group_number" code:"true" help:"number of that article group at the till, as flows.categories made or found it; empty when it did not"`
	Price            decimal.Decimal   `expr:"price" help:"the price that the books hold, of one unit, in the currency"`
	PriceIncl        decimal.Decimal   `expr:"price_incl" help:"of one unit incl. VAT, in the currency; counts when prices_include_vat"`
	PriceExcl        decimal.Decimal   `expr:"price_excl" help:"of one unit excl. VAT, in the currency; counts when not prices_include_vat"`
	PricesIncludeVAT bool              `expr:"prices_include_vat" help:"the books hold prices incl. VAT"`
	CostPrice        decimal.Decimal   `expr:"cost_price" help:"of one unit excl. VAT, in the currency"`
	Currency         string            `expr:"currency" code:"true" help:"ISO code; empty means EUR"`
	VATCode          string            `expr:"vat_code" code:"true" help:"VAT code of the books"`
	Unit             string            `expr:"unit" code:"true" help:"unit code of the books"`
	EAN              string            `expr:"ean" code:"true" help:"first barcode that is an EAN with the right check digit; empty when there is none"`
	OtherEANs        string            `expr:"other_eans" code:"true" help:"the further barcodes of one piece that are EANs, blanks between; those of packs are not among them"`
	Barcodes         []*barcodeSource  `expr:"barcodes" help:"every barcode, as the books hold it"`
	Active           bool              `expr:"active" help:"may be sold"`
	Discontinued     bool              `expr:"discontinued" help:"is not bought again"`
	StockManaged     bool              `expr:"stock_managed" help:"the books keep stock of it"`
	IsVariant        bool              `expr:"is_variant" help:"is one of several variants of a product"`
	Attributes       map[string]string `expr:"attributes" code:"true" help:"item attributes by the name the document gives them: product.attributes['colour']"`
	Custom           map[string]string `expr:"custom" code:"true" help:"every other column of the books as text: product.custom['K1_QDPX']"`
}

type barcodeSource struct {
	Code     string          `expr:"code" code:"true" help:"as the books hold it"`
	EAN      string          `expr:"ean" code:"true" help:"the code when it is an EAN with the right check digit, else empty"`
	Quantity decimal.Decimal `expr:"quantity" help:"units in what carries the code; zero means one"`
	Unit     string          `expr:"unit" code:"true" help:"unit code of a pack; empty: the article's own"`
}

func productSourceFrom(p domain.Product, isVariant bool) *productSource {
	source := &productSource{
		SKU: p.SKU, Number: p.Number, Name: p.Name, ShortDescription: p.ShortDescription, LongDescription: p.LongDescription, Group: p.Group, GroupNumber: p.GroupNumber,
		Price: p.Price(), PriceIncl: p.PriceIncl, PriceExcl: p.PriceExcl, PricesIncludeVAT: p.PriceBasis != domain.PriceBasisExcl,
		CostPrice: p.CostPrice, Currency: p.Currency, VATCode: p.VATCode, Unit: p.Unit, EAN: p.EAN(), OtherEANs: strings.Join(p.OtherEANs(), " "), Active: p.Active,
		Discontinued: p.Discontinued, StockManaged: p.StockManaged, IsVariant: isVariant, Attributes: p.Attributes, Custom: p.Custom,
	}
	for _, b := range p.Barcodes {
		source.Barcodes = append(source.Barcodes, &barcodeSource{Code: b.Code, EAN: b.EAN(), Quantity: b.Quantity, Unit: b.Unit})
	}
	return source
}
