package sandbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/accountview/sandbox"
)

// thisYear pins the clock, so that the periods are known.
func thisYear() time.Time { return time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC) }

// journalPage is an envelope of a page: header values after the daybook and the description, and lines of account,
// amount, VAT code and VAT.
func journalPage(daybook string, header []string, lines ...[4]string) string {
	fields, vals := "", ""
	for i := 0; i+2 < len(header); i += 3 {
		fields += fmt.Sprintf(`,{"Name":%q,"FieldType":%q}`, header[i], header[i+1])
		vals += "," + header[i+2]
	}
	var rows []string
	for i, l := range lines {
		rows = append(rows, fmt.Sprintf(`{"Values":["%d","1","%s",%s,%s,%s]}`, i+1, l[0], l[1], l[2], l[3]))
	}
	return `{"BookDate":"","BusinessObject":"DJ2","Table":{
	"Definition":{"Name":"DJ_PAGE","Fields":[{"Name":"RowId","FieldType":"C"},{"Name":"DJ_CODE","FieldType":"C"},{"Name":"HDR_DESC","FieldType":"C"}` + fields + `]},
	"DetailDefinitions":[{"Name":"DJ_LINE","Fields":[{"Name":"RowId","FieldType":"C"},{"Name":"HeaderId","FieldType":"C"},
	{"Name":"ACCT_NR","FieldType":"C"},{"Name":"AMOUNT","FieldType":"N"},{"Name":"VAT_CODE","FieldType":"C"},{"Name":"VAT_AMT","FieldType":"N"}]}]},
	"TableData":{"Data":{"Rows":[{"Values":["1","` + daybook + `","MPLUS 2026.12"` + vals + `]}]},
	"DetailData":[{"Rows":[` + strings.Join(rows, ",") + `]}]}}`
}

func sale(more ...string) []string {
	return append([]string{"SUB_NR", "C", `"10001"`, "TRN_DATE", "T", `"2026-11-20T00:00:00.000Z"`}, more...)
}

func TestPage_IsNumberedAndReadBack(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{Now: thisYear})
	r := f.post(journalPage("700", sale(), [4]string{"8000", "-100", `"1"`, "-21"}, [4]string{"8010", "-10", `"2"`, "-0.90"})).ok(t, "DJ_PAGE")[0]
	require.Equal(t, "1", r["PAGE_NR"])
	require.Equal(t, "26000001", r["INV_NR"], "the daybook numbers by itself")
	require.Equal(t, "11", text(r["PERIOD"]))

	a := f.get("BusinessObject", "DJ2P", "FilterControlSource1", "HDR_DESC", "FilterOperator1", "Equal", "FilterValueType1", "C", "FilterValue1", "MPLUS 2026.12")
	require.Equal(t, []string{"1"}, values(a.ok(t, "DJ_PAGE"), "PAGE_NR"))
	require.Equal(t, []string{"8000", "8010"}, values(a.tables["DJ_LINE"], "ACCT_NR"))
	f.get("BusinessObject", "DJ2").refused(t, 400, "niet worden gelezen")

	pages := f.server.Pages()
	require.Len(t, pages, 1)
	require.Equal(t, "700/1", pages[0].ID)
	require.Equal(t, "131.9", pages[0].Totals.Gross.String(), "what is sold is positive")
	require.Equal(t, "-131.9", pages[0].Balance.String())
	require.Equal(t, "10001", pages[0].Lines[1].Debtor)
	require.Equal(t, "EUR", pages[0].Fields["CUR_CODE"])
	f.put(single("DJ2", "DJ_PAGE", "PAGE_NRD", "C", `"700"`, "HDR_DESC", "C", `"x"`)).refused(t, 400, "kan niet via de Web API")
}

