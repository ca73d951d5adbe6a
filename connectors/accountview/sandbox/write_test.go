package sandbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/accountview/sandbox"
)

func TestDebtor_IsNumberedAndAnswered(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	a := f.post(debtor("Café Zoë", "POST_CODE", "C", `"1234 ab"`, "CITY", "C", `"Gouda"`, "MAIL_BUS", "C", `"Zoe@Cafe.example"`,
		"VAT_NR", "C", `"nl123456789b01"`, "CNT_CODE", "C", `"nl"`, "SUB_NR", "C", `null`, "BLK_DATE", "T", `"2026-02-03T10:11:12.000Z"`))
	rows := a.ok(t, "CONTACT")
	require.Len(t, rows, 1)
	r := rows[0]
	require.Equal(t, "10061", r["SUB_NR"])
	require.Equal(t, "Café Zoë", r["ACCT_NAME"])
	require.Equal(t, "1234 AB", r["POST_CODE"], "upper-cased on entry")
	require.Equal(t, "NL123456789B01", r["VAT_NR"])
	require.Equal(t, "Zoe@Cafe.example", r["MAIL_BUS"], "not an upper-case column")
	require.Equal(t, "Gouda", r["BOX_CITY"])
	require.Equal(t, "Nederland", r["COUNTRY"])
	require.Equal(t, "2026-02-03T00:00:00", r["BLK_DATE"], "a date has no time of day")
	require.Equal(t, "1", text(r["CNG_NR"]))
	require.Equal(t, "1", text(r["ACCT_LINK"]))
	require.Regexp(t, `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$`, r["INP_DATE"])
	require.Equal(t, []any{}, a.body["USR_LINK"])

	require.Equal(t, "10062", f.post(debtor("Next")).ok(t, "CONTACT")[0]["SUB_NR"])
	require.Equal(t, "00005", f.post(debtor("Own number", "SUB_NR", "C", `"00005"`)).ok(t, "CONTACT")[0]["SUB_NR"], "zeros stay")
	f.post(debtor("Taken", "SUB_NR", "C", `"00005"`)).refused(t, 400, "bestaat al")
	require.Equal(t, "10063", f.post(debtor("Blocks", "SUB_NR", "C", `"10063"`)).ok(t, "CONTACT")[0]["SUB_NR"])
	require.Equal(t, "10064", f.post(debtor("Steps over")).ok(t, "CONTACT")[0]["SUB_NR"])
}

