package accountview

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// byObject answers each object with its own body.
func byObject(bodies map[string]string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		reply(w, 200, bodies[r.URL.Query().Get("BusinessObject")])
	}
}

func TestFindOrders_ComparesExactlyWhatTheFilterMatchedLoosely(t *testing.T) {
	t.Parallel()
	f := newFake(t, byObject(map[string]string{
		"SO1": `{"SO_HDR":[{"ORD_NR":"1","COMMENT1":"2026.12"},{"ORD_NR":"2","COMMENT1":"2026.123 "},{"ORD_NR":"3","COMMENT1":"2026.1"}]}`,
		"ALH": `{"HST_AL":[
			{"REC_ID":"a","HST_AH.ORD_NR":"9","HST_AH.COMMENT1":"2026.12"},{"REC_ID":"b","HST_AH.ORD_NR":"9","HST_AH.COMMENT1":"2026.12"},
			{"REC_ID":"c","HST_AH.ORD_NR":"8","HST_AH.COMMENT1":"2026.129"}]}`,
	}))
	b := f.books(t)

	open, err := b.FindOrders(context.Background(), "2026.12", connectors.OpenOrdersOnly)
	require.NoError(t, err)
	require.Equal(t, []connectors.OrderRecord{{ID: "1", Reference: "2026.12"}}, open)
	require.Len(t, f.calls("accountviewdata"), 1)
	require.Equal(t, []string{"COMMENT1"}, f.calls("accountviewdata")[0].query["FilterControlSource1"])
	require.Equal(t, []string{"2026.12"}, f.calls("accountviewdata")[0].query["FilterValue1"])

	all, err := b.FindOrders(context.Background(), " 2026.12", connectors.WithHistory)
	require.NoError(t, err)
	require.Equal(t, []connectors.OrderRecord{{ID: "1", Reference: "2026.12"}, {ID: "9", Reference: "2026.12"}}, all)
}

func TestFindOrders_WithoutAReferenceIsRefused(t *testing.T) {
	t.Parallel()
	f := newFake(t, always(200, `{}`))
	_, err := f.books(t).FindOrders(context.Background(), " ", connectors.OpenOrdersOnly)
	requireFault(t, err, fault.Invalid, "reference_required")
	require.Empty(t, f.asked)
}

func TestFindOrders_RowsThatHideTheReferenceAreNoProofOfAbsence(t *testing.T) {
	t.Parallel()
	f := newFake(t, always(200, `{"SO_HDR":[{"ORD_NR":"1"}]}`))
	_, err := f.books(t).FindOrders(context.Background(), "2026.1", connectors.OpenOrdersOnly)
	requireFault(t, err, fault.Misconfigured, "column_missing")
}

func TestFindCustomers_GivesBlockedAndAllColumnsTyped(t *testing.T) {
	t.Parallel()
	f := newFake(t, canned(t, "debtors.json"))
	b := f.books(t)

	found, err := b.FindCustomers(context.Background(), connectors.ByEmail, "Info@Bakkerij.example")
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Equal(t, "10001", found[0].Number)
	require.Equal(t, "04711", found[0].ExternalNumber)
	require.True(t, found[0].Blocked)
	fields := domain.Draft{Fields: found[0].Fields}
	for name, want := range map[string]domain.Value{
		"ACCT_NAME": domain.TextValue("Bakkerij Ümit & Zoon"),
		"BLK_SP":    domain.BoolValue(true),
		"CRED_LIM":  number("", "500").Value,
		"SALE_AMT":  number("", "1234.5678").Value,
		"VAT_DATE":  domain.DateValue(domain.Date{}),
		"CNG_DATE":  day("", "2026-03-01").Value,
		"K1_EIGEN":  domain.TextValue("maatwerk"),
	} {
		got, given := fields.Get(name)
		require.True(t, given, name)
		require.True(t, want.Equal(got), "%s is %+v", name, got)
	}
	_, given := fields.Get("CONTACT_ID")
	require.False(t, given)

	query := f.calls("accountviewdata")[0].query
	require.Equal(t, []string{"true"}, query["MatchAnyFilter"])
	require.Equal(t, []string{"Info@Bakkerij.example"}, query["FilterValue1"])
	require.Equal(t, []string{"info@bakkerij.example"}, query["FilterValue3"])
}

