package mapping_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
)

// TestFunctions_DoWhatTheirExamplesSay: the documentation is made of these.
func TestFunctions_DoWhatTheirExamplesSay(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, f := range mapping.Functions() {
		require.False(t, seen[f.Name], f.Name)
		seen[f.Name] = true
		require.True(t, strings.HasPrefix(f.Signature, f.Name+"("), f.Name)
		require.True(t, strings.HasSuffix(f.Help, "."), f.Name)
		require.Contains(t, f.Example, f.Name+"(")
		value, err := result(t, f.Example)
		require.NoError(t, err, f.Example)
		gives := strings.TrimPrefix(strings.TrimSpace(shown(domain.Draft{Fields: []domain.Field{{Name: "X", Value: value}}})), "X=")
		if value.Kind == domain.KindBool {
			gives = strconv.FormatBool(value.Bool)
		}
		require.Equal(t, f.Gives, gives, f.Example)
	}
	for _, name := range []string{"lookup", "split_address", "join_address", "postcode", "country_iso2", "phone", "round", "incl_to_excl", "excl_to_incl", "truncate", "coalesce", "digits", "ean_valid", "date", "format"} {
		require.True(t, seen[name], name)
	}
}

func called(t *testing.T, source string) string {
	t.Helper()
	value, err := result(t, source)
	require.NoError(t, err, source)
	return value.Text
}

func quoted(text string) string { return `"` + strings.ReplaceAll(text, `"`, `\"`) + `"` }

func TestSplitAddress(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][3]string{
		"Dorpsstraat 12":               {"Dorpsstraat", "12", ""},
		"Dorpsstraat 12-2 hs":          {"Dorpsstraat", "12", "2 hs"},
		"Dorpsstraat 12a":              {"Dorpsstraat", "12", "a"},
		"Dorpsstraat  12 A":            {"Dorpsstraat", "12", "A"},
		"Dorpsstraat 12 bis":           {"Dorpsstraat", "12", "bis"},
		"Dorpsstraat 12/14":            {"Dorpsstraat", "12", "14"},
		"Dorpsstraat12-A":              {"Dorpsstraat", "12", "A"},
		"Dorpsstraat, 12":              {"Dorpsstraat", "12", ""},
		"Hoofdstraat nr. 12":           {"Hoofdstraat", "12", ""},
		"1e Jacob van Campenstraat 34": {"1e Jacob van Campenstraat", "34", ""},
		"2de Kade 3 rood":              {"2de Kade", "3", "rood"},
		"Plein 1944 3":                 {"Plein 1944", "3", ""},
		"Plein 1940-1945 12-B":         {"Plein 1940-1945", "12", "B"},
		"Kerkstraat 12 bus 3":          {"Kerkstraat", "12", "bus 3"},
		"Straße des 17. Juni 135":      {"Straße des 17. Juni", "135", ""},
		"Hauptstr. 5 c":                {"Hauptstr.", "5", "c"},
		"Am Markt 7-9":                 {"Am Markt", "7", "9"},
		"12, rue de la Loi":            {"rue de la Loi", "12", ""},
		"12 bis, rue X":                {"rue X", "12", "bis"},
		"12 avenue Louise":             {"avenue Louise", "12", ""},
		"Rue du 8 mai 1945 10":         {"Rue du 8 mai 1945", "10", ""},
		"Rue de la Loi 16":             {"Rue de la Loi", "16", ""},
		"Postbus 1234":                 {"Postbus", "1234", ""},
		"De Boerderij":                 {"De Boerderij", "", ""},
		"Kerkstraat 12, 3e verdieping": {"Kerkstraat 12, 3e verdieping", "", ""},
		"12":                           {"12", "", ""},
		"":                             {"", "", ""},
		"1234567 Straat":               {"1234567 Straat", "", ""},
		strings.Repeat("Lange straat ", 30) + "1": {strings.Repeat("Lange straat ", 30) + "1", "", ""},
	} {
		for i, part := range []string{"street", "number", "addition"} {
			if len(line) < 300 {
				require.Equal(t, want[i], called(t, "split_address("+quoted(line)+")."+part), "%s of %q", part, line)
			}
		}
		if len(line) >= 300 {
			require.Equal(t, want[0], called(t, "split_address("+quoted(line)+").street"))
		}
	}
}

