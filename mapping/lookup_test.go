package mapping_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/mapping"
)

func key(texts ...string) domain.LookupKey { return texts }

func day(text string) domain.Date {
	d, err := domain.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// asked looks up keys in a table on a day.
func asked(t *testing.T, table domain.Lookup, on domain.Date, keys ...string) (string, error) {
	t.Helper()
	rules := demoRules(t)
	rules.Lookups["t"] = table
	order := sale()
	order.Date, order.Branch, order.Reference, order.Category = on, "", "", ""
	source := "lookup('t'"
	for i, k := range keys {
		name := []string{"branch", "reference", "category"}[i]
		*map[string]*string{"branch": &order.Branch, "reference": &order.Reference, "category": &order.Category}[name] = k
		source += ", order." + name
	}
	rules.Mapping.Order = []domain.MappingRow{{Target: "X", Source: source + ")"}}
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	draft, _, err := m.Order(order, orderContext, domain.Schema{})
	value, _ := draft.Get("X")
	return value.Text, err
}

func TestLookup_MostExactRowWins(t *testing.T) {
	t.Parallel()
	table := domain.Lookup{Keys: []string{"a", "b", "c"}, Rows: []domain.LookupRow{
		{Key: key("*", "*", "*"), Value: "any"},
		{Key: key("*", "2", "3"), Value: "last two"},
		{Key: key("1", "*", "3"), Value: "first and last"},
		{Key: key("1", "2", "*"), Value: "first two"},
		{Key: key("*", "*", "9"), Value: "last"},
		{Key: key("*", "8", "*"), Value: "middle"},
		{Key: key("1", "2", "3"), Value: "all"},
	}}
	for want, keys := range map[string][]string{
		"all": {"1", "2", "3"}, "first two": {"1", "2", "4"}, "first and last": {"1", "5", "3"}, "last two": {"6", "2", "3"},
		"middle": {"6", "8", "9"}, "last": {"6", "6", "9"}, "any": {"6", "6", "6"},
	} {
		got, err := asked(t, table, sale().Date, keys...)
		require.NoError(t, err)
		require.Equal(t, want, got, keys)
	}
	table.Rows = table.Rows[1:6]
	got, err := asked(t, table, sale().Date, "1", "2", "3")
	require.NoError(t, err)
	require.Equal(t, "first two", got, "of as many exact keys the earlier count more")
}

func TestLookup_RowsHoldOnTheDayOfTheRecord(t *testing.T) {
	t.Parallel()
	table := domain.Lookup{Rows: []domain.LookupRow{
		{Key: key("a"), Value: "old", ValidUntil: day("2026-06-30")},
		{Key: key("a"), Value: "new", ValidFrom: day("2026-07-01"), ValidUntil: day("2026-12-31")},
		{Key: key("*"), Value: "other"},
	}}
	for on, want := range map[string]string{
		"2020-01-01": "old", "2026-06-30": "old", "2026-07-01": "new", "2026-12-31": "new", "2027-01-01": "other",
		"": "other", // no date: nobody knows which row holds
	} {
		got, err := asked(t, table, day(on), "a")
		require.NoError(t, err)
		require.Equal(t, want, got, on)
	}
	table.Rows = table.Rows[:2]
	_, err := asked(t, table, day("2027-01-01"), "a")
	require.ErrorAs(t, err, new(*mapping.Unmapped))
}

func TestLookup_BlankKeys(t *testing.T) {
	t.Parallel()
	rows := []domain.LookupRow{{Key: key("*", "*"), Value: "any"}, {Key: key("1", ""), Value: "no second"}}
	for name, c := range map[string]struct {
		rows []domain.LookupRow
		keys []string
		want string
	}{
		"a blank is a key like any other": {rows, []string{"1", ""}, "no second"},
		"any stands for a blank too":      {rows, []string{"", "2"}, "any"},
		"all blank is nothing to look up": {rows, []string{"", ""}, ""},
		"all blank with a row for it":     {[]domain.LookupRow{{Key: key("", ""), Value: "none"}}, []string{"", ""}, "none"},
	} {
		got, err := asked(t, domain.Lookup{Keys: []string{"a", "b"}, Rows: c.rows}, sale().Date, c.keys...)
		require.NoError(t, err, name)
		require.Equal(t, c.want, got, name)
	}
	_, err := asked(t, domain.Lookup{Keys: []string{"a", "b"}, Rows: rows[1:]}, sale().Date, "", "2")
	var unmapped *mapping.Unmapped
	require.ErrorAs(t, err, &unmapped, "a missing country does not make a code disappear")
	require.Equal(t, key("", "2"), unmapped.Key)
}

func TestLookup_RefuseParksAtRunTime(t *testing.T) {
	t.Parallel()
	_, err := asked(t, domain.Lookup{Unmapped: domain.UnmappedRefuse}, sale().Date, "x")
	require.ErrorAs(t, err, new(*mapping.Unmapped))
}

func TestLookup_CustomersAndAddressesGoByTheDateOfTheirOrder(t *testing.T) {
	t.Parallel()
	rules := demoRules(t)
	rules.Lookups["t"] = domain.Lookup{Rows: []domain.LookupRow{
		{Key: key("*"), Value: "old", ValidUntil: day("2026-06-30")}, {Key: key("*"), Value: "new", ValidFrom: day("2026-07-01")},
	}}
	rules.Mapping.Customer = []domain.MappingRow{{Target: "X", Source: "lookup('t', customer.city)"}}
	rules.Mapping.DeliveryAddress = []domain.MappingRow{{Target: "X", Source: "lookup('t', address.city)"}}
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	for on, want := range map[string]string{"2026-06-30": "X=old\n", "2026-07-01": "X=new\n"} {
		draft, err := m.Customer(domain.Order{Customer: company, Date: day(on)}, domain.Schema{})
		require.NoError(t, err)
		require.Equal(t, want, shown(draft))
		draft, err = m.DeliveryAddress(company.Address, "10001", company, day(on), domain.Schema{})
		require.NoError(t, err)
		require.Equal(t, want, shown(draft))
	}
}

func TestCompile_CountsTheKeysOfALookup(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		`lookup('vat_rule', order.number)`:                 `lookup table "vat_rule" has 5 key(s): code, rate, method, country, buyer; 1 given (at character 1)`,
		`"" + lookup('employee', "1", "2")`:                `lookup table "employee" has 1 key(s): key; 2 given (at character 6)`,
		`lookup('employee')`:                               `lookup table "employee" has 1 key(s): key; 0 given`,
		`lookup()`:                                         "not enough arguments",
		`lookup('employee', order.total_incl)`:             "lookup needs text here, and is given decimal (at character 26)",
		`lookup('employee', "1", "2", "3", "4", "5", "6")`: "6 given",
		`the run`: "unexpected token",
		`lookup('employee', lookup("gone", "x"))`:      `there is no lookup table "gone"`,
		`'employee' | lookup(order.employee, "other")`: `has 1 key(s): key; 2 given`,
	} {
		_, err := mapping.Compile(oneRow(t, source))
		require.ErrorContains(t, err, want, source)
	}
}

// TestOrder_ThePercentageOfTheBooksGoesByTheDate: one code of the books that
// charges another percentage from a day on.
func TestOrder_ThePercentageOfTheBooksGoesByTheDate(t *testing.T) {
	t.Parallel()
	rules := demoRules(t)
	high, higher := dec("21"), dec("22")
	rules.Lookups["vat_code"] = domain.Lookup{Rows: []domain.LookupRow{
		{Key: key("2"), Value: "1", Percent: &high, ValidUntil: day("2026-12-31")},
		{Key: key("2"), Value: "1", Percent: &higher, ValidFrom: day("2027-01-01")},
	}}
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	order := sale()
	order.Lines, order.VATGroups = order.Lines[:1], order.VATGroups[:1]
	for on, differences := range map[string]int{"2026-12-31": 0, "2027-01-01": 1} {
		order.Date = day(on)
		_, booked, err := m.Order(order, orderContext, domain.Schema{})
		require.NoError(t, err)
		require.Len(t, reconcile.VATProof(order, booked), differences, on)
	}
}
