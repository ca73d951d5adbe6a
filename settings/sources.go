package settings

import (
	"fmt"
	"strings"

	"github.com/koppel/koppel/domain"
)

// expression is one expression of a document, and where it stands.
type expression struct {
	path string
	text string
}

// sources are all expressions of the document.
func (d Document) sources() []expression {
	sources := []expression{{"flows.orders.filter", d.Flows.Orders.Filter}, {"flows.customers.company", d.Flows.Customers.Company}}
	for _, flow := range domain.CatalogFlows() {
		sources = append(sources, expression{"flows." + flow + ".filter", d.Flows.Catalogues()[flow].Filter})
	}
	for _, entity := range domain.MappedEntities() {
		for i, row := range d.Mapping.Rows(entity) {
			sources = append(sources, expression{fmt.Sprintf("mapping.%s[%d].source", entity, i), row.Source})
		}
	}
	return sources
}

// reads reports whether an expression of the document names a table. It looks
// for the name in quotes, which is how lookup must have it.
func (d Document) reads(table string) bool {
	for _, source := range d.sources() {
		for _, quote := range []string{"'", `"`, "`"} {
			if strings.Contains(source.text, quote+table+quote) {
				return true
			}
		}
	}
	return false
}
