package sandbox_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/accountview/sandbox"
)

func TestRead_GivesTrueTypesAndUpperCaseNames(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	a := f.get("businessobject", "ak1", "pagesize", "1", "fields", "Art_Code, article.px_sell,QTY_AVAIL,rec_blk,CNG_DATE,VAT_CODE", "BookDate", "2026-01-15")
	require.Equal(t, http.StatusOK, a.status, a.raw)
	require.Regexp(t, `^\{"ARTICLE":\[\{"ART_CODE":"100101","PX_SELL":34\.95,"QTY_AVAIL":\d+,"REC_BLK":false,"CNG_DATE":"\d{4}-01-01T09:00:00","VAT_CODE":"1","ARTICLE_Id":0\}\]\}$`, a.raw)
	require.Equal(t, "application/json; charset=utf-8", a.header.Get("Content-Type"))
}

func TestRead_WithoutFieldsGivesEveryColumnOfTheDictionary(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	a := f.get("BusinessObject", "AR1", "PageSize", "2")
	rows := a.ok(t, "CONTACT")
	require.Len(t, rows, 2)
	require.Len(t, rows[0], 189+2)
	require.Equal(t, "10001", rows[0]["SUB_NR"])
	require.Equal(t, "", rows[0]["DEB_NR"])
	require.Equal(t, "1300", rows[0]["ACCT_NR"])
	require.Equal(t, "0", text(rows[0]["EXT_KEY"]))
	require.Equal(t, []string{"0", "1"}, values(rows, "CONTACT_Id"))
	require.Equal(t, []any{}, a.body["USR_LINK"])
	require.True(t, strings.HasPrefix(a.raw, `{"CONTACT":`), "the main table comes first")
	all := f.get("BusinessObject", "AR1", "PageSize", "2", "Fields", "*").ok(t, "CONTACT")
	require.Equal(t, rows, all)
}

func TestRead_KnowsEveryObject(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	for object, want := range map[string]struct {
		table string
		rows  int
	}{
		"AR1": {"CONTACT", 60}, "AP1": {"CONTACT", 2}, "CON": {"CONTACT", 62}, "CM1": {"CONTACT", 62}, "ADDR": {"DEL_ADDR", 0},
		"AK1": {"ARTICLE", 300}, "AG1": {"ART_GRP", 25}, "SO1": {"SO_HDR", 0}, "ALH": {"HST_AL", 0}, "VA1": {"VAT", 4},
		"GL1": {"LEDGER", 22}, "CC1": {"COST", 3}, "DJ1": {"DAILY", 6}, "PT1": {"PAY_COND", 4}, "PER": {"ADM_PER", 12},
		"CMP1": {"COMP_HDR", 1}, "DJ2P": {"DJ_PAGE", 0}, "GJ1": {"TRANSACT", 0},
	} {
		a := f.get("BusinessObject", object, "PageSize", "1000")
		require.Len(t, a.ok(t, want.table), want.rows, object)
	}
	f.get("BusinessObject", "XX9").refused(t, 400, "XX9")
	f.get().refused(t, 400, "BusinessObject")
}

