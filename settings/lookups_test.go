package settings_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

const twoKeys = minimal + `lookups:
  revenue_account:
    keys: [country, vat_code]
    unmapped: refuse
    rows:
      - {key: [NL, 2], value: 8000, valid_until: 2026-12-31}
      - {key: [NL, 2], value: 8001, valid_from: 2027-01-01}
      - {key: ["*", "*"], value: 8900}
`

func TestLookups_SeveralKeysAndDates(t *testing.T) {
	t.Parallel()
	doc, err := settings.Parse([]byte(twoKeys))
	require.NoError(t, err)
	table := doc.Lookups["revenue_account"]
	require.Equal(t, domain.UnmappedRefuse, table.Unmapped)
	require.Equal(t, domain.LookupKey{"NL", "2"}, table.Rows[0].Key, "a number is text, as for one key")
	require.Equal(t, "2026-12-31", table.Rows[0].ValidUntil.String())
	require.Equal(t, []string{"key"}, doc.Lookups["vat_code"].Keys)

	written, err := settings.Marshal(doc)
	require.NoError(t, err)
	require.Contains(t, string(written), `"2"`, "a number-like text stays quoted")
	require.Contains(t, string(written), `"8000"`)
	again, err := settings.Parse(written)
	require.NoError(t, err)
	require.Equal(t, doc, again)
}

func TestLookups_OneKeyIsWrittenPlainly(t *testing.T) {
	t.Parallel()
	doc, err := settings.Parse([]byte(minimal + "lookups:\n  branch: {rows: [{key: 01, value: SHOP}, {key: [02], value: WEB}]}\n"))
	require.NoError(t, err)
	written, err := settings.Marshal(doc)
	require.NoError(t, err)
	require.Contains(t, string(written), "- key: \"01\"\n")
	require.Contains(t, string(written), "- key: \"02\"\n")
}

func TestLookups_Problems(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ table, want string }{
		"a key missing":            {`{keys: [a, b], rows: [{key: x, value: y}]}`, "lookups.t.rows[0].key (line 8): must be a list of 2 texts: a, b"},
		"a key too many":           {`{rows: [{key: [x, y], value: z}]}`, "lookups.t.rows[0].key (line 8): must be one text; for several, name them in keys of the table"},
		"no key at all":            {`{rows: [{value: z}]}`, "lookups.t.rows[0].key (line 8): must be one text"},
		"a key that is no text":    {`{rows: [{key: [[x]], value: z}]}`, "lookups.t.rows[0].key[0] (line 8): must be text"},
		"too many columns":         {`{keys: [a, b, c, d, e, f]}`, "lookups.t.keys (line 8): must name at most 5 columns"},
		"a column twice":           {`{keys: [a, a]}`, "lookups.t.keys[1] (line 8): is named twice"},
		"a column of every table":  {`{keys: [value]}`, "lookups.t.keys[0] (line 8): must not be one of: value, percent"},
		"a column's name":          {`{keys: [Land]}`, "lookups.t.keys[0] (line 8): must be named with lower-case letters"},
		"ends before it begins":    {`{rows: [{key: a, value: b, valid_from: 2026-02-01, valid_until: 2026-01-31}]}`, "lookups.t.rows[0].valid_until (line 8): must not be before valid_from (2026-02-01)"},
		"no date":                  {`{rows: [{key: a, value: b, valid_from: 2026-02-30}]}`, "lookups.t.rows[0].valid_from (line 8): date must be written as YYYY-MM-DD"},
		"a shared day":             {`{rows: [{key: a, value: b, valid_until: 2026-02-01}, {key: a, value: c, valid_from: 2026-02-01}]}`, "lookups.t.rows[1].key (line 8): stands here twice for the same days; the first is row [0]"},
		"always and for a while":   {`{rows: [{key: a, value: b}, {key: a, value: c, valid_from: 2026-02-01}]}`, "lookups.t.rows[1].key (line 8): stands here twice for the same days"},
		"the same several keys":    {`{keys: [a, b], rows: [{key: [x, "*"], value: b}, {key: [x, "*"], value: c}]}`, "lookups.t.rows[1].key (line 8): stands here twice; the first is row [0]"},
		"two percentages at once":  {`{rows: [{key: a, value: v, percent: 21}, {key: b, value: v, percent: 9, valid_from: 2027-01-01}]}`, "lookups.t.rows[1].percent (line 8): differs from another row"},
		"an unknown policy":        {`{unmapped: guess}`, "lookups.t.unmapped (line 8): must be one of: park, default, refuse"},
		"a default without policy": {`{unmapped: refuse, default: x}`, "lookups.t.default (line 8): is only used with unmapped: default"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := settings.Parse([]byte(minimal + "lookups: {t: " + c.table + "}\n"))
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestLookups_OneCodeMayChangeItsPercentageOnADay(t *testing.T) {
	t.Parallel()
	_, err := settings.Parse([]byte(minimal + `lookups:
  vat_code:
    rows:
      - {key: "2", value: H, percent: 21, valid_until: 2026-12-31}
      - {key: "2", value: H, percent: 22, valid_from: 2027-01-01}
`))
	require.NoError(t, err)
}

func TestLookups_TheTwoVATTablesAgreeOnPercentages(t *testing.T) {
	t.Parallel()
	_, err := settings.Parse([]byte(minimal + `lookups:
  vat_code: {rows: [{key: "2", value: H, percent: 21}]}
  vat_rule: {keys: [code, country], rows: [{key: ["2", DE], value: H, percent: 19}]}
`))
	require.ErrorContains(t, err, "lookups.vat_rule.rows[0].percent (line 10): differs from a row of vat_code with the same value")
}

// TestLookups_DefaultShipsEveryTableOfTheTrade: with the columns that the trade
// knows it by, and without rows.
func TestLookups_DefaultShipsEveryTableOfTheTrade(t *testing.T) {
	t.Parallel()
	shipped := settings.Default("x").Lookups
	for _, known := range domain.LookupTables() {
		table, ok := shipped[known.Name]
		require.True(t, ok, known.Name)
		var columns []string
		for _, column := range known.Keys {
			columns = append(columns, column.Name)
			require.NotEmpty(t, column.Help, known.Name)
			require.Equal(t, column.List != "", column.Call != "", "%s: a list has a name that people use", known.Name)
		}
		require.Equal(t, columns, table.Keys, known.Name)
		require.Empty(t, table.Rows, known.Name)
		require.NotEmpty(t, known.Title, known.Name)
		require.NotEmpty(t, known.Help, known.Name)
		require.NotEmpty(t, known.Value, known.Name)
	}
	require.Len(t, shipped, len(domain.LookupTables()))
}
