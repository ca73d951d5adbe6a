package mapping

import (
	"github.com/expr-lang/expr/vm"

	"github.com/koppel/koppel/domain"
)

// filterPath is where the filter of orders stands in a document.
const filterPath = "flows.orders.filter"

// filterScope is what the filter of orders sees: what is known of an order
// before anything is looked up in the books.
type filterScope struct {
	Run      *run            `expr:"the run"`
	Order    *orderSource    `expr:"order"`
	Customer *customerSource `expr:"customer"`
	Settings *settingsSource `expr:"settings"`
}

// compileFilter makes a filter ready to run; an empty one is nil.
func compileFilter(source string, lookups domain.Lookups) (*vm.Program, domain.DocumentProblems) {
	if source == "" {
		return nil, nil
	}
	compiled, problem := newCompiler(domain.EntityOrder, &filterScope{}, lookups).row(domain.MappingRow{Source: source})
	if problem == "" && compiled.kind != domain.KindBool {
		problem = "must give true or false: whether the order goes to the books"
	}
	if problem != "" {
		return nil, domain.DocumentProblems{{Path: filterPath, Text: problem}}
	}
	return compiled.program, nil
}

// Passes reports whether an order goes to the books, as the filter of the
// document says. Lookup rows go by the date of the order.
func (m *Mapper) Passes(o domain.Order) (bool, error) {
	if m.filter == nil {
		return true, nil
	}
	source, _ := m.orderSource(o)
	scope := &filterScope{Run: &run{on: o.Date}, Order: source, Customer: customerSourceFrom(o.Customer), Settings: &m.settings}
	machine := machines.Get().(*vm.VM)
	defer machines.Put(machine)
	result, err := machine.Run(m.filter, scope)
	if err != nil {
		return false, failed(err, domain.EntityOrder, "filter", 0)
	}
	passes, ok := result.(bool)
	if !ok { // neither: an order is not left out over that without telling
		return false, &ExpressionError{Entity: domain.EntityOrder, Target: "filter"}
	}
	return passes, nil
}
