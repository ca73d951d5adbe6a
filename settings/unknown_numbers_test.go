package settings_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

func TestUnknownNumbers_AreThoseThatNoListOfTheTillHas(t *testing.T) {
	t.Parallel()
	lists := domain.Listings{
		domain.ListTillEmployees: {{Code: "1"}, {Code: "2"}}, domain.ListTillBranches: {{Code: "1"}}, domain.ListTillOrderCategories: {{Code: "3"}},
	}
	doc := settings.Default("shop")
	require.Empty(t, settings.UnknownNumbers(doc, lists), "the number that the till keeps for integrations need not be listed")
	o := &doc.Flows.Orders
	o.Fill.Employee, o.Mark = "7", settings.Mark{With: settings.MarkCategory, Category: "4"}
	o.Only = settings.Only{Branches: []string{"1", "9"}, Categories: []string{"3"}, Employees: []string{"2"}}
	found := []string{}
	for _, u := range settings.UnknownNumbers(doc, lists) {
		found = append(found, u.String())
	}
	require.Equal(t, []string{
		"flows.orders.fill.employee: the till has no employee 7", "flows.orders.mark.category: the till has no order category 4",
		"flows.orders.only.branches: the till has no branch 9",
	}, found)
	require.Empty(t, settings.UnknownNumbers(doc, nil), "a list that was never fetched says nothing")
}