func TestRead_FiltersByOperator(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	one := func(object, field, operator, valueType, value string) answer {
		return f.get("BusinessObject", object, "PageSize", "1000", "FilterControlSource1", field, "FilterOperator1", operator,
			"FilterValueType1", valueType, "FilterValue1", value, "FilterIsListOfValues1", "false")
	}
	require.Equal(t, []string{"10023"}, values(one("AR1", "contact.mail_bus", "Equal", "C", "renee@visser.example").ok(t, "CONTACT"), "SUB_NR"))
	require.Equal(t, []string{"10023"}, values(one("AR1", "MAIL_BUS", "equal", "C", "renee@visser.example   ").ok(t, "CONTACT"), "SUB_NR"))
	require.Empty(t, one("AR1", "MAIL_BUS", "Equal", "C", "RENEE@visser.example").ok(t, "CONTACT"))
	require.Empty(t, one("AR1", "MAIL_BUS", "Equal", "C", "renee@visser").ok(t, "CONTACT"))
	require.Len(t, one("AR1", "MAIL_BUS", "Equal", "C", "familie.vdberg@post.example").ok(t, "CONTACT"), 2)
	require.Len(t, one("AK1", "PX_SELL", "Equal", "N", "34.950").ok(t, "ARTICLE"), 4)
	require.Len(t, one("AK1", "PX_SELL", "NotEqual", "N", "34.95").ok(t, "ARTICLE"), 296)
	require.Len(t, one("AK1", "ART_DESC1", "Contains", "C", "Wijnglas").ok(t, "ARTICLE"), 3)
	require.Len(t, one("AR1", "REC_BLK", "Equal", "L", "false").ok(t, "CONTACT"), 60)
	require.Len(t, one("AK1", "CNG_DATE", "DateOnOrAfterDate", "T", "{^2020-01-01}").ok(t, "ARTICLE"), 300)
	require.Empty(t, one("AK1", "CNG_DATE", "DateOnOrAfterDate", "T", "{^2999-01-01 10:30}").ok(t, "ARTICLE"))
	require.Empty(t, one("AK1", "CNG_DATE", "DateOnOrAfterDate", "T", "{^2999-01-01 10:30:15}").ok(t, "ARTICLE"))
	year := text(f.get("BusinessObject", "PER", "PageSize", "1").ok(t, "ADM_PER")[0]["START_DATE"])[:4]
	require.Len(t, one("AK1", "CNG_DATE", "DateOnOrAfterDate", "T", "{^"+year+"-01-01 09:00:00}").ok(t, "ARTICLE"), 300, "the boundary is part of it")
	require.Empty(t, one("AK1", "CNG_DATE", "DateOnOrAfterDate", "T", "{^"+year+"-01-01 09:00:01}").ok(t, "ARTICLE"))

	one("AK1", "PX_SELL", "Equal", "C", "34.95").refused(t, 400, "FilterValueType")
	one("AK1", "PX_SELL", "Contains", "N", "3").refused(t, 400, "Operator")
	one("AK1", "PX_SELL", "Equal", "N", "34,95").refused(t, 400, "geen getal")
	one("AK1", "PX_SELL", "GreaterThan", "N", "3").refused(t, 400, "onbekend")
	one("AK1", "CNG_DATE", "42", "T", "{^2020-01-01}").refused(t, 400, "onbekend")
	one("AK1", "CNG_DATE", "DateOnOrAfterDate", "T", "2020-01-01").refused(t, 400, "datum")
	one("AK1", "CNG_DATE", "DateOnOrAfterDate", "T", "{^2020-13-01}").refused(t, 400, "datum")
	one("AK1", "COLOUR", "Equal", "C", "red").refused(t, 400, "COLOUR")
	one("AK1", "CONTACT.SUB_NR", "Equal", "C", "1").refused(t, 400, "CONTACT")
	f.get("BusinessObject", "AK1", "FilterControlSource1", "ART_CODE", "FilterOperator1", "Equal", "FilterValue1", "1").
		refused(t, 400, "FilterValueType1")
	f.get("BusinessObject", "AK1", "FilterControlSorce1", "ART_CODE").refused(t, 400, "FilterControlSorce1")
	f.get("BusinessObject", "AK1", "PageSize", "1", "pagesize", "2").refused(t, 400, "meer dan eens")
	f.get("BusinessObject", "AK1", "FilterControlSource1", "ART_CODE", "FilterOperator1", "Equal", "FilterValueType1", "C",
		"FilterValue1", "100101,100102", "FilterIsListOfValues1", "true").refused(t, 400, "niet ondersteund")
}

func TestRead_PaddedValueKeepsContainsFromMatchingLongerNames(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	count := func(value string) map[string]bool {
		found := map[string]bool{}
		for _, r := range f.system("BusinessObject", "dbf", "PageSize", "1000", "FilterControlSource1", "DBF_NAME",
			"FilterOperator1", "Contains", "FilterValueType1", "C", "FilterValue1", value).ok(t, "DCT_FILE") {
			found[text(r["DBF_NAME"])] = true
		}
		return found
	}
	require.Equal(t, map[string]bool{"ADM_LIST": true, "ADM_PER": true}, count("ADM_"))
	require.Equal(t, map[string]bool{"ADM_PER": true}, count("ADM_PER "))
}

