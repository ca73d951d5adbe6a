package settings_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

func percent(text string) *decimal.Decimal {
	d := decimal.RequireFromString(text)
	return &d
}

var vatTable = domain.Lookup{
	Keys: []string{"code", "country"}, Unmapped: domain.UnmappedRefuse,
	Rows: []domain.LookupRow{
		{Key: domain.LookupKey{"02", "NL"}, Value: "H", Percent: percent("21"), ValidUntil: domain.Date{Year: 2026, Month: 12, Day: 31}},
		{Key: domain.LookupKey{"*", ""}, Value: ` a;b,"c"` + "\nd ", Percent: percent("5.5"), ValidFrom: domain.Date{Year: 2026, Month: 1, Day: 1}},
		{Key: domain.LookupKey{"=1+1", "@x"}, Value: ""},
	},
}

func TestLookupCSV_RoundTrips(t *testing.T) {
	t.Parallel()
	text, err := settings.WriteLookupCSV(vatTable)
	require.NoError(t, err)
	require.Equal(t, "code;country;value;percent;valid_from;valid_until\n"+
		"02;NL;H;21;;2026-12-31\n"+
		"*;;\" a;b,\"\"c\"\"\nd \";5.5;2026-01-01;\n"+
		"=1+1;@x;;;;\n", string(text))
	got, err := settings.ReadLookupCSV("vat_rule", domain.Lookup{Keys: vatTable.Keys, Unmapped: vatTable.Unmapped, Rows: []domain.LookupRow{{Key: domain.LookupKey{"gone", "gone"}}}}, text)
	require.NoError(t, err)
	require.Equal(t, vatTable, got, "the rows are replaced, what the table is stays")
}

func TestLookupCSV_ReadsWhatSpreadsheetsWrite(t *testing.T) {
	t.Parallel()
	got, err := settings.ReadLookupCSV("vat_code", domain.Lookup{}, []byte("\ufeffVALUE; Key ;percent;valid_from\r\nH;02;\"5,5\";1-2-2026\r\n\r\nL;01;;\r\n"))
	require.NoError(t, err)
	require.Equal(t, []domain.LookupRow{
		{Key: domain.LookupKey{"02"}, Value: "H", Percent: percent("5.5"), ValidFrom: domain.Date{Year: 2026, Month: 2, Day: 1}},
		{Key: domain.LookupKey{"01"}, Value: "L"},
	}, got.Rows)

	got, err = settings.ReadLookupCSV("branch", domain.Lookup{}, []byte("key,value\n1,SHOP"))
	require.NoError(t, err)
	require.Equal(t, []domain.LookupRow{{Key: domain.LookupKey{"1"}, Value: "SHOP"}}, got.Rows)

	got, err = settings.ReadLookupCSV("branch", domain.Lookup{}, []byte("key,value\n"))
	require.NoError(t, err)
	require.Empty(t, got.Rows, "a header alone empties the table")
}

func TestLookupCSV_ReportsEveryProblemWithItsLine(t *testing.T) {
	t.Parallel()
	_, err := settings.ReadLookupCSV("vat_code", domain.Lookup{}, []byte("key;value;percent;valid_from\n"+
		"1;H;many;tomorrow\n"+
		"2;H\n"+
		"3;\"H\"x;21;\n"+
		"1;L;9;\n"+
		"4;\"two\nlines\";101;\n"+
		"5;M;9;2026-02-30\n"+
		"1;L;9;\n"+
		"6;H;21;\n"))
	require.EqualError(t, err, "line 2: percent must be a number such as 21 or 5.5\n"+
		"line 2: valid_from must be a date such as 2026-01-31\n"+
		"line 3: has 2 columns; the first line names 4\n"+
		"line 4: is not readable as CSV: extraneous or missing \" in quoted-field\n"+
		"line 6: percent must be from 0 to 100\n"+
		"line 8: valid_from must be a date such as 2026-01-31\n"+
		"line 9: key stands here twice; the first is line 5",
		"a row that was not understood makes no other row wrong: not line 10 for its percent, nor line 5 for its key")
}

func TestLookupCSV_RefusesAnotherTable(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                         "line 1: the text is empty; the first line must name the columns: code, country, value, percent, valid_from, valid_until",
		"\n":                       "the text is empty",
		"code;value\n":             `line 1: must name column "country"`,
		"code;country\n":           `line 1: must name column "value"`,
		"code;country;value;x\n":   `line 1: names column "x", which the table has not`,
		"code;code;country;value":  `line 1: names column "code" twice`,
		"code;country;value\n\xff": "line 1: is not UTF-8",
	} {
		_, err := settings.ReadLookupCSV("vat_rule", vatTable, []byte(text))
		require.ErrorContains(t, err, want, text)
	}
	_, err := settings.ReadLookupCSV("t", vatTable, make([]byte, settings.MaxBytes+1))
	require.ErrorContains(t, err, "larger than")
}

func TestLookupCSV_WritesNothingThatWouldNotReadBack(t *testing.T) {
	t.Parallel()
	_, err := settings.WriteLookupCSV(domain.Lookup{Rows: []domain.LookupRow{{Key: domain.LookupKey{"a\r\nb"}}}})
	require.ErrorContains(t, err, "row [0] holds a line end")
	_, err = settings.WriteLookupCSV(domain.Lookup{Rows: []domain.LookupRow{{}}})
	require.ErrorContains(t, err, "another number of keys")
}

func FuzzLookupCSV(f *testing.F) {
	f.Add([]byte("code;country;value;percent;valid_from;valid_until\n02;NL;H;21;;2026-12-31\n"))
	f.Add([]byte("\ufeffcountry,code,value\r\n\"a,\"\"b\",c,\" d\"\r\n"))
	f.Add([]byte("code;country;value\n\"a"))
	f.Add([]byte("code;country;value\n;;"))
	f.Add([]byte("code;country;value;percent\n1;2;3;-0.000000000000000000000000000"))
	f.Add([]byte("code;country;value;valid_from\n1;2;3;0000-01-01"))
	f.Fuzz(func(t *testing.T, text []byte) {
		table, err := settings.ReadLookupCSV("t", vatTable, text)
		if err != nil {
			var problems settings.Problems
			require.ErrorAs(t, err, &problems)
			require.NotEmpty(t, problems)
			return
		}
		written, err := settings.WriteLookupCSV(table)
		if err != nil {
			require.ErrorContains(t, err, "line end")
			return
		}
		again, err := settings.ReadLookupCSV("t", vatTable, written)
		require.NoError(t, err)
		rewritten, err := settings.WriteLookupCSV(again)
		require.NoError(t, err)
		require.Equal(t, string(written), string(rewritten))
	})
}