func TestDebtor_EachRuleRefuses(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	full := func(columns ...string) string { return single("AR1", "CONTACT", columns...) }
	for name, c := range map[string]struct{ body, part string }{
		"no name":               {full("SRC_CODE", "C", `"-"`, "ACCT_NR", "C", `"1300"`), "ACCT_NAME"},
		"no search code":        {full("ACCT_NAME", "C", `"X"`, "ACCT_NR", "C", `"1300"`), "SRC_CODE"},
		"no control account":    {full("ACCT_NAME", "C", `"X"`, "SRC_CODE", "C", `"-"`), "ACCT_NR"},
		"blank name":            {full("ACCT_NAME", "C", `"   "`, "SRC_CODE", "C", `"-"`, "ACCT_NR", "C", `"1300"`), "ACCT_NAME"},
		"unknown account":       {full("ACCT_NAME", "C", `"X"`, "SRC_CODE", "C", `"-"`, "ACCT_NR", "C", `"9999"`), "9999"},
		"creditors' account":    {full("ACCT_NAME", "C", `"X"`, "SRC_CODE", "C", `"-"`, "ACCT_NR", "C", `"1600"`), "verzamelrekening"},
		"revenue account":       {full("ACCT_NAME", "C", `"X"`, "SRC_CODE", "C", `"-"`, "ACCT_NR", "C", `"8000"`), "verzamelrekening"},
		"name too long":         {debtor(strings.Repeat("x", 41)), "40 tekens"},
		"unknown country":       {debtor("X", "CNT_CODE", "C", `"XX"`), "CNT_CODE"},
		"unknown currency":      {debtor("X", "CUR_CODE", "C", `"XXX"`), "CUR_CODE"},
		"unknown employee":      {debtor("X", "EMP_NR", "C", `"99"`), "EMP_NR"},
		"unknown shipping":      {debtor("X", "SHIP_MTH", "C", `"DRONE"`), "SHIP_MTH"},
		"unknown condition":     {debtor("X", "DISC_CODE", "C", `"77"`), "DISC_CODE"},
		"unknown VAT code":      {debtor("X", "VAT_CODE", "C", `"9"`), "VAT_CODE"},
		"empty code":            {debtor("X", "EMP_NR", "C", `""`), "EMP_NR"},
		"empty number":          {debtor("X", "SUB_NR", "C", `""`), "SUB_NR"},
		"kept by the system":    {debtor("X", "CNG_NR", "I", `5`), "CNG_NR"},
		"kept balance":          {debtor("X", "SALE_AMT", "N", `5`), "SALE_AMT"},
		"unknown column":        {debtor("X", "COLOUR", "C", `"red"`), "COLOUR"},
		"column twice":          {debtor("X", "CITY", "C", `"A"`, "city", "C", `"B"`), "CITY"},
		"dictionary letter Y":   {debtor("X", "DJIP_A_MAX", "Y", `5`), "FieldType 'Y'"},
		"dictionary letter D":   {debtor("X", "BLK_DATE", "D", `"2026-01-01"`), "FieldType 'D'"},
		"dictionary letter M":   {debtor("X", "COMMENT1", "M", `"x"`), "FieldType 'M'"},
		"wrong letter":          {debtor("X", "CITY", "N", `5`), "FieldType 'N'"},
		"number for text":       {debtor("X", "CITY", "C", `5`), "CITY"},
		"list for text":         {debtor("X", "CITY", "C", `["A"]`), "CITY"},
		"text for number":       {debtor("X", "DISC_PCT", "N", `"much"`), "geen getal"},
		"comma in number":       {debtor("X", "DISC_PCT", "N", `"1,5"`), "geen getal"},
		"hostile exponent":      {debtor("X", "DISC_PCT", "N", `1e999999999`), "geen getal"},
		"too many decimals":     {debtor("X", "DISC_PCT", "N", `1.23456`), "decimalen"},
		"too many positions":    {debtor("X", "DISC_PCT", "N", `10000`), "past niet"},
		"fraction for integer":  {debtor("X", "CRED_LIM", "I", `1.5`), "past niet"},
		"integer over 32 bits":  {debtor("X", "CRED_LIM", "N", `3000000000`), "past niet"},
		"logical that is not":   {debtor("X", "BLK_SP", "L", `"yes"`), "BLK_SP"},
		"date that is not":      {debtor("X", "BLK_DATE", "T", `"03-02-2026"`), "geen datum"},
		"day that is not":       {debtor("X", "BLK_DATE", "T", `"2026-02-30"`), "geen datum"},
		"number for date":       {debtor("X", "BLK_DATE", "T", `20260203`), "datum"},
		"name as a boolean":     {full("ACCT_NAME", "C", `true`), "ACCT_NAME"},
		"object unknown":        {single("ZZ1", "CONTACT", "ACCT_NAME", "C", `"X"`), "ZZ1"},
		"table of another":      {single("AR1", "ARTICLE", "ART_CODE", "C", `"X"`), "ARTICLE"},
		"read-only object":      {single("VA1", "VAT", "VAT_CODE", "C", `"9"`), "VA1"},
		"header id in a header": {single("AR1", "CONTACT", "HeaderId", "C", `"1"`), "HEADERID"},
	} {
		t.Run(name, func(t *testing.T) { f.post(c.body).refused(t, 400, c.part) })
	}
	require.Len(t, f.server.Debtors(), 60, "nothing was written")
}

func TestDebtor_WrittenInEveryForm(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	body := `{"businessobject":"ar1","ID":"x","TABLE":{"definition":{"name":"contact","fields":[
		{"name":"acct_name","fieldtype":"c"},{"name":"Src_Code","fieldtype":"C"},{"name":"acct_nr","fieldType":"C"},
		{"name":"BLK_SP","fieldtype":"L"},{"name":"REC_BLK","fieldtype":"L"},{"name":"disc_pct","fieldtype":"N"},
		{"name":"cred_lim","fieldtype":"N"},{"name":"comment1","fieldtype":"C"},{"name":"K_VAL_DATE","fieldtype":"T"},
		{"name":"GRAY_DATE","fieldtype":"T"},{"name":"mand_date","fieldtype":"T"},{"name":"RowId","fieldtype":"C"}]}},
		"tableData":{"data":{"rows":[{"values":["X","-","1300","False","TRUE","2.5",1000,"` + strings.Repeat("memo ", 500) + `",
		"2026-03-29T02:30:00.000Z","2026-03-29T23:59:59","", "000001"]}]}}}`
	r := f.post(body).ok(t, "CONTACT")[0]
	require.Equal(t, false, r["BLK_SP"])
	require.Equal(t, true, r["REC_BLK"])
	require.Equal(t, "2.5", text(r["DISC_PCT"]))
	require.Equal(t, "1000", text(r["CRED_LIM"]))
	require.Len(t, r["COMMENT1"], 2499, "trailing blanks are gone")
	require.Equal(t, "2026-03-29T00:00:00", r["K_VAL_DATE"])
	require.Equal(t, "2026-03-29T23:59:59", r["GRAY_DATE"])
	require.Equal(t, "", r["MAND_DATE"])
}