func TestRead_CombinesFilters(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	two := func(more ...string) []string {
		return values(f.get(append([]string{
			"BusinessObject", "AR1", "PageSize", "1000",
			"FilterControlSource1", "CITY", "FilterOperator1", "Equal", "FilterValueType1", "C", "FilterValue1", "Rotterdam",
			"FilterControlSource2", "MAIN_CONT", "FilterOperator2", "Equal", "FilterValueType2", "C", "FilterValue2", "",
		}, more...)...).ok(t, "CONTACT"), "SUB_NR")
	}
	require.Equal(t, []string{"10025", "10026"}, two())
	require.Len(t, two("MatchAnyFilter", "true"), 41, "forty persons and a company in Rotterdam")
}

func TestRead_RawFilterTakesTheSmallLanguage(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	raw := func(expression string) answer {
		return f.get("BusinessObject", "dbf", "PageSize", "1000", "Filter", expression)
	}
	all := len(raw("dct_file.dbf_type=2").ok(t, "DCT_FILE"))
	require.Greater(t, all, 10)
	require.Less(t, len(raw("!EMPTY(dct_file.obj_code) AND dct_file.dbf_type=2").ok(t, "DCT_FILE")), all)
	require.Equal(t, []string{"ARTICLE"}, values(raw("dbf_name='ARTICLE'").ok(t, "DCT_FILE"), "DBF_NAME"))
	require.Len(t, raw("(dbf_name = \"VAT\" or dbf_name='COST') and NOT empty(dbf_desc)").ok(t, "DCT_FILE"), 2)
	require.Len(t, raw("dbf_name <> 'VAT'").ok(t, "DCT_FILE"), all-1)
	fields := f.get("BusinessObject", "fld", "PageSize", "1000", "Filter", "dct_fld.dbf_name='SO_LINE'").ok(t, "DCT_FLD")
	require.Contains(t, values(fields, "FIELD_NAME"), "ORD_QTY")
	for _, bad := range []string{
		"dbf_name", "dbf_name=", "dbf_name='VAT", "dbf_name=12", "dbf_type='2'", "(dbf_type=2", "dbf_type=2)", "DELETE()",
		"dbf_type=2 AND", "AND", "colour='red'", "dbf_type=2; QUIT", "EMPTY dbf_name", strings.Repeat("(", 100), "dbf_type>2",
	} {
		raw(bad).refused(t, 400, "")
	}
}

func TestRead_PagesByNumberUntilAnEmptyPage(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	var codes []string
	for number := 1; ; number++ {
		a := f.get("BusinessObject", "AK1", "PageSize", "100", "PageNumber", strconv.Itoa(number), "Fields", "ART_CODE")
		rows := a.ok(t, "ARTICLE")
		if len(rows) == 0 {
			require.Equal(t, `{"ARTICLE":[]}`, a.raw)
			require.Equal(t, 4, number)
			break
		}
		codes = append(codes, values(rows, "ART_CODE")...)
	}
	requireWholeShop(t, codes)
	require.Empty(t, f.get("BusinessObject", "AK1", "PageSize", "100", "PageNumber", "999999").ok(t, "ARTICLE"))
}

func TestRead_PagesByLastKey(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	var codes []string
	last := ""
	for {
		pairs := []string{"BusinessObject", "AK1", "PageSize", "70", "Fields", "ART_CODE"}
		if last != "" {
			pairs = append(pairs, "lastKey", last)
		}
		rows := f.get(pairs...).ok(t, "ARTICLE")
		codes = append(codes, values(rows, "ART_CODE")...)
		if len(rows) == 0 || len(rows)%70 != 0 {
			break
		}
		last = codes[len(codes)-1]
	}
	requireWholeShop(t, codes)
	require.Empty(t, f.get("BusinessObject", "AK1", "LastKey", "zzz").ok(t, "ARTICLE"))
	require.Len(t, f.get("BusinessObject", "AK1", "PageSize", "5", "LastKey", "1001").ok(t, "ARTICLE"), 5, "a key need not exist")
}

