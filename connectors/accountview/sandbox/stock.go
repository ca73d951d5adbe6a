package sandbox

import (
	"maps"
	"slices"

	"github.com/shopspring/decimal"
)

// save makes the quantities of articles follow the sales orders, and saves all.
func (w *writing) save() error {
	w.moveReservations()
	return w.changes.save()
}

// deliver takes what a line sold out of the stock.
func (w *writing) deliver(line row) {
	w.moveStock(line["ART_CODE"], line.number("ORD_QTY").Neg(), "QTY_TECH", "QTY_AVAIL", "QTY_FREE2")
}

// moveReservations makes the reserved quantity of each article follow the lines of sales orders that are staged, and what
// is free or, by the switch, available with it.
func (w *writing) moveReservations() {
	moved := map[string]decimal.Decimal{}
	add := func(line row, sign int64) {
		if line != nil {
			code := line["ART_CODE"]
			moved[code] = moved[code].Add(line.number("ORD_QTY").Mul(decimal.NewFromInt(sign)))
		}
	}
	for key, line := range w.latest[soLineTable.Name] {
		stood, _ := w.books.row(soLineTable.Name, key)
		add(stood, -1)
		add(line, 1)
	}
	for _, code := range slices.Sorted(maps.Keys(moved)) {
		w.moveStock(code, moved[code], "QTY_RESERV")
		w.moveStock(code, moved[code].Neg(), "QTY_FREE2")
		if w.options.AvailableStock == "on_order" {
			w.moveStock(code, moved[code].Neg(), "QTY_AVAIL")
		}
	}
}

// moveStock adds to quantities of an article. Stock moves without touching CNG_DATE.
func (w *writing) moveStock(code string, by decimal.Decimal, columns ...string) {
	article, known := w.row(articleTable.Name, code)
	if !known || by.IsZero() {
		return
	}
	moved := maps.Clone(article)
	for _, name := range columns {
		moved[name] = article.number(name).Add(by).String()
	}
	w.put(&articleTable, moved)
}