func TestText_KeepsOnlyTheCharactersOfTheBooks(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	r := f.post(debtor("Łódź € “ü” 日本 ÿß", "SRC_CODE2", "C", `null`)).refusedOr(t)
	require.Contains(t, r.body["ErrorMessage"], "SRC_CODE2")
	row := f.post(debtor("Łódź € “ü” 日本 ÿß", "BNK_CODE1", "C", `"µßÿé"`)).ok(t, "CONTACT")[0]
	require.Equal(t, "?ód? € “ü” ?? ÿß", row["ACCT_NAME"])
	require.Equal(t, "µßŸÉ", row["BNK_CODE1"])
	// 40 characters of two bytes each fit in 40.
	require.Equal(t, strings.Repeat("é", 40), f.post(debtor(strings.Repeat("é", 40))).ok(t, "CONTACT")[0]["ACCT_NAME"])
}

// refusedOr gives the answer back after checking that it is a refusal of any kind.
func (a answer) refusedOr(t *testing.T) answer {
	t.Helper()
	require.GreaterOrEqual(t, a.status, 400, a.raw)
	return a
}

func TestSwitches_ChangeWhatAWriteMayDo(t *testing.T) {
	t.Parallel()
	cut := start(t, sandbox.Options{Overflow: "cut", UnknownField: "ignore", DictionaryLetters: sandbox.On, EmptyCode: "ignore"})
	r := cut.post(debtor(strings.Repeat("x", 41), "COLOUR", "C", `"red"`, "DISC_PCT", "N", `1.23456`, "BLK_DATE", "D", `"2026-01-02"`,
		"EMP_NR", "C", `""`, "COMMENT1", "M", `"note"`)).ok(t, "CONTACT")[0]
	require.Equal(t, strings.Repeat("x", 40), r["ACCT_NAME"])
	require.Equal(t, "1.2346", text(r["DISC_PCT"]))
	require.Equal(t, "2026-01-02T00:00:00", r["BLK_DATE"])
	require.Equal(t, "", r["EMP_NR"])

	client := start(t, sandbox.Options{DebtorNumbering: "client"})
	client.post(debtor("X")).refused(t, 400, "SUB_NR")
	client.post(debtor("X", "SUB_NR", "C", `"70001"`)).ok(t, "CONTACT")

	sent := start(t, sandbox.Options{PostAnswer: "sent", PostStatus: 201})
	a := sent.post(debtor("X"))
	require.Equal(t, http.StatusCreated, a.status)
	require.Equal(t, `{"CONTACT":[{"SUB_NR":"10061","ACCT_NAME":"X","SRC_CODE":"-","ACCT_NR":"1300","CONTACT_Id":0}],"USR_LINK":[]}`, a.raw)

	quiet := start(t, sandbox.Options{ErrorsIn200: sandbox.On})
	quiet.post(debtor("X", "COLOUR", "C", `"red"`)).refused(t, 200, "COLOUR")
	quiet.get("BusinessObject", "XX").refused(t, 200, "XX")

	foreign := start(t, sandbox.Options{ForeignVAT: "reject"})
	foreign.post(order("10013", "belgian")).refused(t, 400, "binnenlandse")
	foreign.post(order("10001", "dutch")).ok(t, "SO_HDR")
	foreign.post(order("10028", "belgian person without a number")).ok(t, "SO_HDR")
}