func requireWholeShop(t *testing.T, codes []string) {
	t.Helper()
	seen := map[string]bool{}
	for _, code := range codes {
		require.False(t, seen[code], "%s came twice", code)
		seen[code] = true
	}
	require.Len(t, seen, 300)
}

func TestRead_DictionaryPagesOnByItsOwnId(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	first := f.system("BusinessObject", "fld", "PageSize", "50").ok(t, "DCT_FLD")
	second := f.system("BusinessObject", "fld", "PageSize", "50", "LastKey", text(first[49]["DCT_FLD_Id"])).ok(t, "DCT_FLD")
	require.Equal(t, "49", text(first[49]["DCT_FLD_Id"]))
	require.Equal(t, "50", text(second[0]["DCT_FLD_Id"]))
	f.system("BusinessObject", "fld", "LastKey", "x").refused(t, 400, "LastKey")
}

func TestRead_BoundsPages(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{MaxPageSize: 50, DefaultPageSize: 7})
	require.Len(t, f.get("BusinessObject", "AK1").ok(t, "ARTICLE"), 7)
	require.Len(t, f.get("BusinessObject", "AK1", "PageSize", "50").ok(t, "ARTICLE"), 50)
	for _, size := range []string{"51", "0", "-1", "ten", "", "99999999999999999999"} {
		f.get("BusinessObject", "AK1", "PageSize", size).refused(t, 400, "PageSize")
	}
	for _, number := range []string{"0", "-1", "two"} {
		f.get("BusinessObject", "AK1", "PageNumber", number).refused(t, 400, "PageNumber")
	}
	f.get("BusinessObject", "AK1", "PageNumber", "2", "LastKey", "100101").refused(t, 400, "LastKey")
	f.get("BusinessObject", "AK1", "SortFields", "ART_DESC1", "LastKey", "100101").refused(t, 400, "SortFields")
}

func TestRead_Sorts(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	dear := f.get("BusinessObject", "AK1", "PageSize", "3", "Fields", "ART_CODE,PX_SELL", "SortFields", "px_sell, art_code", "SortOrder", "Descending").ok(t, "ARTICLE")
	require.Equal(t, []string{"349", "329", "250"}, values(dear, "PX_SELL"), "numbers, not texts")
	groups := f.get("businessObject", "AG1", "PageSize", "2", "SortFields", "ag_desc", "SortOrder", "ascending").ok(t, "ART_GRP")
	require.Equal(t, []string{"Bakken", "Barbecue"}, values(groups, "AG_DESC"))
	back := f.get("BusinessObject", "AR1", "PageSize", "1", "SortOrder", "descending").ok(t, "CONTACT")
	require.Equal(t, []string{"10060"}, values(back, "SUB_NR"))
	f.get("BusinessObject", "AK1", "SortFields", "COLOUR").refused(t, 400, "COLOUR")
	f.get("BusinessObject", "AK1", "SortOrder", "sideways").refused(t, 400, "SortOrder")
}

func TestRead_BookDatePicksAnAdministration(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	require.NotEmpty(t, f.get("BusinessObject", "VA1", "BookDate", "2024-05-17").ok(t, "VAT"))
	f.get("BusinessObject", "VA1", "BookDate", "1999-01-01").refused(t, 400, "1999")
	f.get("BusinessObject", "VA1", "BookDate", "17-05-2024").refused(t, 400, "BookDate")
}

func TestRead_EmptyAnswersTakeThreeForms(t *testing.T) {
	t.Parallel()
	empty := []string{"BusinessObject", "SO1", "PageSize", "10"}
	require.Equal(t, `{"SO_HDR":[],"SO_LINE":[]}`, start(t, sandbox.Options{}).get(empty...).raw)
	require.Equal(t, `{}`, start(t, sandbox.Options{EmptyAnswer: "missing_key"}).get(empty...).raw)
	start(t, sandbox.Options{EmptyAnswer: "404"}).get(empty...).refused(t, 404, "geen gegevens")
}