func TestPage_EachRuleRefuses(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{Now: thisYear})
	good := [4]string{"8000", "-100", `"1"`, "-21"}
	day := []string{"TRN_DATE", "T", `"2026-11-20T00:00:00.000Z"`}
	for name, c := range map[string]struct{ body, part string }{
		"unknown daybook":        {journalPage("799", sale(), good), "799"},
		"no date":                {journalPage("700", []string{"SUB_NR", "C", `"10001"`}, good), "TRN_DATE"},
		"another period":         {journalPage("700", sale("PERIOD", "N", "3"), good), "periode 3"},
		"a day without period":   {journalPage("700", []string{"SUB_NR", "C", `"10001"`, "TRN_DATE", "T", `"2019-11-20"`}, good), "geen periode"},
		"no debtor":              {journalPage("700", day, good), "debiteur ontbreekt"},
		"unknown debtor":         {journalPage("700", append(day, "SUB_NR", "C", `"99999"`), good), "99999"},
		"a creditor":             {journalPage("700", append(day, "SUB_NR", "C", `"60001"`), good), "60001"},
		"unknown account":        {journalPage("700", sale(), [4]string{"8888", "-100", `"1"`, "-21"}), "8888"},
		"blocked account":        {journalPage("700", sale(), [4]string{"8999", "-100", `"1"`, "-21"}), "geblokkeerd"},
		"unknown VAT code":       {journalPage("700", sale(), [4]string{"8000", "-100", `"9"`, "-21"}), "VAT_CODE"},
		"VAT without code":       {journalPage("700", sale(), [4]string{"8000", "-100", "null", "-21"}), "VAT_CODE"},
		"VAT of another code":    {journalPage("700", sale(), [4]string{"8000", "-100", `"2"`, "-21"}), "past niet"},
		"VAT two cents off":      {journalPage("700", sale(), [4]string{"8000", "-100", `"1"`, "-21.02"}), "past niet"},
		"a number where it does": {journalPage("700", sale("INV_NR", "C", `"F1"`), good), "nummert zelf"},
		"none where it does not": {journalPage("710", sale(), good), "INV_NR"},
		"no lines":               {journalPage("700", sale()), "ten minste"},
		"a page number":          {journalPage("700", sale("PAGE_NR", "C", `"7"`), good), "PAGE_NR"},
		"a memorial out of line": {journalPage("900", day, good), "evenwicht"},
	} {
		t.Run(name, func(t *testing.T) { f.post(c.body).refused(t, 400, c.part) })
	}
	require.Empty(t, f.server.Pages())
	f.post(journalPage("710", sale("INV_NR", "C", `"F1"`), good)).ok(t, "DJ_PAGE")
	f.post(journalPage("710", sale("INV_NR", "C", `"F1"`), good)).refused(t, 400, "bestaat al")
	f.post(journalPage("900", day, good, [4]string{"1000", "121", "null", "null"})).ok(t, "DJ_PAGE")
	f.post(journalPage("700", sale("GROSS_FLG", "L", "true"), [4]string{"8000", "-121", `"1"`, "-21"})).ok(t, "DJ_PAGE")
}

func TestPage_SignAndToleranceBySwitch(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{Now: thisYear, JournalAmounts: "positive", VATTolerance: "0.05"})
	f.post(journalPage("700", sale(), [4]string{"8000", "100", `"1"`, "21.05"})).ok(t, "DJ_PAGE")
	require.Equal(t, "121.05", f.server.Pages()[0].Totals.Gross.String())
	_, err := sandbox.New(sandbox.Options{VATTolerance: "much"})
	require.ErrorContains(t, err, "vat_tolerance")
}

func TestPage_AClosedPeriodTakesNone(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{Now: thisYear})
	good := [4]string{"8000", "-100", `"1"`, "-21"}
	a, err := f.send(http.MethodPost, "/_sandbox/periods", `{"closed_through":"2026-11-30"}`)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, a.status)
	f.post(journalPage("700", sale(), good)).refused(t, 400, "afgesloten")
	closed := f.get("BusinessObject", "PER", "BookDate", "2026-03-01", "PageSize", "20").ok(t, "ADM_PER")
	require.Len(t, closed, 12, "of the one book year")
	require.Equal(t, true, closed[10]["PER_BLK"])
	require.Equal(t, false, closed[11]["PER_BLK"])
	require.NoError(t, f.server.CloseThrough(""))
	f.post(journalPage("700", sale(), good)).ok(t, "DJ_PAGE")
	a, err = f.send(http.MethodPost, "/_sandbox/periods", `{"closed_through":"yesterday"}`)
	require.NoError(t, err)
	require.Equal(t, http.StatusBadRequest, a.status)
}

func TestPage_PostedItIsTransactions(t *testing.T) {
	t.Parallel()
	for _, kept := range []string{"move", "keep"} {
		f := start(t, sandbox.Options{Now: thisYear, PostedPages: kept})
		f.post(journalPage("700", sale(), [4]string{"8000", "-100", `"1"`, "-21"})).ok(t, "DJ_PAGE")
		a, err := f.send(http.MethodPost, "/_sandbox/post", `{"pages":["700/1"]}`)
		require.NoError(t, err)
		require.Equal(t, http.StatusNoContent, a.status, a.raw)
		require.Len(t, f.get("BusinessObject", "DJ2P").ok(t, "DJ_PAGE"), map[string]int{"move": 0, "keep": 1}[kept])
		rows := f.get("BusinessObject", "GJ1").ok(t, "TRANSACT")
		require.Equal(t, []string{"MPLUS 2026.12"}, values(rows, "INV_DESC"))
		require.Equal(t, []string{"1"}, values(rows, "PAGE_NR"))
		require.True(t, f.server.Pages()[0].Posted)
		a, err = f.send(http.MethodPost, "/_sandbox/post", `{"pages":["700/1"]}`)
		require.NoError(t, err)
		require.Equal(t, http.StatusNotFound, a.status, "once only")
	}
}
