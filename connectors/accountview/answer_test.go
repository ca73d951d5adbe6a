package accountview

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

func amsterdam(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	require.NoError(t, err)
	return zone
}

func TestReadAnswer_TakesEveryFormOfRows(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body string
		want int
	}{
		"rows":                 {`{"CONTACT":[{"SUB_NR":"1"},{"SUB_NR":"2"}],"USR_LINK":[]}`, 2},
		"one bare row":         {`{"CONTACT":{"SUB_NR":"1"}}`, 1},
		"no rows":              {`{"CONTACT":[]}`, 0},
		"null for rows":        {`{"CONTACT":null}`, 0},
		"a missing table":      {`{"USR_LINK":[]}`, 0},
		"nothing at all":       {`{}`, 0},
		"small letters":        {`{"contact":[{"sub_nr":"1"}]}`, 1},
		"a byte order mark":    {"\ufeff" + `{"CONTACT":[{"SUB_NR":"1"}]}`, 1},
		"unknown members":      {`{"CONTACT":[{"SUB_NR":"1","X11_NEW":{"a":1}}],"Count":1}`, 1},
		"an error that is not": {`{"ErrorMessage":null,"ErrorNumbers":null,"CONTACT":[{"SUB_NR":"1"}]}`, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			read, err := readAnswer([]byte(c.body))
			require.NoError(t, err)
			require.Nil(t, read.trouble)
			require.Len(t, read.tables["CONTACT"], c.want)
			if c.want > 0 {
				require.Equal(t, "1", read.tables["CONTACT"][0].text("sub_nr"))
			}
		})
	}
}

func TestReadAnswer_NeverTakesSomethingElseForAnEmptyList(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		``, `null`, `[]`, `"ok"`, `{"Message":"An error has occurred."}`, `{"CONTACT":[1]}`, `{"CONTACT":[{"SUB_NR":"1"`,
		`{"CONTACT":[]}{"CONTACT":[]}`, `<html></html>`,
	} {
		_, err := readAnswer([]byte(body))
		require.ErrorIs(t, err, errUnreadable, body)
	}
}