func TestRead_SwitchesChangeTheForm(t *testing.T) {
	t.Parallel()
	one := []string{"BusinessObject", "AR1", "Fields", "SUB_NR,GRAY_DATE,ledger.acct_name", "Filter", "SUB_NR='10001'"}
	require.Equal(t, `{"CONTACT":[{"SUB_NR":"10001","GRAY_DATE":"","LEDGER.ACCT_NAME":"Debiteuren","CONTACT_Id":0}]}`,
		start(t, sandbox.Options{}).get(one...).raw)
	changed := start(t, sandbox.Options{SingleRowAsObject: sandbox.On, EmptyDate: "null", RelatedKey: "underscore"})
	require.Equal(t, `{"CONTACT":{"SUB_NR":"10001","GRAY_DATE":null,"LEDGER_ACCT_NAME":"Debiteuren","CONTACT_Id":0}}`, changed.get(one...).raw)

	loose := start(t, sandbox.Options{UnknownField: "ignore", EqualMatching: "foxpro_prefix", IgnoreCase: sandbox.On, ExtraOperators: sandbox.On, ListFilters: sandbox.On})
	require.Equal(t, `{"ARTICLE":[{"ART_CODE":"100101","ARTICLE_Id":0}]}`, loose.get("BusinessObject", "AK1", "PageSize", "1", "Fields", "ART_CODE,COLOUR").raw)
	find := func(field, operator, letter, value string, more ...string) int {
		return len(loose.get(append([]string{
			"BusinessObject", "AK1", "PageSize", "1000", "FilterControlSource1", field, "FilterOperator1", operator,
			"FilterValueType1", letter, "FilterValue1", value,
		}, more...)...).ok(t, "ARTICLE"))
	}
	require.Equal(t, 15, find("ART_CODE", "Equal", "C", "1001"))
	require.Equal(t, 3, find("ART_DESC1", "Contains", "C", "wijnglas"))
	require.Equal(t, 3, find("ART_DESC1", "StartsWith", "C", "wijnglas"))
	require.Equal(t, 1, find("PX_SELL", "GreaterThan", "N", "329"))
	require.Equal(t, 1, find("PX_SELL", "LessThan", "N", "1"))
	require.Equal(t, 300, find("CNG_DATE", "42", "T", "{^2020-01-01}"))
	require.Equal(t, 0, find("CNG_DATE", "43", "D", "{^2020-01-01}"))
	require.Equal(t, 300, find("CNG_DATE", "DateOnOrBeforeDate", "D", "{^2999-01-01}"))
	require.Equal(t, 2, find("ART_CODE", "Equal", "C", "100101,100215", "FilterIsListOfValues1", "true"))
	start(t, sandbox.Options{}).get("BusinessObject", "AK1", "Fields", "ART_CODE,COLOUR").refused(t, 400, "COLOUR")
}

func TestRead_RelatedFieldsAndDetails(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	f.post(order("10001", "first")).ok(t, "SO_HDR")
	f.post(order("10002", "second")).ok(t, "SO_HDR")
	a := f.get("BusinessObject", "SO1", "PageSize", "10")
	require.Equal(t, []string{"0", "1"}, values(a.ok(t, "SO_HDR"), "SO_HDR_Id"))
	require.Equal(t, []string{"0", "1"}, values(a.tables["SO_LINE"], "SO_HDR_Id"))
	require.Equal(t, []string{"3", "3"}, values(a.tables["SO_LINE"], "ORD_QTY"))

	narrow := f.get("BusinessObject", "SO1", "Fields", "COMMENT1,contact.acct_name", "SortFields", "contact.acct_name",
		"FilterControlSource1", "contact.city", "FilterOperator1", "Equal", "FilterValueType1", "C", "FilterValue1", "Utrecht")
	require.Equal(t, `{"SO_HDR":[{"COMMENT1":"second","CONTACT.ACCT_NAME":"Bistro 't Hoekje","SO_HDR_Id":0}]}`, narrow.raw)
	lines := f.get("BusinessObject", "SO1", "Fields", "ORD_NR,so_line.art_code")
	require.Equal(t, []string{"100101", "100101"}, values(lines.tables["SO_LINE"], "ART_CODE"))
	require.Len(t, lines.tables["SO_LINE"][0], 2)
	f.get("BusinessObject", "SO1", "SortFields", "so_line.art_code").refused(t, 400, "so_line.art_code")
}