func TestFindCustomers_LooksUpByTheColumnOfEachKey(t *testing.T) {
	t.Parallel()
	for by, column := range map[connectors.CustomerKey]string{
		connectors.ByNumber: "SUB_NR", connectors.ByExternalNumber: "DEB_NR", connectors.ByVATNumber: "VAT_NR", connectors.ByEmail: "MAIL_BUS",
	} {
		f := newFake(t, always(404, ``))
		found, err := f.books(t).FindCustomers(context.Background(), by, "123")
		require.NoError(t, err)
		require.Empty(t, found)
		require.Equal(t, []string{column}, f.calls("accountviewdata")[0].query["FilterControlSource1"])
	}
}

func TestFindCustomers_ABlankKeyFindsNothingAndAnUnknownOneIsAnError(t *testing.T) {
	t.Parallel()
	f := newFake(t, always(200, `{}`))
	found, err := f.books(t).FindCustomers(context.Background(), connectors.ByEmail, "  ")
	require.NoError(t, err)
	require.Empty(t, found)
	found, err = f.books(t).FindCustomers(context.Background(), connectors.ByVATNumber, "-")
	require.NoError(t, err)
	require.Empty(t, found)
	_, err = f.books(t).FindCustomers(context.Background(), "shoe_size", "44")
	require.Error(t, err)
	require.Empty(t, f.asked)
}

func TestFindCustomers_AVATNumberIsTheSameHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	f := newFake(t, byObject(map[string]string{
		"AR1": `{"CONTACT":[{"SUB_NR":"10001","VAT_NR":"BE 0123.456.749"},{"SUB_NR":"10002","VAT_NR":"BE0123456749"},{"SUB_NR":"10003","VAT_NR":"BE01234567490"}]}`,
	}))
	found, err := f.books(t).FindCustomers(context.Background(), connectors.ByVATNumber, "be 0123.456.749")
	require.NoError(t, err)
	require.Len(t, found, 2)
	query := f.calls("accountviewdata")[0].query
	var asked []string
	for _, name := range []string{"FilterValue1", "FilterValue2", "FilterValue3"} {
		asked = append(asked, query[name]...)
	}
	require.Contains(t, asked, "BE0123456749", "as the default mapping writes it")
}

func TestWrittenSince_AsksInTheTimeOfTheBooks(t *testing.T) {
	t.Parallel()
	since := time.Date(2026, 7, 1, 10, 0, 0, 0, time.UTC)
	f := newFake(t, byObject(map[string]string{
		"SO1": `{"SO_HDR":[{"ORD_NR":"1","COMMENT1":"2026.12"},{"ORD_NR":"2","COMMENT1":""}]}`,
		"AR1": `{"CONTACT":[{"SUB_NR":"10001","DEB_NR":"4711","BLK_SP":false,"REC_BLK":false},{"SUB_NR":"10002","DEB_NR":"  "}]}`,
	}))
	b := f.books(t)
	orders, err := b.OrdersWrittenSince(context.Background(), since)
	require.NoError(t, err)
	require.Equal(t, []connectors.OrderRecord{{ID: "1", Reference: "2026.12"}, {ID: "2"}}, orders)
	customers, err := b.CustomersWrittenSince(context.Background(), since)
	require.NoError(t, err)
	require.Len(t, customers, 1)
	require.Equal(t, "4711", customers[0].ExternalNumber)
	for _, call := range f.calls("accountviewdata") {
		require.Equal(t, []string{"CNG_DATE"}, call.query["FilterControlSource1"])
		require.Equal(t, []string{"DateOnOrAfterDate"}, call.query["FilterOperator1"])
		require.Equal(t, []string{"T"}, call.query["FilterValueType1"])
		require.Equal(t, []string{"{^2026-07-01 12:00:00}"}, call.query["FilterValue1"])
	}
}