func TestDebtor_UpdateKeepsWhatIsNotSent(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	before := f.get("BusinessObject", "AR1", "Filter", "SUB_NR='10003'").ok(t, "CONTACT")[0]
	a := f.put(`{"id":"10003","BusinessObject":"AR1","Table":{"Definition":{"Name":"CONTACT","Fields":[{"Name":"SUB_NR","FieldType":"C"},
		{"Name":"MAIL_BUS","FieldType":"C"},{"Name":"TEL_BUS","FieldType":"C"},{"Name":"CITY","FieldType":"C"}]}},
		"TableData":{"Data":{"Rows":[{"Values":["10003","new@zeezicht.example",null,"Bloemendaal"]}]}}}`)
	after := a.ok(t, "CONTACT")[0]
	require.Equal(t, "new@zeezicht.example", after["MAIL_BUS"])
	require.Equal(t, before["TEL_BUS"], after["TEL_BUS"])
	require.Equal(t, before["ACCT_NAME"], after["ACCT_NAME"])
	require.Equal(t, "Bloemendaal", after["BOX_CITY"])
	require.Equal(t, "2", text(after["CNG_NR"]))
	require.Equal(t, before["INP_DATE"], after["INP_DATE"])
	require.Greater(t, after["CNG_DATE"], before["CNG_DATE"])

	update := func(columns ...string) answer { return f.put(single("AR1", "CONTACT", columns...)) }
	update("SUB_NR", "C", `"99999"`, "CITY", "C", `"X"`).refused(t, 404, "99999")
	update("SUB_NR", "C", `"60001"`, "CITY", "C", `"X"`).refused(t, 404, "60001")
	update("CITY", "C", `"X"`).refused(t, 400, "SUB_NR")
	update("SUB_NR", "C", `"10003"`, "ACCT_NAME", "C", `""`).refused(t, 400, "ACCT_NAME")
	update("SUB_NR", "C", `"10003"`, "CNG_DATE", "T", `"2020-01-01"`).refused(t, 400, "CNG_DATE")
	update("SUB_NR", "C", `"10003"`, "CITY", "C", `"`+strings.Repeat("x", 36)+`"`).refused(t, 400, "35 tekens")
	require.Equal(t, "2", text(f.get("BusinessObject", "AR1", "Filter", "SUB_NR='10003'").ok(t, "CONTACT")[0]["CNG_NR"]))
}

func TestAddress_BelongsToItsDebtor(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	address := func(columns ...string) string { return single("ADDR", "DEL_ADDR", columns...) }
	first := f.post(address("SUB_NR", "C", `"10001"`, "DEL_NAME", "C", `"Terras"`, "ADDRESS1", "C", `"Kade 1"`, "POST_CODE", "C", `"1011 ab"`,
		"CITY", "C", `"Amsterdam"`, "CNT_CODE", "C", `"NL"`)).ok(t, "DEL_ADDR")[0]
	require.Len(t, first["REC_ID"], 10)
	require.Equal(t, "1011 AB", first["POST_CODE"])
	code := text(first["REC_ID"])

	f.post(address("SUB_NR", "C", `"99999"`, "DEL_NAME", "C", `"X"`)).refused(t, 400, "SUB_NR")
	f.post(address("SUB_NR", "C", `"10001"`)).refused(t, 400, "DEL_NAME")
	f.post(address("REC_ID", "C", `"1"`, "SUB_NR", "C", `"10001"`, "DEL_NAME", "C", `"X"`)).refused(t, 400, "REC_ID")
	f.post(address("SUB_NR", "C", `"10001"`, "DEL_NAME", "C", `"X"`, "TEL_BUS", "C", `"`+strings.Repeat("1", 21)+`"`)).refused(t, 400, "TEL_BUS")
	require.Equal(t, "Kade 2", f.put(address("REC_ID", "C", `"`+code+`"`, "ADDRESS1", "C", `"Kade 2"`)).ok(t, "DEL_ADDR")[0]["ADDRESS1"])
	f.put(address("REC_ID", "C", `"`+code+`"`, "SUB_NR", "C", `"10002"`)).refused(t, 400, "verplaatst")

	listed := f.get("BusinessObject", "ADDR", "PageSize", "100", "FilterControlSource1", "SUB_NR", "FilterOperator1", "Equal",
		"FilterValueType1", "C", "FilterValue1", "10001").ok(t, "DEL_ADDR")
	require.Equal(t, []string{code}, values(listed, "REC_ID"))

	f.post(order("10001", "to the terrace", "DEL_CODE", "C", `"`+code+`"`)).ok(t, "SO_HDR")
	f.post(order("10002", "not theirs", "DEL_CODE", "C", `"`+code+`"`)).refused(t, 400, code)
	f.post(order("10002", "delivered there", "RPL_DEL", "C", `"10001"`, "DEL_CODE", "C", `"`+code+`"`)).ok(t, "SO_HDR")
	f.post(order("10001", "unknown", "DEL_CODE", "C", `"77"`)).refused(t, 400, "DEL_CODE")
}

