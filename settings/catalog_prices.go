package settings

import "github.com/koppel/koppel/domain"

// B2BPrices are the settings of the flow that brings prices of the books that do not hold for everybody to the till.
type B2BPrices struct {
	Catalog      `yaml:",inline"`
	Conflict     domain.PriceConflict   `yaml:"conflict" enum:"most_specific|lowest|park" title:"Conflicts" help:"What holds when several rows of the books say something else of one price: for the same customer or price list, of the same article, from the same quantity on."`
	ForeignRows  domain.ForeignPrices   `yaml:"foreign_rows" enum:"keep|remove" title:"Prices of others" help:"What happens to prices in the lists of the till that the books never had."`
	MostArticles int                    `yaml:"most_articles" min:"1" max:"50000" title:"Articles of one row" unit:"articles" help:"A row of an article group or an attribute goes to each article of it, but for what the table article_discount_group has a row for. One of more articles than this is not spread out: a person is told."`
	Precedence   domain.PricePrecedence `yaml:"precedence" enum:"specific_first|lowest" title:"How the till chooses" help:"Between prices that all fit. Nobody outside knows it: koppel price explain goes by this, and shows when the till says otherwise."`
	Explain      PricesExplain          `yaml:"explain" title:"Explaining" help:"At which till koppel price explain asks what would be charged."`
}

// PricesExplain says where the till is asked for a price.
type PricesExplain struct {
	Branch    int `yaml:"branch" min:"1" max:"999999999" title:"Branch" unit:"number at the till" help:"Number of the branch. A branch may have a price group of its own."`
	Workplace int `yaml:"workplace" min:"1" max:"999999999" title:"Workplace" unit:"number at the till" help:"Number of the workplace in that branch."`
}
