package mapping

import (
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// priceScope is what a row of mapping.price sees.
type priceScope struct {
	Run            *run            `expr:"the run"`
	Price          *priceSource    `expr:"price" help:"a price or discount that does not hold for everybody"`
	CustomerNumber string          `expr:"customer_number" help:"number of the price's customer at the till; empty when it is not one customer's"`
	Settings       *settingsSource `expr:"settings" help:"settings of the document"`
}

type priceSource struct {
	Customer         string          `expr:"customer" code:"true" help:"customer number in the books; empty when it is not one customer's"`
	PriceList        string          `expr:"price_list" code:"true" help:"price list code of the books; empty when it is of none"`
	CustomerGroup    string          `expr:"customer_group" code:"true" help:"code of a group of customers; empty when it is of none"`
	Promotion        string          `expr:"promotion" code:"true" help:"of a price for everybody: code of the promotion; may be empty"`
	Everybody        bool            `expr:"everybody" help:"holds for every customer"`
	SKU              string          `expr:"sku" code:"true" help:"article code of the books; empty when it is of a group of articles"`
	Number           string          `expr:"number" code:"true" help:"number of the article at the till; empty when it is not one article's"`
	ArticleGroup     string          `expr:"article_group" code:"true" help:"article group code of the books; empty when it is of one article"`
	Attribute        string          `expr:"attribute" help:"name of the item attribute that the articles have; empty when it goes by none"`
	AttributeValue   string          `expr:"attribute_value" code:"true" help:"what the articles have as that attribute"`
	MinQuantity      decimal.Decimal `expr:"min_quantity" help:"holds from this number of units on; zero: from the first"`
	HasPrice         bool            `expr:"has_price" help:"a price was agreed; else a discount"`
	PriceIncl        decimal.Decimal `expr:"price_incl" help:"of one unit incl. VAT, in the currency; counts when prices_include_vat"`
	PriceExcl        decimal.Decimal `expr:"price_excl" help:"of one unit excl. VAT, in the currency; counts when not prices_include_vat"`
	PricesIncludeVAT bool            `expr:"prices_include_vat" help:"the price was agreed incl. VAT"`
	DiscountPercent  decimal.Decimal `expr:"discount_percent" help:"12.5 means 12.5 % off the usual price"`
	Currency         string          `expr:"currency" code:"true" help:"ISO code; empty means EUR"`
	ValidFrom        domain.Date     `expr:"valid_from" help:"first day; no date: since ever"`
	ValidUntil       domain.Date     `expr:"valid_until" help:"last day, included; no date: for ever"`
}

func priceSourceFrom(p domain.Price) *priceSource {
	return &priceSource{
		Customer: p.Customer, PriceList: p.PriceList, CustomerGroup: p.CustomerGroup, SKU: p.SKU, Number: p.Number, ArticleGroup: p.ArticleGroup,
		Promotion: p.Promotion, Everybody: p.Everybody(), Attribute: p.Attribute.Name, AttributeValue: p.Attribute.Value,
		MinQuantity: p.MinQuantity, HasPrice: p.PriceBasis != "", PriceIncl: p.PriceIncl, PriceExcl: p.PriceExcl,
		PricesIncludeVAT: p.PriceBasis == domain.PriceBasisIncl, DiscountPercent: p.DiscountPercent, Currency: p.Currency,
		ValidFrom: p.ValidFrom, ValidUntil: p.ValidUntil,
	}
}