func TestOrder_IsNumberedFilledInAndAnswered(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	a := f.post(order("10001", "2026.123", "ORD_DATE", "T", `"2026-05-17T10:00:00.000Z"`, "DEL_DATE", "T", `"2026-05-20"`,
		"SHIP_MTH", "C", `"post"`, "EMP_NR", "C", `"12"`, "PD_AMT", "N", `"1.25"`, "COMMENT2", "C", `"line one\r\nline two"`))
	header := a.ok(t, "SO_HDR")[0]
	require.Regexp(t, `^\d{2}000001$`, header["ORD_NR"])
	require.Equal(t, "2026-05-17T00:00:00", header["ORD_DATE"])
	require.Equal(t, "10001", header["RPL_DEL"], "delivered to who is invoiced")
	require.Equal(t, "30", header["DISC_CODE"], "the debtor's")
	require.Equal(t, "POST", header["SHIP_MTH"])
	require.Equal(t, true, header["GROSS_FLG"])
	require.Equal(t, "104.85", text(header["ORD_TOT"]))
	require.Equal(t, "1.25", text(header["PD_AMT"]))
	line := a.tables["SO_LINE"][0]
	require.Equal(t, header["ORD_NR"], line["ORD_NR"])
	require.Equal(t, "Koekenpan Gietijzer 20 cm", line["ART_DESC1"])
	require.Equal(t, "34.95", text(line["ART_PX"]), "the article's own price")
	require.Equal(t, "1", line["VAT_CODE"], "the article's own code")
	require.Equal(t, "2026-05-20T00:00:00", line["DEL_DATE"])
	require.Equal(t, "0", text(line["SO_HDR_Id"]))
	require.Regexp(t, `^\d{2}000002$`, f.post(order("10001", "next")).ok(t, "SO_HDR")[0]["ORD_NR"])

	byReference := f.get("BusinessObject", "SO1", "Fields", "ORD_NR,RPL_INV", "FilterControlSource1", "COMMENT1", "FilterOperator1", "Equal",
		"FilterValueType1", "C", "FilterValue1", "2026.123").ok(t, "SO_HDR")
	require.Equal(t, []string{text(header["ORD_NR"])}, values(byReference, "ORD_NR"))
}

func TestOrder_EachRuleRefuses(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	f.put(single("AR1", "CONTACT", "SUB_NR", "C", `"10004"`, "REC_BLK", "L", `true`)).ok(t, "CONTACT")
	f.put(single("AR1", "CONTACT", "SUB_NR", "C", `"10005"`, "BLK_SP", "L", `true`)).ok(t, "CONTACT")
	f.put(single("AK1", "ARTICLE", "ART_CODE", "C", `"100102"`, "REC_BLK", "L", `true`)).ok(t, "ARTICLE")
	good := order("10001", "ref")
	swap := func(old, new string) string {
		changed := strings.Replace(good, old, new, 1)
		require.NotEqual(t, good, changed, old)
		return changed
	}
	for name, c := range map[string]struct{ body, part string }{
		"unknown debtor":         {order("99999", "x"), "99999"},
		"creditor":               {order("60001", "x"), "60001"},
		"empty debtor":           {order("", "x"), "RPL_INV"},
		"blocked debtor":         {order("10004", "x"), "geblokkeerd"},
		"blocked for orders":     {order("10005", "x"), "geblokkeerd voor orders"},
		"delivered to blocked":   {order("10001", "x", "RPL_DEL", "C", `"10005"`), "geblokkeerd"},
		"reference too long":     {order("10001", strings.Repeat("x", 41)), "40 tekens"},
		"own number":             {order("10001", "x", "ORD_NR", "C", `"1"`), "ORD_NR"},
		"unknown employee":       {order("10001", "x", "EMP_NR", "C", `"99"`), "EMP_NR"},
		"unknown shipping":       {order("10001", "x", "SHIP_MTH", "C", `"DRONE"`), "SHIP_MTH"},
		"unknown condition":      {order("10001", "x", "DISC_CODE", "C", `"77"`), "DISC_CODE"},
		"unknown article":        {swap(`"100101"`, `"999999"`), "999999"},
		"blocked article":        {swap(`"100101"`, `"100102"`), "geblokkeerd"},
		"article not given":      {swap(`"100101"`, `null`), "ART_CODE"},
		"quantity not given":     {swap(`"100101",3`, `"100101",null`), "ORD_QTY"},
		"quantity of 4 decimals": {swap(`"100101",3`, `"100101",0.0001`), "decimalen"},
		"no line":                {swap(`{"Values":["1","1","100101",3]}`, ``), "ten minste"},
		"line of no header":      {swap(`["1","1","100101",3]`, `["1","2","100101",3]`), "HeaderId"},
		"line without header id": {swap(`["1","1","100101",3]`, `["1",null,"100101",3]`), "HeaderId"},
		"values too few":         {swap(`"100101",3]`, `"100101"]`), "3 waarden voor 4 velden"},
		"values too many":        {swap(`"100101",3]`, `"100101",3,4]`), "5 waarden"},
		"unknown line column":    {swap(`"ORD_QTY"`, `"QTY"`), "QTY"},
		"row action":             {swap(`"ORD_QTY"`, `"RowAction"`), "ROWACTION"},
		"line table of another":  {swap(`"SO_LINE"`, `"DJ_LINE"`), "DJ_LINE"},
		"no header id column":    {swap(`{"Name":"HeaderId","FieldType":"C"}`, `{"Name":"UNT_CODE","FieldType":"C"}`), "HeaderId"},
		"row id as number type":  {swap(`{"Name":"RowId","FieldType":"C"}`, `{"Name":"RowId","FieldType":"N"}`), "RowId"},
		"two headers":            {swap(`{"Values":["1","10001","ref"]}`, `{"Values":["1","10001","ref"]},{"Values":["2","10001","ref"]}`), "1 kopregel"},
		"no header":              {swap(`{"Values":["1","10001","ref"]}`, ``), "geen regels"},
		"details not even":       {swap(`"DetailDefinitions"`, `"Ignored"`), "niet even lang"},
		"book year unknown":      {swap(`"BookDate":null`, `"BookDate":"1999-05-17T10:00:00.000Z"`), "1999"},
		"book date unreadable":   {swap(`"BookDate":null`, `"BookDate":"soon"`), "BookDate"},
		"not JSON":               {`{"BusinessObject":"SO1"`, "JSON"},
		"more after the JSON":    {good + `{}`, "iets anders"},
		"a list":                 {`[]`, "JSON"},
		"nothing":                {``, "JSON"},
		"bytes that are no text": {"{\"BusinessObject\":\"SO1\xff\"}", "UTF-8"},
	} {
		t.Run(name, func(t *testing.T) { f.post(c.body).refused(t, 400, c.part) })
	}
	require.Empty(t, f.server.Orders(), "nothing was written, nor half of anything")
	require.Regexp(t, `000001$`, f.post(good).ok(t, "SO_HDR")[0]["ORD_NR"], "no number was lost")
	f.put(single("SO1", "SO_HDR", "ORD_NR", "C", `"26000001"`, "COMMENT1", "C", `"x"`)).refused(t, 400, "SO1")
}

