package mapping

import (
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// stockScope is what a row of mapping.stock sees.
type stockScope struct {
	Run      *run            `expr:"the run"`
	Stock    *stockSource    `expr:"stock" help:"the quantities of one article in the books"`
	Settings *settingsSource `expr:"settings" help:"settings of the document"`
}

type stockSource struct {
	SKU          string            `expr:"sku" code:"true" help:"article code of the books"`
	Number       string            `expr:"number" code:"true" help:"number of the article at the till"`
	Location     string            `expr:"location" code:"true" help:"warehouse of the books; empty: all of them together"`
	Physical     decimal.Decimal   `expr:"physical" help:"units on the shelf"`
	Available    decimal.Decimal   `expr:"available" help:"units the books call available"`
	Reserved     decimal.Decimal   `expr:"reserved" help:"units promised on sales orders of the books"`
	OnOrder      decimal.Decimal   `expr:"on_order" help:"units ordered at suppliers"`
	Free         decimal.Decimal   `expr:"free" help:"units the books call free"`
	TillUnbooked decimal.Decimal   `expr:"till_unbooked" help:"units sold at the till that the books have not booked yet"`
	Custom       map[string]string `expr:"custom" code:"true" help:"every other column of the article as text: stock.custom['K1_LOC']"`
}

func stockSourceFrom(s domain.StockLevel) *stockSource {
	source := stockSource(s)
	return &source
}