func TestSystem_DescribesItself(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	fields := f.system("BusinessObject", "fld", "PageSize", "1000", "Fields", "dct_fld.FIELD_NAME,FIELD_TYPE,FIELD_LEN,INP_MAND,FLD_FMT,COM_BLK,PKY_TBL",
		"FilterControlSource1", "DBF_NAME", "FilterOperator1", "Equal", "FilterValueType1", "C", "FilterValue1", "CONTACT").ok(t, "DCT_FLD")
	require.Len(t, fields, 189)
	byName := map[string]map[string]any{}
	for _, r := range fields {
		byName[text(r["FIELD_NAME"])] = r
	}
	require.Equal(t, "10", text(byName["SRC_CODE"]["FIELD_LEN"]))
	require.Equal(t, true, byName["SRC_CODE"]["INP_MAND"])
	require.Equal(t, "!", byName["SRC_CODE"]["FLD_FMT"])
	require.Equal(t, "T", byName["CNG_DATE"]["FIELD_TYPE"])
	require.Equal(t, true, byName["CNG_DATE"]["COM_BLK"])
	require.Equal(t, "LEDGER", byName["ACCT_NR"]["PKY_TBL"])
	require.Equal(t, "8", text(byName["ACCT_BAL"]["FIELD_LEN"]))

	files := f.system("BusinessObject", "dbf", "PageSize", "1000",
		"Fields", "dct_file.obj_code,dct_file.dbf_name,dct_file.dbf_desc,dct_file.tbl_child,dct_file.no_insert,dct_file.no_update,dct_file.no_xml_upd").ok(t, "DCT_FILE")
	objects := map[string]any{}
	for _, r := range files {
		objects[text(r["DBF_NAME"])] = r["OBJ_CODE"]
	}
	require.Equal(t, "SO1", objects["SO_HDR"])
	require.Equal(t, "AR1", objects["ACCT_REC"])
	require.NotEmpty(t, f.system("BusinessObject", "ADL").ok(t, "ADM_LIST"))
	f.system("BusinessObject", "AR1").refused(t, 400, "AR1")
}

func TestBusinessObjects_TellWhatIsAllowed(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	a, err := f.send(http.MethodGet, "/API/v3/AccountViewSystemBusinessObjects", "")
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, a.status)
	require.Contains(t, a.raw, `{"Code":"AR1","Description":"Debiteuren","InsertAllowed":true,"UpdateAllowed":true,"DeleteAllowed":false}`)
	require.Contains(t, a.raw, `{"Code":"SO1","Description":"Verkooporders","InsertAllowed":true,"UpdateAllowed":false,"DeleteAllowed":false}`)
}

func TestCompanies_IsAListAndNeedsNoCompanyHeader(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	f.company = ""
	for _, path := range []string{"/api/v3/companies", "/API/V3/Companies"} {
		a, err := f.send(http.MethodGet, path, "")
		require.NoError(t, err)
		require.JSONEq(t, `[{"Id":"`+f.server.Ready().CompanyID+`","Description":"De Kookwinkel","Code":"DEMO"}]`, a.raw)
	}
}

func TestUnknownAddressAndMethodAreRefused(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	a, err := f.send(http.MethodGet, "/api/v3/nothing", "")
	require.NoError(t, err)
	a.refused(t, 404, "adres")
	a, err = f.send(http.MethodDelete, "/api/v3/accountviewdata?BusinessObject=AR1", "")
	require.NoError(t, err)
	a.refused(t, 405, "methode")
	require.Equal(t, "GET, POST, PUT", a.header.Get("Allow"))
}