func TestOrder_SeveralHeadersAndLabelsOfEveryForm(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{MaxHeaders: 5})
	a := f.post(`{"BusinessObject":"SO1","Table":{"Definition":{"Name":"SO_HDR","Fields":[{"Name":"COMMENT1","FieldType":"C"},{"Name":"RPL_INV","FieldType":"C"},{"Name":"RowId","FieldType":"C"}]},
		"DetailDefinitions":[{"Name":"SO_LINE","Fields":[{"Name":"ART_CODE","FieldType":"C"},{"Name":"ORD_QTY","FieldType":"N"},{"Name":"HeaderId","FieldType":"C"},{"Name":"RowId","FieldType":"C"}]}]},
		"TableData":{"Data":{"Rows":[{"Values":["a","10001",1]},{"Values":["b","10002","000002"]}]},
		"DetailData":[{"Rows":[{"Values":["100101","1","000001","1"]},{"Values":["100102","2.5",2,2]},{"Values":["100103",-1,"1","3"]}]}]}}`)
	require.Equal(t, []string{"a", "b"}, values(a.ok(t, "SO_HDR"), "COMMENT1"))
	require.Equal(t, []string{"100101", "100103", "100102"}, values(a.tables["SO_LINE"], "ART_CODE"))
	require.Equal(t, []string{"0", "0", "1"}, values(a.tables["SO_LINE"], "SO_HDR_Id"))
	require.Equal(t, []string{"1", "-1", "2.5"}, values(a.tables["SO_LINE"], "ORD_QTY"))

	twice := f.post(`{"BusinessObject":"AR1","Table":{"Definition":{"Name":"CONTACT","Fields":[{"Name":"RowId","FieldType":"C"},{"Name":"ACCT_NAME","FieldType":"C"},{"Name":"SRC_CODE","FieldType":"C"},{"Name":"ACCT_NR","FieldType":"C"},{"Name":"CNT_CODE","FieldType":"C"}]}},
		"TableData":{"Data":{"Rows":[{"Values":["1","Good","-","1300","NL"]},{"Values":["2","Bad","-","1300","XX"]}]}}}`)
	twice.refused(t, 400, "CNT_CODE")
	require.Len(t, f.server.Debtors(), 60, "the good one was not kept either")
}

