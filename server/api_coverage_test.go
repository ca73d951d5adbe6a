package server_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
)

func (p *programs) withLists(t *testing.T, lists domain.Listings) *programs {
	t.Helper()
	require.NoError(t, db.Listings{DB: p.db, Box: p.deps.Secrets.Box}.Put(t.Context(), "shop", lists))
	return p
}

func TestAPI_CoverageNamesCodesWithoutARowAndNobody(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withVersions(t, 1).withLists(t, domain.Listings{
		domain.ListTillEmployees: {{Code: "1", Name: "Noor"}, {Code: "7", Name: "planted-name"}, {Code: "8", Name: "gone", Inactive: true}},
	})
	answer := p.ask(t, request{method: "GET", path: atShop + "/coverage", scope: db.ScopeRead})
	require.NotContains(t, answer.Body.String(), "planted-name")

	var coverage api.Coverage
	p.read(t, atShop+"/coverage", &coverage)
	compared := map[string]api.TableCoverage{}
	for _, table := range coverage.Tables {
		if table.Compared {
			compared[table.Table] = table
		}
	}
	require.Len(t, compared, 1, "nothing is said of what was not fetched")
	employee := compared["employee"]
	require.Equal(t, []string{"7"}, employee.Unmapped)
	require.Equal(t, []string{"2", "3"}, employee.Gone)
	require.Equal(t, []string{
		"1 of 2 employees of the till take the table's default, because they have no row: 7",
		"2 rows have a key that no longer exists: 2, 3",
	}, employee.Words)
}

func TestAPI_ATableThatRefusesIsHeldAgainstTheLists(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withVersions(t, 1).withLists(t, domain.Listings{domain.ListTillPaymentMethods: {{Code: "CASH"}, {Code: "PIN"}}})
	text := func(rows ...domain.LookupRow) string {
		return shopText(t, func(doc *settings.Document) {
			doc.Lookups["payment_method"] = domain.Lookup{Keys: []string{"key"}, Unmapped: domain.UnmappedRefuse, Rows: rows}
		})
	}
	cash := domain.LookupRow{Key: domain.LookupKey{"CASH"}, Value: "K"}
	r := requireRefused(t, p.put(t, "", text(cash), "If-Match", `"1"`), 422, "document_refused")
	require.Len(t, r.Error.Problems, 1)
	require.Equal(t, "lookups.payment_method", r.Error.Problems[0].Path)
	require.Contains(t, r.Error.Problems[0].Text, "PIN")

	saved(t, p.put(t, "", text(cash, domain.LookupRow{Key: domain.LookupKey{"PIN"}, Value: "P"}), "If-Match", `"1"`), 200)
}
