package settings

import (
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// Stock are the settings of the flow that brings stock of the books to the till.
type Stock struct {
	Catalog        `yaml:",inline"`
	Branches       []int                 `yaml:"branches" min:"1" max:"1000000000" unique:"true" title:"Branches" unit:"branch numbers of the till" help:"Branches (filialen) that show stock of the books. None listed: those of the connection, or all."`
	Figure         domain.StockFigure    `yaml:"figure" enum:"free|physical" title:"Figure" help:"Which figure of the till the formula is about."`
	Buffer         decimal.Decimal       `yaml:"buffer" title:"Buffer" unit:"pieces" help:"Comes off what the formula says: pieces that the till never shows."`
	Minimum        decimal.Decimal       `yaml:"minimum" title:"Minimum" unit:"pieces" help:"Less than this is shown as this. Below zero the till may show a shortage, if the formula does."`
	Maximum        decimal.Decimal       `yaml:"maximum" title:"Maximum" unit:"pieces" help:"More than this is shown as this. 0: there is no maximum."`
	TillSales      domain.TillSales      `yaml:"till_sales" enum:"not_booked|not_processed|none" title:"Sales of the till" help:"Until when a sale of the till comes off the stock of the books, as stock.till_unbooked of the formula."`
	SalesElsewhere Duration              `yaml:"sales_elsewhere" min:"0s" max:"8760h" title:"Sales that bring no order" help:"How long a sale of the till counts that never becomes a sales order in the books: of a kind that flows.orders.sources does not take, booked as money only, or skipped. As long as it takes until somebody books the goods by hand. 0s: not at all."`
	LookBack       Duration              `yaml:"look_back" min:"0s" max:"8760h" title:"Looking back" help:"How far before its first run the flow looks for sales of the till."`
	NoStockArticle domain.NoStockArticle `yaml:"no_stock_article" enum:"leave|keep" title:"Articles without stock" help:"What happens to an article of which the till keeps no stock, and the books do."`
	Reference      string                `yaml:"reference" required:"true" maxlen:"30" title:"Reference" help:"What the till writes in its history of stock (voorraadmutaties) beside our changes."`
	Gone           domain.StockGone      `yaml:"gone" enum:"report|empty" title:"Gone" help:"What happens at the till to the stock of articles that the books no longer have."`
}

// problems are what the tags cannot say.
func (s Stock) problems(path string) Problems {
	var problems Problems
	if s.Buffer.IsNegative() {
		problems = append(problems, Problem{Path: path + ".buffer", Text: "must not be negative"})
	}
	if s.Maximum.IsNegative() || s.Maximum.IsPositive() && s.Maximum.LessThan(s.Minimum) {
		problems = append(problems, Problem{Path: path + ".maximum", Text: "must be 0, or no less than minimum"})
	}
	return problems
}