func TestOrder_UpdatesOnlyWhereSwitchedOn(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{OrderUpdates: sandbox.On})
	number := text(f.post(order("10001", "before")).ok(t, "SO_HDR")[0]["ORD_NR"])
	a := f.put(single("SO1", "SO_HDR", "ORD_NR", "C", `"`+number+`"`, "COMMENT1", "C", `"after"`))
	require.Equal(t, "after", a.ok(t, "SO_HDR")[0]["COMMENT1"])
	require.Equal(t, "104.85", text(a.tables["SO_HDR"][0]["ORD_TOT"]))
	f.put(single("SO1", "SO_HDR", "ORD_NR", "C", `"1"`, "COMMENT1", "C", `"x"`)).refused(t, 404, "1")
	f.put(strings.Replace(order(number, "x"), "RPL_INV", "ORD_NR", 1)).refused(t, 400, "SO_LINE")
}

func TestOrder_MovesToHistory(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	stock := func() string {
		return text(f.get("BusinessObject", "AK1", "Filter", "ART_CODE='100101'").ok(t, "ARTICLE")[0]["QTY_TECH"])
	}
	require.Equal(t, "67", stock())
	number := text(f.post(order("10001", "2026.7")).ok(t, "SO_HDR")[0]["ORD_NR"])
	require.Equal(t, "67", stock(), "an order reserves; it does not take")
	a, err := f.send(http.MethodPost, "/_sandbox/history", `{"orders":["`+number+`"]}`)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, a.status, a.raw)
	require.Equal(t, "64", stock())
	empty := f.get("BusinessObject", "SO1")
	require.Equal(t, `{"SO_HDR":[],"SO_LINE":[]}`, empty.raw)
	past := f.get("BusinessObject", "ALH", "Fields", "art_code,hst_ah.comment1,hst_ah.dc_name,hst_ah.ord_nr", "FilterControlSource1", "hst_ah.comment1",
		"FilterOperator1", "Equal", "FilterValueType1", "C", "FilterValue1", "2026.7", "FilterControlSource2", "hst_ah.hdr_type",
		"FilterOperator2", "Equal", "FilterValueType2", "N", "FilterValue2", "1").ok(t, "HST_AL")
	require.Len(t, past, 1)
	require.Equal(t, "2026.7", past[0]["HST_AH.COMMENT1"])
	require.Equal(t, "Restaurant De Gouden Lepel B.V.", past[0]["HST_AH.DC_NAME"])
	require.Equal(t, number, past[0]["HST_AH.ORD_NR"])
	orders := f.server.Orders()
	require.Len(t, orders, 1, "every order is counted, invoiced ones too")
	require.True(t, orders[0].Delivered)
	require.Equal(t, "104.85", orders[0].Totals.Gross.String())
	a, err = f.send(http.MethodPost, "/_sandbox/history", `{"orders":["`+number+`"]}`)
	require.NoError(t, err)
	require.Equal(t, 404, a.status)
}

