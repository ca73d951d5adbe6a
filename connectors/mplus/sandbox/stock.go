package sandbox

import (
	"cmp"
	"slices"
)

type stockInput struct {
	Request getStockXML `xml:"request"`
}

type stockAnswer struct {
	ArticleStocks []articleStockXML `xml:"articleStocks"`
}

// getStock answers stock articles, all of them when none is named. A stockId works as a marker: what changed since.
func getStock(c *call, in stockInput) (stockAnswer, error) {
	ask := in.Request
	places := []int32{ask.BranchNumber}
	if ask.BranchNumbers != nil && len(ask.BranchNumbers.BranchNumber) > 0 {
		places = ask.BranchNumbers.BranchNumber
	}
	reserved := c.reserved()
	var out stockAnswer
	for key, row := range c.stock {
		if !slices.Contains(places, key.branch) || !listed(ask.ArticleNumbers.ArticleNumbers, key.article) ||
			row.StockID < value(ask.StockID) || value(ask.DayStockOnlyFilter) {
			continue
		}
		out.ArticleStocks = append(out.ArticleStocks, row.shown(reserved[key]))
	}
	slices.SortFunc(out.ArticleStocks, func(a, b articleStockXML) int {
		return cmp.Or(cmp.Compare(value(a.BranchNumber), value(b.BranchNumber)), cmp.Compare(a.ArticleNumber, b.ArticleNumber))
	})
	return out, nil
}

func (row stockRow) shown(reserved quantity) articleStockXML {
	free := row.Physical.plus(reserved.negative())
	return articleStockXML{
		BranchNumber: new(row.Branch), ArticleNumber: row.Article, ChangeTimestamp: new(row.Changed), StockID: row.StockID,
		AmountFree: free.Amount, DecimalPlacesFree: new(free.Places),
		AmountReserved: reserved.Amount, DecimalPlacesReserved: new(reserved.Places),
		AmountIncoming: 0, DecimalPlacesIncoming: new(int32(0)),
	}
}

// reserved sums what stands in orders that are neither delivered nor cancelled.
func (t *till) reserved() map[stockKey]quantity {
	sums := map[stockKey]quantity{}
	for _, o := range t.orders {
		t.addReserved(sums, o)
	}
	return sums
}

func (t *till) addReserved(sums map[stockKey]quantity, o *orderXML) {
	if o == nil || value(o.CancelState) == "ORDER-CANCEL-STATE-COMPLETE" || o.LineList == nil {
		return
	}
	for _, line := range o.LineList.Line {
		key := stockKey{*o.FinancialBranchNumber, line.ArticleNumber}
		if _, kept := t.stock[key]; !kept || line.Data == nil {
			continue
		}
		ordered := quantity{line.Data.Quantity, value(line.Data.DecimalPlaces)}
		delivered := quantity{value(line.Data.DeliveredQuantity), value(line.Data.DeliveredDecimalPlaces)}
		sums[key] = sums[key].plus(ordered).plus(delivered.negative())
	}
}

// touchStock gives a new stockId to every article whose reservation an order changed.
func (t *till) touchStock(b *batch, old, now *orderXML) {
	before, after := map[stockKey]quantity{}, map[stockKey]quantity{}
	t.addReserved(before, old)
	t.addReserved(after, now)
	var changed []stockKey
	for key, q := range after {
		if !q.equal(before[key]) {
			changed = append(changed, key)
		}
	}
	for key, q := range before {
		if _, still := after[key]; !still && q.Amount != 0 {
			changed = append(changed, key)
		}
	}
	slices.SortFunc(changed, func(x, y stockKey) int {
		return cmp.Or(cmp.Compare(x.branch, y.branch), cmp.Compare(x.article, y.article))
	})
	for _, key := range changed {
		row := b.stockOf(key)
		row.StockID, row.Changed = b.marker(markStock), momentOf(t.now())
		b.stockRow(row)
	}
}

type setStockInput struct {
	Request setStockXML `xml:"request"`
}

type setStockAnswer struct {
	Result  string `xml:"result"`
	StockID *int64 `xml:"stockId"`
}

// setStock sets an absolute amount: what lies there, or what is free to sell when the options say so.
func setStock(c *call, in setStockInput) (setStockAnswer, error) {
	ask := in.Request
	key := stockKey{ask.BranchNumber, ask.ArticleNumber}
	article := c.article(ask.ArticleNumber)
	amount := quantity{ask.Amount, c.opts.AbsentDecimalPlaces}
	if ask.DecimalPlaces != nil {
		amount.Places = *ask.DecimalPlaces
	}
	if _, ok := findBranch(ask.BranchNumber); !ok {
		return setStockAnswer{Result: "SET-STOCK-RESULT-BRANCH-NOT-FOUND"}, nil
	}
	switch {
	case article == nil:
		return setStockAnswer{Result: "SET-STOCK-RESULT-ARTICLE-NOT-FOUND"}, nil
	case !value(article.StockArticle):
		return setStockAnswer{Result: "SET-STOCK-RESULT-NO-STOCK-ARTICLE"}, nil
	case !amount.valid():
		return setStockAnswer{Result: "SET-STOCK-RESULT-FAILED"}, nil
	}
	if c.opts.SetStockSetsFree {
		amount = amount.plus(c.reserved()[key])
	}
	b := c.begin()
	row := b.stockOf(key)
	change := amount.plus(row.Physical.negative())
	row = stockRow{ask.BranchNumber, ask.ArticleNumber, amount, b.marker(markStock), momentOf(c.now())}
	b.stockRow(row)
	b.movement(articleStockHistoryXML{
		StockID: row.StockID, Timestamp: row.Changed, BranchNumber: new(row.Branch), ArticleNumber: row.Article,
		AmountChanged: change.Amount, DecimalPlaces: new(change.Places), Type: "STOCK-HISTORY-TYPE-API",
	})
	return setStockAnswer{"SET-STOCK-RESULT-OK", new(row.StockID)}, b.commit()
}
