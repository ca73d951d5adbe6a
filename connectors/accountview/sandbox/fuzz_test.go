package sandbox

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

// fuzzed is a sandbox in memory that a fuzz target writes to.
func fuzzed(tb testing.TB) *Server {
	tb.Helper()
	s, err := New(Options{MaxHeaders: 3})
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, s.Close()) })
	return s
}

// FuzzEnvelope: whatever a body holds, it is written whole and answered in JSON, or refused with a Dutch sentence.
func FuzzEnvelope(f *testing.F) {
	f.Add([]byte(`{"BusinessObject":"AR1","Table":{"Definition":{"Name":"CONTACT","Fields":[{"Name":"RowId","FieldType":"C"},{"Name":"ACCT_NAME","FieldType":"C"},{"Name":"SRC_CODE","FieldType":"C"},{"Name":"ACCT_NR","FieldType":"C"},{"Name":"DISC_PCT","FieldType":"N"},{"Name":"BLK_DATE","FieldType":"T"},{"Name":"BLK_SP","FieldType":"L"}]}},"TableData":{"Data":{"Rows":[{"Values":["1","X","-","1300",1e2,"2026-01-01","TRUE"]}]}}}`))
	f.Add([]byte(`{"BookDate":"","BusinessObject":"SO1","Table":{"Definition":{"Name":"SO_HDR","Fields":[{"Name":"RowId","FieldType":"C"},{"Name":"RPL_INV","FieldType":"C"}]},"DetailDefinitions":[{"Name":"SO_LINE","Fields":[{"Name":"HeaderId","FieldType":"C"},{"Name":"ART_CODE","FieldType":"C"},{"Name":"ORD_QTY","FieldType":"N"}]}]},"TableData":{"Data":{"Rows":[{"Values":[1,"10001"]}]},"DetailData":[{"Rows":[{"Values":["0001","100101","2.5"]}]}]}}`))
	f.Add([]byte(`{"BusinessObject":"AR1","Table":{"Definition":{"Name":"CONTACT","Fields":[{"Name":"RowId","FieldType":"C"}]}},"TableData":{"Data":{"Rows":[{"Values":[{}]}]}}}`))
	f.Add([]byte(`{"Table":null,"TableData":{"Data":{"Rows":[null]}}}`))
	f.Add([]byte(`[1e99999]`))
	s := fuzzed(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		o := s.options()
		received, err := readEnvelope(body, o)
		if err == nil {
			var answer []byte
			if answer, err = s.write("POST", received, o); err == nil {
				require.True(t, json.Valid(answer), "%s", answer)
			}
		}
		requireRefusal(t, err)
	})
}

// FuzzFilter: whatever an expression holds, it decides about every row or is refused.
func FuzzFilter(f *testing.F) {
	for _, seed := range []string{
		"!EMPTY(dct_file.obj_code) AND dct_file.dbf_type=2", "SUB_NR='10001'", "(CITY = \"Gouda\" OR CITY<>'Ede') AND NOT EMPTY(MAIL_BUS)",
		"DISC_PCT = -1.5", "((((", "'", "!!!!EMPTY(CITY)", "CITY='é' OR ledger.acct_nr='1300'", "DISC_PCT=1e99", "CITY=\x00", "ACCT_BAL!=0",
	} {
		f.Add(seed)
	}
	s := fuzzed(f)
	of, _ := objectCoded("AR1")
	f.Fuzz(func(t *testing.T, written string) {
		q := &query{object: of, pageSize: 10, pageNumber: 1}
		c, err := q.readExpression(written)
		if err == nil {
			q.expression = c
			q.find(s.books, s.options(), "")
		}
		requireRefusal(t, err)
	})
}

// FuzzDateLiteral: a FoxPro date is a moment in stored form or refused.
func FuzzDateLiteral(f *testing.F) {
	for _, seed := range []string{"{^2026-01-02}", "{^2026-01-02 10:11}", "{^2026-01-02 10:11:12}", "{^2026-02-30}", "{^2026-01-02 24:00}", "{}", "2026-01-02"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, literal string) {
		stored, err := readLiteral(literal, &column{Name: "CNG_DATE", Type: moment})
		if err == nil {
			require.Len(t, stored, len(momentLayout))
		}
		requireRefusal(t, err)
	})
}

func requireRefusal(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	var r *refusal
	require.True(t, errors.As(err, &r), "%v", err)
	require.NotEmpty(t, r.message)
	require.GreaterOrEqual(t, r.status, 400)
}
