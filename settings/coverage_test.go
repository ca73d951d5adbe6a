package settings_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

func codes(all ...string) []domain.ListedItem {
	var items []domain.ListedItem
	for _, code := range all {
		items = append(items, domain.ListedItem{Code: code, Name: "name of " + code})
	}
	return items
}

func covered(t *testing.T, doc settings.Document, lists domain.Listings) map[string]settings.TableCoverage {
	t.Helper()
	byName := map[string]settings.TableCoverage{}
	for _, c := range settings.Coverage(doc, lists) {
		byName[c.Table] = c
	}
	return byName
}

const payments = minimal + `lookups:
  payment_method:
    unmapped: refuse
    rows:
      - {key: PIN, value: "1"}
      - {key: OLD, value: "2"}
  vat_code:
    rows:
      - {key: "2", value: H}
      - {key: "DEU:2", value: H}
      - {key: "DEU:9", value: X}
      - {key: shifted, value: ""}
  revenue_account:
    keys: [country, vat_code]
    rows: [{key: [NL, "7"], value: "8000"}, {key: ["*", "*"], value: "8001"}]
`

func TestCoverage_ComparesTablesWithLists(t *testing.T) {
	t.Parallel()
	doc, err := settings.Parse([]byte(payments))
	require.NoError(t, err)
	asleep := domain.ListedItem{Code: "VVV", Inactive: true}
	all := covered(t, doc, domain.Listings{
		domain.ListTillPaymentMethods:  append(codes("PIN", "CASH", "IDEAL", "ACCOUNT"), asleep),
		domain.ListTillVATCodes:        codes("1", "2"),
		domain.ListBooksVATCodes:       codes("H"),
		domain.ListBooksLedgerAccounts: codes("8000"),
	})

	payment := all["payment_method"]
	require.True(t, payment.Compared)
	require.False(t, payment.Read, "no row of the default mapping asks how it was paid")
	require.Equal(t, 4, payment.Columns[0].Codes, "one that is no longer used needs no row")
	require.Equal(t, codes("CASH", "IDEAL", "ACCOUNT"), payment.Unmapped())
	require.Equal(t, []settings.RowFinding{{Row: 1, Code: "OLD"}}, payment.Gone)
	require.Equal(t, []string{
		"3 of 4 payment methods of the till have no row: CASH, IDEAL, ACCOUNT",
		"1 row has a key that no longer exists: OLD",
	}, payment.Words())

	vat := all["vat_code"]
	require.True(t, vat.Read)
	require.Equal(t, codes("1"), vat.Unmapped())
	require.Equal(t, []settings.RowFinding{{Row: 2, Code: "DEU:9"}}, vat.Gone, "the code after the country counts, and shifted is no code")
	require.Equal(t, []settings.RowFinding{{Row: 2, Code: "X"}}, vat.Unknown, "a value that sends nothing is right")

	revenue := all["revenue_account"]
	require.Equal(t, []settings.RowFinding{{Row: 0, Code: "7"}}, revenue.Gone, "the second key is a VAT code")
	require.Equal(t, []string{
		"1 row has a key that no longer exists: 7",
		"1 row has a value that the other system does not know: 8001",
	}, revenue.Words())

	require.False(t, all["delivery_method"].Compared, "without a list nothing can be said")
	require.Empty(t, all["delivery_method"].Words())
}

func TestCoverage_AWildcardStandsForAll(t *testing.T) {
	t.Parallel()
	doc, err := settings.Parse([]byte(minimal + `lookups: {payment_method: {rows: [{key: "*", value: x}]}}` + "\n"))
	require.NoError(t, err)
	require.Empty(t, covered(t, doc, domain.Listings{domain.ListTillPaymentMethods: codes("PIN")})["payment_method"].Words())
}

func TestCoverage_NamesNoMoreThanPeopleRead(t *testing.T) {
	t.Parallel()
	doc, err := settings.Parse([]byte(minimal))
	require.NoError(t, err)
	words := covered(t, doc, domain.Listings{domain.ListTillEmployees: codes("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12")})["employee"].Words()
	require.Equal(t, []string{"12 of 12 employees of the till take the table's default, because they have no row: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more"}, words)
}

