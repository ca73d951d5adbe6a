package mapping

import (
	"github.com/expr-lang/expr/ast"

	"github.com/koppel/koppel/domain"
)

// filterScope is what the filter of the orders sees. It runs before anything is
// looked up in the books.
type filterScope struct {
	Run      *run            `expr:"the run"`
	Order    *orderSource    `expr:"order" help:"the order"`
	Customer *customerSource `expr:"customer" help:"who buys"`
	Settings *settingsSource `expr:"settings" help:"settings of the document"`
}

// FilterPath is where the filter stands in the document.
const FilterPath = "flows.orders.filter"

// entityFilter is the filter's place in errors.
const entityFilter domain.Entity = FilterPath

// Filter says which orders go to the books. The zero Filter lets all pass.
type Filter struct {
	row *row
}

// CompileFilter makes a filter of an expression over an order that is true for
// those that pass; empty text lets all pass. The error is of type
// domain.DocumentProblems, with the path given.
func CompileFilter(path, source string, lookups domain.Lookups) (Filter, error) {
	return compileFilter(domain.CatalogFilter{Path: path, Source: source}, &filterScope{}, lookups)
}

func compileFilter(f domain.CatalogFilter, scope any, lookups domain.Lookups) (Filter, error) {
	if f.Source == "" {
		return Filter{}, nil
	}
	done, problem := newCompiler(domain.Entity(f.Path), scope, lookups).row(domain.MappingRow{Source: f.Source})
	if problem == "" {
		_, nothing := done.program.Node().(*ast.NilNode)
		if nothing || done.kind != domain.KindBool {
			problem = "must give true or false: whether the " + goes(f.Path)
		}
	}
	if problem != "" {
		return Filter{}, domain.DocumentProblems{{Path: f.Path, Text: problem}}
	}
	return Filter{row: &done}, nil
}

func goes(path string) string {
	switch path {
	case FilterPath:
		return "order goes to the books"
	case CompanyPath:
		return "debtor is a company"
	}
	return "record goes to the till"
}

// Passes reports whether the document's filter lets an order go to the books.
// Lookup rows go by the date of the order.
func (m *Mapper) Passes(o domain.Order) (bool, error) {
	if m.filter.row == nil || o.Source == domain.SourceDayTotal { // its receipts passed one by one
		return true, nil
	}
	source := m.orderSourceFrom(o)
	source.Lines = soldSources(o, m.settings.PricesInclusive)
	scope := &filterScope{Run: &run{on: source.Date}, Order: source, Customer: customerSourceFrom(o.Customer), Settings: &m.settings}
	value, given, err := m.filter.row.value(scope)
	if err != nil {
		return false, failed(err, entityFilter, "", 0)
	}
	if !given { // nothing: no order is left out over that without telling
		return false, &ExpressionError{Entity: entityFilter}
	}
	return value.Bool, nil
}
