package sandbox

type stockCorrectionsInput struct {
	Request stockCorrectionsXML `xml:"request"`
}

type stockCorrectionsAnswer struct {
	Result              string `xml:"result"`
	StockID             *int64 `xml:"stockId"`
	FailedArticleNumber *int64 `xml:"failedArticleNumber"`
}

const correctionsResult = "SAVE-STOCK-CORRECTIONS-RESULT-"

// saveStockCorrections sets the stock of many articles, all of them or none (assumed). An absolute amount means what it
// means to setStock. A mode that is left out is absolute, as a count is (assumed).
func saveStockCorrections(c *call, in stockCorrectionsInput) (stockCorrectionsAnswer, error) {
	ask := in.Request
	failed := func(result string, article int64) (stockCorrectionsAnswer, error) {
		out := stockCorrectionsAnswer{Result: correctionsResult + result}
		if article != 0 {
			out.FailedArticleNumber = &article
		}
		return out, nil
	}
	if _, ok := findBranch(ask.BranchNumber); !ok {
		return failed("BRANCH-NOT-FOUND", 0)
	}
	if _, ok := findEmployee(ask.EmployeeNumber); !ok {
		return failed("FAILED", 0)
	}
	if ask.PlannedCycleCountID != nil { // nobody plans counts here
		return failed("INVALID-PLANNED-CYCLE-COUNT-ID", 0)
	}
	rows := ask.StockCorrectionList.Correction
	if len(rows) == 0 {
		return failed("NO-CORRECTIONS", 0)
	}
	seen := map[int64]bool{}
	for _, row := range rows {
		if seen[row.ArticleNumber] {
			return failed("DUPLICATE-ARTICLE", row.ArticleNumber)
		}
		seen[row.ArticleNumber] = true
	}
	b := c.begin()
	reserved := c.reserved()
	number := &yearNumberXML{int32(c.now().Year()), b.number("number correction")}
	var last int64
	for _, row := range rows {
		article := c.article(row.ArticleNumber)
		amount := quantity{row.Amount, c.opts.AbsentDecimalPlaces}
		if row.DecimalPlaces != nil {
			amount.Places = *row.DecimalPlaces
		}
		why := ""
		switch {
		case article == nil:
			why = "ARTICLE-NOT-FOUND"
		case !value(article.StockArticle):
			why = "NO-STOCK-ARTICLE"
		case !amount.valid():
			why = "FAILED"
		}
		if why != "" {
			if c.opts.PartialCorrections && last != 0 {
				if err := b.commit(); err != nil {
					return stockCorrectionsAnswer{}, err
				}
			}
			return failed(why, row.ArticleNumber)
		}
		last = c.correct(b, stockKey{ask.BranchNumber, row.ArticleNumber}, amount, value(ask.CorrectionMode), reserved, number)
	}
	return stockCorrectionsAnswer{Result: correctionsResult + "OK", StockID: &last}, b.commit()
}

func (t *till) correct(b *batch, key stockKey, amount quantity, mode stockCorrectionMode, reserved map[stockKey]quantity, number *yearNumberXML) int64 {
	row := b.stockOf(key)
	before := row.Physical
	switch {
	case mode == "STOCK-CORRECTION-MODE-RELATIVE":
		row.Physical = before.plus(amount)
	case t.opts.SetStockSetsFree:
		row.Physical = amount.plus(reserved[key])
	default:
		row.Physical = amount
	}
	change := row.Physical.plus(before.negative())
	row.StockID, row.Changed = b.marker(markStock), momentOf(t.now())
	b.stockRow(row)
	b.movement(articleStockHistoryXML{
		StockID: row.StockID, Timestamp: row.Changed, BranchNumber: new(key.branch), ArticleNumber: key.article,
		AmountChanged: change.Amount, DecimalPlaces: new(change.Places), Type: "STOCK-HISTORY-TYPE-CORRECTION", CorrectionNumber: number,
		BeforeCorrectionQuantity: new(before.Amount), BeforeCorrectionDecimalPlaces: new(before.Places),
		AfterCorrectionQuantity: new(row.Physical.Amount), AfterCorrectionDecimalPlaces: new(row.Physical.Places),
	})
	return row.StockID
}