// TestAddress_JoinedIsSplitAgain: the two are each other's way back.
func TestAddress_JoinedIsSplitAgain(t *testing.T) {
	t.Parallel()
	for _, parts := range [][3]string{{"Dorpsstraat", "12", ""}, {"Dorpsstraat", "12", "A"}, {"Dorpsstraat", "12", "2 hs"}, {"Dorpsstraat", "12", "bis"}, {"1e Kade", "3", "4"}} {
		line := called(t, "join_address("+quoted(parts[0])+", "+quoted(parts[1])+", "+quoted(parts[2])+")")
		for i, part := range []string{"street", "number", "addition"} {
			require.Equal(t, parts[i], called(t, "split_address("+quoted(line)+")."+part), line)
		}
	}
	require.Equal(t, "Dorpsstraat", called(t, `join_address(" Dorpsstraat ", "", "")`))
}

func TestPhone(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"06-12345678|NL": "+31612345678", "015 - 123 45 67|": "+31151234567", "(015) 1234567|NL": "+31151234567",
		"+31 (0)6 12345678|NL": "+31612345678", "0031612345678|DE": "+31612345678", "0171/1234567|DE": "+491711234567",
		"0471 12 34 56|BE": "+32471123456", "+1 (212) 555-0100|NL": "+12125550100", "621 123 456|LU": "+352621123456", "06 1234567|IT": "+39061234567",
		"\u202a06 12345678|NL": "+31612345678",
		"0800-1234|NL":         "0800-1234", "0900-12345678|NL": "0900-12345678", "0612345|NL": "0612345", "612345678|NL": "612345678",
		"ask for Jan|NL": "ask for Jan", "06-12345678 (werk)|NL": "06-12345678 (werk)", "+0612345678|NL": "+0612345678", "+31|NL": "+31",
		"01234567|JP": "01234567", " |NL": "", "--|NL": "--", "06+12345678|NL": "06+12345678",
	} {
		number, iso2, _ := strings.Cut(text, "|")
		require.Equal(t, want, called(t, "phone("+quoted(number)+", "+quoted(iso2)+")"), text)
	}
}

func TestEANValid(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"4006381333931": true, "4006381333932": false, "96385074": true, "036000291452": true, "10614141000415": true,
		"": false, "400638133393": false, "400638133393X": false, "00000000": true,
	} {
		value, err := result(t, "ean_valid("+quoted(text)+")")
		require.NoError(t, err)
		require.Equal(t, want, value.Bool, text)
	}
}

func TestNumbers_VATOnAndOff(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		`incl_to_excl(order.total_incl, 0)`:                           "34.2",
		`round(incl_to_excl(decimal("10"), 9), 2)`:                    "9.17",
		`incl_to_excl(decimal("-24.20"), decimal("21"))`:              "-20",
		`excl_to_incl(decimal("10"), decimal("5.5"))`:                 "10.55",
		`excl_to_incl(incl_to_excl(decimal("119"), 19), 19)`:          "119",
		`round(excl_to_incl(order.total_excl, order.total_excl), 10)`: decimal.RequireFromString("37.678889").String(),
	} {
		value, err := result(t, source)
		require.NoError(t, err, source)
		require.Equal(t, want, value.Number.String(), source)
	}
	_, err := result(t, `incl_to_excl(order.total_incl, 0 - 100)`)
	require.ErrorAs(t, err, new(*mapping.ExpressionError))
}

func TestDates(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		`format(order.date, "DD-MM-YYYY")`: "01-05-2026", `format(order.date, "D/M/YY")`: "1/5/26", `format(order.date, "YYYYMMDD")`: "20260501",
		`format(order.delivery_date, "DD")`: "", `format(order.total_incl, 0)`: "34", `format(2, 2)`: "2.00", `format(decimal("-0.005"), 2)`: "-0.01",
		`order.date == date("2026-05-01") ? "same" : "other"`:               "same",
		`order.date >= date("2026-05-02") ? "later" : "earlier"`:            "earlier",
		`order.delivery_date < order.date ? "none is before all" : "after"`: "none is before all",
	} {
		require.Equal(t, want, called(t, source), source)
	}
	value, err := result(t, `date(customer.vat_number)`)
	require.ErrorAs(t, err, new(*mapping.ExpressionError), value)
	value, err = result(t, `date(order.reference)`)
	require.NoError(t, err)
	require.True(t, value.Date.IsZero(), "no text is no date")
}

func TestCompile_RefusesWrongCalls(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		`split_address(customer.street)`:       "must give text",
		`split_address(customer.street).house`: "split_address has no field house",
		`date("31-01-2026")`:                   "date needs a day such as 2026-01-31",
		`format(order.number, 2)`:              "format",
		`format(order.date, 2)`:                "format",
		`incl_to_excl(order.total_incl, 1.5)`:  "",
		`phone(customer.phone)`:                "not enough arguments",
	} {
		_, err := mapping.Compile(oneRow(t, source))
		require.ErrorContains(t, err, want, source)
	}
}