func TestTotals_AreExactByVATCode(t *testing.T) {
	t.Parallel()
	lines := func(prices ...string) string {
		var rows []string
		for i, p := range prices {
			rows = append(rows, fmt.Sprintf(`{"Values":["%d","1",%s]}`, i+1, p))
		}
		return `{"BusinessObject":"SO1","Table":{"Definition":{"Name":"SO_HDR","Fields":[{"Name":"RowId","FieldType":"C"},{"Name":"RPL_INV","FieldType":"C"}]},
		"DetailDefinitions":[{"Name":"SO_LINE","Fields":[{"Name":"RowId","FieldType":"C"},{"Name":"HeaderId","FieldType":"C"},{"Name":"ART_CODE","FieldType":"C"},
		{"Name":"ORD_QTY","FieldType":"N"},{"Name":"ART_PX","FieldType":"N"},{"Name":"VAT_CODE","FieldType":"C"},{"Name":"DISC_PCT","FieldType":"N"}]}]},
		"TableData":{"Data":{"Rows":[{"Values":["1","10001"]}]},"DetailData":[{"Rows":[` + strings.Join(rows, ",") + `]}]}}`
	}
	body := lines(`"100101",3,"0.1",null,null`, `"100102",1,9.99,"1",10`, `"101401","1.5",4.35,null,null`, `"102001",-1,10,null,null`)
	gross := start(t, sandbox.Options{})
	gross.post(body).ok(t, "SO_HDR")
	totals := gross.server.Orders()[0].Totals
	// high: 0.30 + 8.99 = 9.29 of which 9.29*21/121 = 1.61; low: 6.53 of which 6.53*9/109 = 0.54; zero: -10.
	require.Equal(t, "9.29 1.61 7.68", fmt.Sprint(totals.VAT[0].Gross, totals.VAT[0].Tax, totals.VAT[0].Net))
	require.Equal(t, "6.53 0.54 5.99", fmt.Sprint(totals.VAT[1].Gross, totals.VAT[1].Tax, totals.VAT[1].Net))
	require.Equal(t, "-10 0 -10", fmt.Sprint(totals.VAT[2].Gross, totals.VAT[2].Tax, totals.VAT[2].Net))
	require.Equal(t, "5.82 2.15 3.67", fmt.Sprint(totals.Gross, totals.Tax, totals.Net))

	own := strings.Replace(strings.Replace(body, `{"Name":"RPL_INV","FieldType":"C"}`, `{"Name":"RPL_INV","FieldType":"C"},{"Name":"GROSS_FLG","FieldType":"L"}`, 1), `"10001"]`, `"10001",false]`, 1)
	gross.post(own).ok(t, "SO_HDR")
	require.Equal(t, "11.24", gross.server.Orders()[1].Totals.VAT[0].Gross.String(), "the header's own flag goes first")

	net := start(t, sandbox.Options{GrossPrices: sandbox.Off})
	a := net.post(body)
	require.Equal(t, false, a.ok(t, "SO_HDR")[0]["GROSS_FLG"])
	totals = net.server.Orders()[0].Totals
	require.Equal(t, "9.29 1.95 11.24", fmt.Sprint(totals.VAT[0].Net, totals.VAT[0].Tax, totals.VAT[0].Gross))
	require.Equal(t, "28.8843", text(net.get("BusinessObject", "AK1", "PageSize", "1").ok(t, "ARTICLE")[0]["PX_SELL"]))
}

func TestArticle_CanBeAddedAndThenOrdered(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	missing := strings.Replace(order("10001", "waits"), `"100101"`, `"500001"`, 1)
	f.post(missing).refused(t, 400, "500001")
	f.post(single("AK1", "ARTICLE", "ART_CODE", "C", `"500001"`, "ART_DESC1", "C", `"Nieuw"`, "PX_SELL", "N", `12.3456`, "AG_CODE", "C", `"NOPE"`)).refused(t, 400, "AG_CODE")
	added := f.post(single("AK1", "ARTICLE", "ART_CODE", "C", `"500001"`, "ART_DESC1", "C", `"Nieuw"`, "PX_SELL", "N", `12.3456`)).ok(t, "ARTICLE")[0]
	require.Equal(t, "1", added["VAT_CODE"])
	require.Equal(t, "12.3456", text(added["PX_SELL"]))
	f.post(missing).ok(t, "SO_HDR")
	f.post(single("AG1", "ART_GRP", "AG_CODE", "C", `"new"`, "AG_DESC", "C", `"Nieuwe groep"`)).ok(t, "ART_GRP")
	require.Equal(t, "NEW", f.put(single("AK1", "ARTICLE", "ART_CODE", "C", `"500001"`, "AG_CODE", "C", `"new"`)).ok(t, "ARTICLE")[0]["AG_CODE"])
}

func TestWrites_TogetherNeverShareANumber(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	const each = 15
	var together sync.WaitGroup
	for _, number := range []string{"10001", "10002", "10003", "10006"} {
		together.Go(func() {
			for range each {
				_, _ = f.send(http.MethodPost, "/api/v3/accountviewdata", order(number, "together"))
				_, _ = f.send(http.MethodGet, "/api/v3/accountviewdata?BusinessObject=SO1", "")
			}
		})
	}
	together.Wait()
	numbers := map[string]bool{}
	for _, o := range f.server.Orders() {
		numbers[o.Number] = true
	}
	require.Len(t, numbers, 4*each)
}

func TestWrite_BoundsAndContentType(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	f.post(`{"BusinessObject":"AR1","x":"`+strings.Repeat("x", 4<<20)+`"}`).refused(t, 413, "te groot")
	req, err := http.NewRequest(http.MethodPost, f.base+"/api/v3/accountviewdata", strings.NewReader(debtor("X")))
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer "+f.token)
	req.Header.Set("x-company", f.company)
	req.Header.Set("Content-Type", "text/xml")
	a, err := f.do(req)
	require.NoError(t, err)
	a.refused(t, 415, "json")
}