func TestReadAnswer_AnErrorIsAnErrorWhateverItsCase(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"ErrorType":"AccountViewError","ErrorNumbers":null,"ErrorMessage":"Veld is verplicht"}`,
		`{"errormessage":"Veld is verplicht","CONTACT":[]}`,
	} {
		read, err := readAnswer([]byte(body))
		require.NoError(t, err)
		require.NotNil(t, read.trouble)
		require.Equal(t, "Veld is verplicht", read.trouble.message)
	}
}

func TestRow_ReadsTextNumbersDatesAndFlagsTolerantly(t *testing.T) {
	t.Parallel()
	zone := amsterdam(t)
	read, err := readAnswer([]byte(`{"T":[{"NAME":"  VAT   ","NR":10001,"ZEROS":"00005","PX":12.3400,"PXT":"7.5","NIL":null,
		"DAY":"2026-03-29T00:00:00","ON":true,"OFF":false,"WORD":".T.","HST_AH_COMMENT1":"2026.1","hst_ah.ord_nr":"7"}]}`))
	require.NoError(t, err)
	r := read.tables["T"][0]

	require.Equal(t, "VAT", r.text("name"))
	require.Equal(t, "10001", r.text("NR"))
	require.Equal(t, "00005", r.text("ZEROS"))
	require.Empty(t, r.text("NIL"))
	require.Empty(t, r.text("ABSENT"))
	require.True(t, r.has("NIL"))
	require.False(t, r.has("ABSENT"))
	for field, want := range map[string]string{"PX": "12.34", "PXT": "7.5", "NIL": "0"} {
		n, err := r.number(field)
		require.NoError(t, err)
		require.True(t, decimal.RequireFromString(want).Equal(n), "%s is %s", field, n)
	}
	day, err := r.date("DAY", zone)
	require.NoError(t, err)
	require.Equal(t, "2026-03-29", day.String())
	require.True(t, r.flag("ON"))
	require.True(t, r.flag("WORD"))
	require.False(t, r.flag("OFF"))
	require.False(t, r.flag("ABSENT"))
	require.Equal(t, "2026.1", r.text("HST_AH.COMMENT1"))
	require.Equal(t, "7", r.text("HST_AH.ORD_NR"))
}

func TestParseDate_TakesEveryFormInUse(t *testing.T) {
	t.Parallel()
	zone := amsterdam(t)
	for text, want := range map[string]string{
		"": "", "  ": "", "2026-07-01": "2026-07-01", "2026-07-01T23:59:59": "2026-07-01", "2026-07-01T00:00:00": "2026-07-01",
		"2026-07-01T00:00:00Z":      "2026-07-01", // local time labelled Z
		"2026-06-30T22:00:00Z":      "2026-07-01", // the same midnight in UTC
		"2026-07-01T00:00:00+02:00": "2026-07-01",
		"2026-07-01T10:00:00.000Z":  "2026-07-01",
		"0001-01-01T00:00:00":       "", "1899-12-30T00:00:00": "",
	} {
		got, err := parseDate(text, zone)
		require.NoError(t, err, text)
		require.Equal(t, want, got.String(), text)
	}
	for _, text := range []string{"gisteren", "01-07-2026", "2026-13-01", "2026-02-30", "20260701"} {
		_, err := parseDate(text, zone)
		require.Error(t, err, text)
	}
}

func TestSinceLiteral_IsTheWallClockOfTheBooksAndNeverMissesTheRepeatedHour(t *testing.T) {
	t.Parallel()
	zone := amsterdam(t)
	for at, want := range map[string]string{
		"2026-07-01T10:00:00Z": "{^2026-07-01 12:00:00}",
		"2026-01-01T10:00:05Z": "{^2026-01-01 11:00:05}",
		"2026-10-24T23:59:00Z": "{^2026-10-25 01:59:00}",
		"2026-10-25T00:30:00Z": "{^2026-10-25 01:30:00}", // 02:30 the first time: 02:10 may still come
		"2026-10-25T01:30:00Z": "{^2026-10-25 02:30:00}", // 02:30 the second time
	} {
		since, err := time.Parse(time.RFC3339, at)
		require.NoError(t, err)
		require.Equal(t, want, sinceLiteral(since, zone), at)
	}
}

func TestParseNumber_KeepsEveryDigitAndRefusesWhatIsNoAmount(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"": "0", "0": "0", "-0.0001": "-0.0001", " 12.10 ": "12.1", "1e3": "1000", "99999999999999.9999": "99999999999999.9999"} {
		got, err := parseNumber(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got.String(), text)
	}
	for _, text := range []string{"1,50", "abc", "1e999999999", "1e-999999999", "NaN", "--1", "€1"} {
		_, err := parseNumber(text)
		require.Error(t, err, text)
	}
}

func TestIsHTML(t *testing.T) {
	t.Parallel()
	require.True(t, isHTML(http.Header{"Content-Type": {"text/html; charset=utf-8"}}, []byte(`{}`)))
	require.True(t, isHTML(http.Header{}, []byte("\r\n <!DOCTYPE html>")))
	require.False(t, isHTML(http.Header{"Content-Type": {"application/json"}}, []byte(`{"A":"<b>"}`)))
}

// Property: a decimal of any size that the books could hold survives the way
// out and back, digit for digit.
func FuzzNumber_SurvivesTheWayOutAndBack(f *testing.F) {
	for _, c := range []struct {
		units    int64
		exponent int8
	}{{0, 0}, {1, -4}, {-129999, -4}, {9007199254740993, -2}, {1, 12}, {-1, -2}} {
		f.Add(c.units, c.exponent)
	}
	f.Fuzz(func(t *testing.T, units int64, exponent int8) {
		if exponent > 20 || exponent < -20 {
			t.Skip()
		}
		n := decimal.New(units, int32(exponent))
		body, err := json.Marshal(map[string]any{"T": []any{map[string]any{"N": wireValue(domain.NumberValue(n)), "S": n.String()}}})
		require.NoError(t, err)
		read, err := readAnswer(body)
		require.NoError(t, err)
		for _, field := range []string{"N", "S"} {
			got, err := read.tables["T"][0].number(field)
			require.NoError(t, err)
			require.True(t, n.Equal(got), "%s became %s", n, got)
		}
	})
}

func FuzzParseNumber_AnswersOrRefuses(f *testing.F) {
	for _, seed := range []string{"", "1", "-1.5", "1e5", "1e999999999", "0x1p4", "1_000", "١", "1,5", "+.e"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := parseNumber(text)
		if err == nil {
			require.LessOrEqual(t, len(n.String()), 2*longestNumber+2)
		}
	})
}

func FuzzParseDate_AnswersOrRefuses(f *testing.F) {
	zone := amsterdam(f)
	for _, seed := range []string{"", "2026-07-01", "2026-07-01T00:00:00Z", "2026-07-01T10:00:00+14:00", "9999-12-31T23:59:59Z", "0000-00-00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := parseDate(text, zone)
		if err == nil && !d.IsZero() {
			again, err := parseDate(midnight(d), zone)
			require.NoError(t, err)
			require.Equal(t, d, again)
		}
	})
}

func FuzzReadAnswer_AnswersOrRefuses(f *testing.F) {
	for _, seed := range []string{
		`{"CONTACT":[{"SUB_NR":"1"}]}`, `{"CONTACT":{}}`, `{"A":[[]]}`, `{"ErrorMessage":"x"}`, `{"A":[{"N":1e999999999}]}`, `{`, "\ufeff{}", `{"A":null}`,
	} {
		f.Add([]byte(seed))
	}
	zone := amsterdam(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		read, err := readAnswer(body)
		if err != nil {
			require.ErrorIs(t, err, errUnreadable)
			return
		}
		for table, rows := range read.tables {
			for _, r := range rows {
				for _, field := range fieldsFromRow(r, table, columns{list: debtorColumns}, zone) {
					_, _ = json.Marshal(field)
				}
				columnFromDictionary(r)
			}
		}
	})
}