func TestRefuseUnmapped_RefusesWhatTheListShows(t *testing.T) {
	t.Parallel()
	lists := domain.Listings{domain.ListTillPaymentMethods: codes("PIN", "CASH"), domain.ListTillVATCodes: codes("1")}
	_, err := settings.Parse([]byte(payments), settings.RefuseUnmapped(lists, nil))
	require.EqualError(t, err, "lookups.payment_method (line 9): 1 of 2 payment methods of the till have no row: CASH; add rows, or set unmapped to park or default",
		"a table that parks refuses nothing at apply")
	_, err = settings.Parse([]byte(payments), settings.RefuseUnmapped(nil, nil))
	require.NoError(t, err, "a list that was never fetched refuses nothing")
}

func TestRefuseUnmapped_RefusesOnlyWhatTheChangeMakesWorse(t *testing.T) {
	t.Parallel()
	lists := domain.Listings{domain.ListTillPaymentMethods: codes("PIN", "CASH")}
	inForce, err := settings.Parse([]byte(payments))
	require.NoError(t, err)
	check := settings.RefuseUnmapped(lists, &inForce)
	_, err = settings.Parse([]byte(payments), check)
	require.NoError(t, err, "the document in force lacks CASH too")
	require.Equal(t, []string{"1 of 2 payment methods of the till have no row: CASH"}, covered(t, inForce, lists)["payment_method"].Warnings())

	_, err = settings.Parse([]byte(strings.Replace(payments, "key: PIN", "key: OTHER", 1)), check)
	require.ErrorContains(t, err, "1 of 2 payment methods of the till have no row: PIN; add rows")

	parks, err := settings.Parse([]byte(strings.Replace(payments, "unmapped: refuse", "unmapped: park", 1)))
	require.NoError(t, err)
	_, err = settings.Parse([]byte(payments), settings.RefuseUnmapped(lists, &parks))
	require.ErrorContains(t, err, "have no row: CASH", "who begins to refuse has to begin complete")
}

func TestCoverage_WarnsOfRowsThatTheMappingReads(t *testing.T) {
	t.Parallel()
	doc, err := settings.Parse([]byte(payments))
	require.NoError(t, err)
	all := covered(t, doc, domain.Listings{
		domain.ListTillPaymentMethods: codes("PIN"), domain.ListTillVATCodes: codes("2"), domain.ListBooksVATCodes: codes("H"), domain.ListBooksLedgerAccounts: codes("8000"),
	})
	require.Equal(t, []string{"1 row has a key that no longer exists: DEU:9", "1 row has a value that the other system does not know: X"}, all["vat_code"].Warnings())
	require.Len(t, all["revenue_account"].Warnings(), 2, "invoices read it")
	doc.Mapping.JournalLine = nil
	all = covered(t, doc, domain.Listings{domain.ListTillVATCodes: codes("2"), domain.ListBooksLedgerAccounts: codes("8000")})
	require.Empty(t, all["revenue_account"].Warnings(), "nothing reads it")
	require.Empty(t, all["payment_method"].Warnings(), "nor this, and each code has its row")
}

func TestCoverage_LooksAtEveryKeyColumnThatHasAList(t *testing.T) {
	t.Parallel()
	doc := settings.Default("shop")
	doc.Lookups["revenue_account"] = domain.Lookup{
		Keys: []string{"country", "vat_code", "turnover_group"}, Unmapped: domain.UnmappedRefuse,
		Rows: []domain.LookupRow{{Key: domain.LookupKey{"NL", "1", "*"}, Value: "8000"}, {Key: domain.LookupKey{"*", "2", "10"}, Value: "8010"}},
	}
	lists := domain.Listings{domain.ListTillVATCodes: codes("1", "2", "3"), domain.ListTillTurnoverGroups: codes("10", "20")}

	revenue := covered(t, doc, lists)["revenue_account"]
	require.Equal(t, []string{"1 of 3 VAT codes of the till have no row: 3"}, revenue.Words(), "any turnover group has a row")
	err := settings.RefuseUnmapped(lists, nil)(doc)
	require.ErrorContains(t, err, "lookups.revenue_account: 1 of 3 VAT codes")
}

func TestValidate_RefuseNeedsAListToGoBy(t *testing.T) {
	t.Parallel()
	for name, allowed := range map[string]bool{"payment_method": true, "revenue_account": true, "attribute": false, "my_own": false} {
		doc := settings.Default("shop")
		table := doc.Lookups[name]
		table.Unmapped, table.Default = domain.UnmappedRefuse, ""
		doc.Lookups[name] = table
		text := ""
		if err := doc.Validate(); err != nil {
			text = err.Error()
		}
		require.Equal(t, !allowed, strings.Contains(text, "lookups."+name+".unmapped"), "%s: %s", name, text)
	}
}
