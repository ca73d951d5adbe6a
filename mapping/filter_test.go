package mapping_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
)

func TestPasses(t *testing.T) {
	t.Parallel()
	for filter, want := range map[string]bool{
		"": true, `order.branch == "3"`: true, `order.branch != "3"`: false, `order.total_incl > 100`: false,
		`any(order.lines, .sku == "000102") and customer.is_company`: true, `order.date >= date("2026-06-01")`: false,
		`lookup("take", order.branch) == "yes"`: true, `customer.custom["klantsoort"] == "staff"`: true, `customer.custom['unknown'] == ""`: true,
		`settings.prices_inclusive`: true,
	} {
		rules := demoRules(t)
		rules.Filter = filter
		rules.Lookups["take"] = domain.Lookup{Rows: []domain.LookupRow{{Key: key("3"), Value: "yes", ValidUntil: day("2026-05-01")}}}
		m, err := mapping.Compile(rules)
		require.NoError(t, err, filter)
		order := sale()
		order.Branch, order.Customer.Custom = "3", map[string]string{"klantsoort": "staff"}
		passes, err := m.Passes(order)
		require.NoError(t, err, filter)
		require.Equal(t, want, passes, filter)
	}
}

func TestPasses_FailsWithoutValues(t *testing.T) {
	t.Parallel()
	rules := demoRules(t)
	rules.Filter = `order.lines[7].sku == customer.name`
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	_, err = m.Passes(sale())
	require.EqualError(t, err, "flows.orders.filter: the expression failed on this record")

	rules.Filter = `order.branch == "" ? nil : true`
	m, err = mapping.Compile(rules)
	require.NoError(t, err)
	_, err = m.Passes(sale())
	require.EqualError(t, err, "flows.orders.filter: the expression failed on this record", "nothing leaves no order out silently")

	rules.Filter = `lookup("delivery_method", "gone") == ""`
	rules.Lookups["delivery_method"] = domain.Lookup{}
	m, err = mapping.Compile(rules)
	require.NoError(t, err)
	_, err = m.Passes(sale())
	require.ErrorAs(t, err, new(*mapping.Unmapped), "a code without row lets nobody guess")
}

func TestCompileFilter_Refuses(t *testing.T) {
	t.Parallel()
	for filter, want := range map[string]string{
		`order.branch`: "some.path: must give true or false", `nil`: "some.path: must give true or false", `order.nothing`: "some.path: order has no field nothing (at character 7)",
		`customer_number == ""`: "unknown name customer_number", `reference == ""`: "unknown name reference", `lookup("gone", "x") == ""`: "there is no lookup table",
		`true ? true : "a"`: "must give",
	} {
		_, err := mapping.CompileFilter("some.path", filter, nil)
		require.ErrorContains(t, err, want, filter)
	}
	rules := demoRules(t)
	rules.Filter = "1"
	rules.Mapping.Order = []domain.MappingRow{{Target: "X", Source: "x"}}
	_, err := mapping.Compile(rules)
	require.EqualError(t, err, "mapping.order[0].source: unknown name x (at character 1)\nflows.orders.filter: must give true or false: whether the order goes to the books")
}

// FuzzCompileFilter: whatever a person types is compiled or refused, and never
// runs for long.
func FuzzCompileFilter(f *testing.F) {
	for _, source := range []string{`order.branch == "3"`, `all(order.lines, .quantity > 0)`, "true", "nil", "\x00", `split_address(customer.street).number == "1"`, `date("x") == order.date`} {
		f.Add(source)
	}
	rules := demoRules(f)
	f.Fuzz(func(t *testing.T, source string) {
		r := rules
		r.Filter = source
		m, err := mapping.Compile(r)
		if err != nil {
			require.ErrorAs(t, err, new(domain.DocumentProblems))
			return
		}
		first, firstErr := m.Passes(sale())
		second, secondErr := m.Passes(sale())
		require.Equal(t, firstErr, secondErr)
		require.Equal(t, first, second)
	})
}
