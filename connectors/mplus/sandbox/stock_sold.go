package sandbox

import "slices"

// soldBy names the document that moved stock.
type soldBy struct{ order, receipt, invoice *string }

// sell takes what lines sold out of the stock of a branch and writes its history. Lines that take goods back put them
// there again. What was sold before is not taken twice: only the difference moves.
func (t *till) sell(b *batch, branch int32, before, now *lineListXML, by soldBy) {
	moved := map[int64]quantity{}
	var order []int64
	add := func(lines *lineListXML, back bool) {
		t.eachSold(lines, func(article int64, sold quantity) {
			if back {
				sold = sold.negative()
			}
			if _, met := moved[article]; !met {
				order = append(order, article)
			}
			moved[article] = moved[article].plus(sold)
		})
	}
	add(before, true)
	add(now, false)
	slices.Sort(order)
	for _, article := range order {
		if moved[article].Amount != 0 {
			t.moveStock(b, stockKey{branch, article}, moved[article].negative(), by)
		}
	}
}

// eachSold calls for each line of a stock article, and for what it is made of.
func (t *till) eachSold(lines *lineListXML, each func(article int64, sold quantity)) {
	if lines == nil {
		return
	}
	for _, line := range lines.Line {
		article := t.article(line.ArticleNumber)
		if article != nil && value(article.StockArticle) && line.Data != nil {
			each(line.ArticleNumber, quantity{line.Data.Quantity, value(line.Data.DecimalPlaces)})
		}
		t.eachSold(line.PreparationList, each)
	}
}

func (t *till) moveStock(b *batch, key stockKey, by quantity, document soldBy) {
	row := b.stockOf(key)
	row.Physical = row.Physical.plus(by)
	row.StockID, row.Changed = b.marker(markStock), momentOf(t.now())
	b.stockRow(row)
	b.movement(articleStockHistoryXML{
		StockID: row.StockID, Timestamp: row.Changed, BranchNumber: new(key.branch), ArticleNumber: key.article,
		AmountChanged: by.Amount, DecimalPlaces: new(by.Places), Type: "STOCK-HISTORY-TYPE-SALES",
		OrderID: document.order, ReceiptID: document.receipt, InvoiceID: document.invoice,
	})
}

// deliverAll delivers what an order has still to deliver: it leaves the shop, and is reserved no more. That it goes
// partly says nothing about which lines, so nothing moves then (assumed). A receipt or invoice of an order moves nothing
// either: its goods go with the order.
func (t *till) deliverAll(b *batch, o *orderXML) {
	if o.LineList == nil {
		return
	}
	before := &lineListXML{}
	for i := range o.LineList.Line {
		line := &o.LineList.Line[i]
		if line.Data == nil {
			continue
		}
		gone := *line
		gone.Data = &lineDataXML{Quantity: value(line.Data.DeliveredQuantity), DecimalPlaces: line.Data.DeliveredDecimalPlaces}
		gone.PreparationList = nil
		if gone.Data.Quantity != 0 { // and with it what it is made of
			gone.PreparationList = line.PreparationList
		}
		before.Line = append(before.Line, gone)
		line.Data.DeliveredQuantity, line.Data.DeliveredDecimalPlaces = new(line.Data.Quantity), line.Data.DecimalPlaces
	}
	t.sell(b, *o.FinancialBranchNumber, before, o.LineList, soldBy{order: new(o.OrderID)})
}
