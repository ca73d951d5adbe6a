package settings

import (
	"strings"
	"time"

	"github.com/koppel/koppel/domain"
)

// Catalog is what the flows from the books to the till have in common.
type Catalog struct {
	CatalogRuns  `yaml:",inline"`
	CatalogPages `yaml:",inline"`
}

// CatalogRuns say when a flow runs and what it may do.
type CatalogRuns struct {
	Enabled   bool      `yaml:"enabled" title:"On" help:"Whether the flow runs by itself."`
	Direction Direction `yaml:"direction" enum:"books_to_till" title:"Direction" help:"Which way the records travel."`
	Every     Duration  `yaml:"every" min:"1s" max:"24h" title:"Interval" help:"How often the books are asked for changes. A webhook is faster."`
	FullAt    string    `yaml:"full_at" maxlen:"5" title:"Full compare at" unit:"time of day" help:"From this time of day (HH:MM in Amsterdam) on, the first run of the day compares every record with what the till holds. Empty: only the first run ever, and when somebody asks."`
	Create    bool      `yaml:"create" title:"Create" help:"Whether records that the till does not have are made there."`
	Update    bool      `yaml:"update" title:"Update" help:"Whether records that the till has are changed there. Which fields are, the policy of each row of the mapping says."`
	Filter    string    `yaml:"filter" maxlen:"1000" title:"Filter" help:"Which records go to the till: an expression that is true for those. One that is left out is counted, and stays at the till as it is. Empty: all."`
	GoneMost  int       `yaml:"gone_most" min:"0" max:"100" title:"Gone at most" unit:"percent" help:"When a full compare misses more than this share of the records, nothing is done about any of them until a person approves."`
}

// CatalogPages say how a list of the books is read that is too long to read whole.
type CatalogPages struct {
	Overlap  Duration `yaml:"overlap" min:"0s" max:"168h" title:"Overlap" help:"How far before the newest change seen a run reads again. The clock of the books may run behind, and what changes in one second comes apart."`
	PageSize int      `yaml:"page_size" min:"1" max:"5000" title:"Page" unit:"records" help:"Records carried in one step."`
	Where    string   `yaml:"where" maxlen:"1000" title:"Filter in the books" unit:"FoxPro expression" help:"What AccountView itself leaves out, in its own words: !article.rec_blk. What it leaves out counts as gone in a full compare. Empty: nothing."`
}

// BooksToTill is the direction of the catalogue.
const BooksToTill Direction = "books_to_till"

// FullTime is the time of day from which on a run compares everything; false when none does.
func (c Catalog) FullTime() (time.Duration, bool) {
	at, err := clock(c.FullAt)
	return at, err == nil
}

func (f Flows) catalogProblems() Problems {
	problems := append(f.Products.Numbers.problems("flows."+domain.FlowProducts+".numbers"), f.Stock.problems("flows.stock")...)
	for _, flow := range domain.CatalogFlows() {
		of, path := f.Catalogues()[flow], "flows."+flow
		if _, err := clock(of.FullAt); of.FullAt != "" && err != nil {
			problems = append(problems, Problem{Path: path + ".full_at", Text: "must be a time of day, such as 02:00, or empty"})
		}
		if strings.ContainsAny(of.Where, "\r\n") {
			problems = append(problems, Problem{Path: path + ".where", Text: "must stand on one line"})
		}
	}
	return problems
}

// Catalogues are the settings that the flows of the catalogue share, by the name of the flow.
func (f Flows) Catalogues() map[string]Catalog {
	return map[string]Catalog{
		domain.FlowCategories: {CatalogRuns: f.Categories.CatalogRuns, CatalogPages: CatalogPages{PageSize: mostCategories}}, domain.FlowProducts: f.Products.Catalog, domain.FlowCustomers: f.Customers.Catalog,
		domain.FlowStock: f.Stock.Catalog, domain.FlowPrices: f.Prices.Catalog,
	}
}

// mostCategories is how many categories are looked at again in one run. Their list is
// read whole whatever it holds.
const mostCategories = 1000
