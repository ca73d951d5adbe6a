package settings

import (
	"regexp"
	"slices"

	"github.com/koppel/koppel/domain"
)

// stockRead is how an expression names a quantity of a stock level.
var stockRead = regexp.MustCompile(`\bstock\??\.(\w+)`)

// StockColumns are the columns of AccountView that the document counts stock with;
// whole tells that its expressions look at columns of the article besides.
func (d Document) StockColumns() (columns []string, whole bool) {
	a := d.AccountView.Assumptions.Articles
	names := map[string]string{
		"physical": a.PhysicalField, "available": a.AvailableField, "reserved": a.ReservedField, "on_order": a.OnOrderField, "free": a.FreeField,
	}
	sources := []string{d.Flows.Stock.Filter}
	for _, row := range d.Mapping.Rows(domain.EntityStock) {
		sources = append(sources, row.Source)
	}
	for _, source := range sources {
		for _, read := range stockRead.FindAllStringSubmatch(source, -1) {
			if read[1] == "custom" {
				whole = true
			}
			if column := names[read[1]]; column != "" && !slices.Contains(columns, column) {
				columns = append(columns, column)
			}
		}
	}
	return columns, whole
}
