package sandbox

import (
	"cmp"
	"slices"
)

type stockHistoryInput struct {
	Request getStockHistoryXML `xml:"request"`
}

type stockHistoryV2Input struct {
	Request getStockHistoryV2XML `xml:"request"`
}

type stockHistoryAnswer struct {
	ArticleStockHistory []articleStockHistoryXML `xml:"articleStockHistory"`
}

func getStockHistory(c *call, in stockHistoryInput) (stockHistoryAnswer, error) {
	ask := in.Request
	return getStockHistoryV2(c, stockHistoryV2Input{getStockHistoryV2XML{
		BranchNumbers: []int32{ask.BranchNumber}, ArticleNumbers: ask.ArticleNumbers, FromFinancialDateTime: ask.FromFinancialDateTime,
		ThroughFinancialDateTime: ask.ThroughFinancialDateTime, SinceStockID: ask.SinceStockID, SinceStockIDLimit: ask.SinceStockIDLimit,
	}})
}

// getStockHistoryV2 answers the movements of some branches, lowest ids first. No branch named is every branch (assumed).
func getStockHistoryV2(c *call, in stockHistoryV2Input) (stockHistoryAnswer, error) {
	ask := in.Request
	var articles []int64
	if ask.ArticleNumbers != nil {
		articles = ask.ArticleNumbers.ArticleNumbers
	}
	var out stockHistoryAnswer
	for _, m := range c.movements {
		at := m.Timestamp.ordinal()
		if !listed(ask.BranchNumbers, value(m.BranchNumber)) || !listed(articles, m.ArticleNumber) || m.StockID < value(ask.SinceStockID) ||
			ask.FromFinancialDateTime != nil && at < ask.FromFinancialDateTime.ordinal() ||
			ask.ThroughFinancialDateTime != nil && at > ask.ThroughFinancialDateTime.ordinal() {
			continue
		}
		out.ArticleStockHistory = append(out.ArticleStockHistory, m)
	}
	slices.SortFunc(out.ArticleStockHistory, func(a, b articleStockHistoryXML) int { return cmp.Compare(a.StockID, b.StockID) })
	if limit := int(value(ask.SinceStockIDLimit)); ask.SinceStockID != nil && limit > 0 && len(out.ArticleStockHistory) > limit {
		out.ArticleStockHistory = out.ArticleStockHistory[:limit]
	}
	return out, nil
}
