package mapping

import (
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

type lineSource struct {
	Number          int             `expr:"number" help:"1 for the first line that sells something"`
	ID              string          `expr:"id" code:"true" help:"the till's own identifier"`
	Kind            string          `expr:"kind" code:"true" help:"sale, discount, rounding, shipping, gift_card or deposit"`
	SKU             string          `expr:"sku" code:"true" help:"article number"`
	Article         string          `expr:"article" code:"true" help:"article of the books that a setting names for the kind of line; empty for what was sold"`
	Text            string          `expr:"text" help:"what the line says"`
	Quantity        decimal.Decimal `expr:"quantity" help:"negative for what is returned"`
	UnitPriceIncl   decimal.Decimal `expr:"unit_price_incl" help:"of one, euros incl. VAT, before discount"`
	UnitPriceExcl   decimal.Decimal `expr:"unit_price_excl" help:"of one, euros excl. VAT, before discount"`
	TotalIncl       decimal.Decimal `expr:"total_incl" help:"of the line, euros incl. VAT, after discount"`
	TotalExcl       decimal.Decimal `expr:"total_excl" help:"of the line, euros excl. VAT, after discount"`
	DiscountIncl    decimal.Decimal `expr:"discount_incl" help:"of the line, euros incl. VAT"`
	Price           decimal.Decimal `expr:"price" help:"of one, as flows.orders.amounts.discounts says: after discount, or before one that stands beside it; incl. or excl. VAT as flows.orders.prices says"`
	DiscountPercent decimal.Decimal `expr:"discount_percent" help:"that the books take off the price; with flows.orders.amounts.discounts: percentage"`
	NetPrice        decimal.Decimal `expr:"net_price" help:"of one, after discount; incl. or excl. VAT as flows.orders.prices says"`
	VATCode         string          `expr:"vat_code" code:"true" help:"the till's VAT code"`
	VATKey          string          `expr:"vat_key" code:"true" help:"key for the table vat_code: the VAT code; shifted or none for an order without VAT of its own; country and code, as DEU:2, for one sold under foreign VAT"`
	VATRate         string          `expr:"vat_rate" code:"true" help:"the till's percentage as a code: 21"`
	VATPercent      decimal.Decimal `expr:"vat_percent" help:"21 means 21 %"`
	TurnoverGroup   string          `expr:"turnover_group" code:"true" help:"turnover group"`
}

func lineSourceFrom(number int, l reconcile.SaleLine, o domain.Order, pricesInclusive bool) *lineSource {
	total, listed := l.TotalExcl, l.UnitPriceExcl
	if pricesInclusive {
		total, listed = l.TotalIncl, l.UnitPriceIncl
	}
	net := l.Price
	if l.SKU != "" {
		net = reconcile.NetUnitPrice(total, l.Quantity, listed)
	}
	return &lineSource{
		Number: number, ID: l.ID, Kind: string(l.Role), SKU: l.SKU, Article: l.Article, Text: l.Text, Quantity: l.Quantity,
		UnitPriceIncl: l.UnitPriceIncl, UnitPriceExcl: l.UnitPriceExcl, TotalIncl: l.TotalIncl, TotalExcl: l.TotalExcl,
		DiscountIncl: l.DiscountIncl, Price: l.Price, DiscountPercent: l.DiscountPercent, NetPrice: net,
		VATCode: l.VATCode, VATKey: vatKey(l.VATCode, o), VATRate: vatRate(l.VATPercent), VATPercent: l.VATPercent, TurnoverGroup: l.TurnoverGroup,
	}
}

// soldSources are the lines of a sale as the till has them: for a filter, which
// knows no target.
func soldSources(o domain.Order, pricesInclusive bool) []*lineSource {
	var lines []*lineSource
	for _, l := range o.Lines {
		if l.Sells() {
			lines = append(lines, lineSourceFrom(len(lines)+1, reconcile.SaleLine{OrderLine: l, Role: domain.RoleSale}, o, pricesInclusive))
			last := lines[len(lines)-1]
			last.Price = last.NetPrice
		}
	}
	return lines
}

// homeVAT is the country whose VAT the till's codes stand for by themselves.
const homeVAT = "NLD"

// vatKey names the VAT of a line so that one table row can stand for it: the
// till's code; the method for an order without VAT of its own ("shifted",
// "none"); country and code for one sold under foreign VAT ("DEU:2"). So an
// order that needs another code in the books is never booked under the usual one.
func vatKey(code string, o domain.Order) string {
	switch {
	case o.VATMethod == domain.VATShifted || o.VATMethod == domain.VATNone:
		return string(o.VATMethod)
	case o.VATCountry != "" && o.VATCountry != homeVAT && code != "":
		return o.VATCountry + ":" + code
	default:
		return code
	}
}

// vatRate is a percentage as a key: 21, and not 21.00.
func vatRate(percent decimal.Decimal) string { return percent.String() }
