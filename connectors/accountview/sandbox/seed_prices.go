package sandbox

import (
	"fmt"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/internal/sandboxkit"
)

// seedPrices makes a few prices of each kind: a customer with a price and a tier, a price list, a discount of a group of
// customers on a group of articles, and a promotion in summer.
func (w *writing) seedPrices(shop sandboxkit.Shop, year int) {
	const enough = 4
	at := -1
	for i, c := range shop.Customers {
		if c.Company != "" && c.RelationNumber != 0 {
			at = i
			break
		}
	}
	if at < 0 || len(shop.Articles) < enough {
		return
	}
	customer, articles := shop.Customers[at], shop.Articles
	put := func(t *table, r row) {
		r["REC_ID"] = w.nextID(t)
		w.seedRow(t, r)
	}
	code := func(a sandboxkit.Article) string { return strconv.FormatInt(a.Number, 10) }
	net := func(a sandboxkit.Article, percent int64) string {
		rate := decimal.New(sandboxkit.VATPercent(a.TillVATCode), -2)
		incl := decimal.New(a.PriceIncl, -2).Mul(decimal.New(percent, -2))
		return incl.Mul(hundred).DivRound(hundred.Add(rate), 2).String()
	}
	put(&debtorPriceTable, row{"SUB_NR": customer.Number, "ART_CODE": code(articles[0]), "PX_SELL": net(articles[0], 90)})
	put(&debtorPriceTable, row{"SUB_NR": customer.Number, "ART_CODE": code(articles[0]), "QTY_FROM": "12", "PX_SELL": net(articles[0], 80)})
	put(&listPriceTable, row{"APX_LIST": "HOREC", "ART_CODE": code(articles[1]), "PX_SELL": net(articles[1], 85)})
	put(&groupPriceTable, row{"RPL_TYPE": "BEDRIJF", "AG_CODE": articles[2].Group, "DISC_PCT": "5"})
	put(&promotionTable, row{
		"ACT_CODE": "ZOMER", "ART_CODE": code(articles[3]), "DISC_PCT": "20",
		"DATE_FROM": fmt.Sprintf("%d-06-01T00:00:00", year), "DATE_TO": fmt.Sprintf("%d-08-31T00:00:00", year),
	})
}