func TestAddresses_AreThoseOfTheDebtorOnly(t *testing.T) {
	t.Parallel()
	f := newFake(t, always(200, `{"DEL_ADDR":[
		{"REC_ID":"7","SUB_NR":"10001","DEL_NAME":"Magazijn ","ADDRESS1":"Kade 1","POST_CODE":"1011 AB","CITY":"Amsterdam","CNT_CODE":"NL"},
		{"REC_ID":"8","SUB_NR":"100012","DEL_NAME":"Ander","ADDRESS1":"Kade 2","POST_CODE":"1011 AC","CITY":"Amsterdam","CNT_CODE":"NL"}]}`))
	found, err := f.books(t).Addresses(context.Background(), "10001")
	require.NoError(t, err)
	require.Equal(t, []connectors.AddressRecord{{Code: "7", Address: domain.Address{Name: "Magazijn", Street: "Kade 1", Postcode: "1011 AB", City: "Amsterdam", Country: "NL"}}}, found)

	none, err := f.books(t).Addresses(context.Background(), "")
	require.NoError(t, err)
	require.Empty(t, none)
}

func TestMissingProducts_AsksInBatchesAndComparesWithoutCase(t *testing.T) {
	t.Parallel()
	f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		rows := []map[string]string{}
		for i := 1; i <= 2; i++ {
			value := q.Get("FilterValue" + string(rune('0'+i)))
			if strings.HasPrefix(value, "1") { // FoxPro: the beginning is enough
				rows = append(rows, map[string]string{"ART_CODE": value}, map[string]string{"ART_CODE": value + "9"})
			}
			if value == "ABC" {
				rows = append(rows, map[string]string{"ART_CODE": "ABC   "})
			}
		}
		require.Empty(t, q.Get("FilterValue3"))
		_ = json.NewEncoder(w).Encode(map[string]any{"ARTICLE": rows})
	})
	b := f.books(t, func(s *Settings) { s.FiltersPerCall = 2 })

	missing, err := b.MissingProducts(context.Background(), []string{"101", "abc", "0101", "101", " ", "zzz", "ABC"})
	require.NoError(t, err)
	require.Equal(t, []string{"0101", "zzz"}, missing)

	none, err := b.MissingProducts(context.Background(), nil)
	require.NoError(t, err)
	require.Empty(t, none)
}

func TestMissingProducts_ASettingSendsAList(t *testing.T) {
	t.Parallel()
	f := newFake(t, always(200, `{"ARTICLE":[{"ART_CODE":"1"}]}`))
	missing, err := f.books(t, func(s *Settings) { s.ListFilters = true }).MissingProducts(context.Background(), []string{"1", "2"})
	require.NoError(t, err)
	require.Equal(t, []string{"2"}, missing)
	query := f.calls("accountviewdata")[0].query
	require.Equal(t, []string{"1,2"}, query["FilterValue1"])
	require.Equal(t, []string{"true"}, query["FilterIsListOfValues1"])
}

func TestCreateAddress_GivesItsCode(t *testing.T) {
	t.Parallel()
	f := newFake(t, always(200, `{"DEL_ADDR":[{"REC_ID":"42"}]}`))
	b := f.books(t)
	draft := domain.Draft{Entity: domain.EntityDeliveryAddress, Key: "10001", Fields: []domain.Field{
		text("SUB_NR", "10001"), text("DEL_NAME", "Magazijn"), text("ADDRESS1", "Kade 1"), text("POST_CODE", "1011 AB"), text("CITY", "Amsterdam"),
	}}
	record, err := b.CreateAddress(context.Background(), draft)
	require.NoError(t, err)
	require.Equal(t, "42", record.Code)

	draft.Fields = draft.Fields[1:]
	_, err = b.CreateAddress(context.Background(), draft)
	require.Contains(t, requireFault(t, err, fault.Invalid, "field_rules").Op, "SUB_NR: is required")
	require.Len(t, f.calls("accountviewdata"), 1)
}
