package mplus

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

func TestSetUp_IsReadInPlainWords(t *testing.T) {
	t.Parallel()
	c := newFakeTill(t).client(t)

	branches, err := c.Branches(t.Context())
	require.NoError(t, err)
	require.Equal(t, []Branch{
		{Number: "1", Name: "Emmeloord", Country: "NLD", Workplaces: []Workplace{{Number: "1", Name: "Kassa 1"}}},
		{Number: "2", Name: "Urk", Country: "NLD"},
	}, branches)

	rates, err := c.VATGroups(t.Context())
	require.NoError(t, err)
	require.Len(t, rates, 3)
	require.True(t, rates[1].Percent.Equal(decimal.NewFromInt(21)))
	require.Equal(t, "2", rates[1].Code)
	require.Equal(t, "1500", rates[1].Ledger)

	methods, err := c.PaymentMethods(t.Context())
	require.NoError(t, err)
	require.Equal(t, []Method{
		{Key: "PIN", Description: "Pinnen", Active: true, Ledger: "1010"}, {Key: "REKENING", Description: "Op rekening"},
	}, methods)

	methods, err = c.DeliveryMethods(t.Context())
	require.NoError(t, err)
	require.Equal(t, []Method{
		{Key: "AFHALEN", Description: "Afhalen in de winkel", Active: true}, {Key: "BEZORGEN", Description: "Bezorgen", Active: true},
	}, methods)

	employees, err := c.Employees(t.Context())
	require.NoError(t, err)
	require.Equal(t, []Employee{{"14", "K. Assa", true}, {"15", "O. Udgediende", false}}, employees)

	customer, err := c.CustomerByID(t.Context(), "1201")
	require.NoError(t, err)
	require.Equal(t, domain.Customer{ID: "1201", Name: "J. de Vries-Bakker", Email: "j.devries@example.test"}, customer)
}

func TestGroups_AreReadInPlainWords(t *testing.T) {
	t.Parallel()
	c := newFakeTill(t).client(t)

	prices, err := c.PriceGroups(t.Context())
	require.NoError(t, err)
	require.Equal(t, []Group{{Number: "1", Name: "Zakelijk"}, {Number: "4"}}, prices)

	steps, err := c.OrderCategories(t.Context())
	require.NoError(t, err)
	require.Equal(t, []Group{{Number: "1", Name: "Nieuw"}, {Number: "2", Name: "Verwerkt"}}, steps)

	turnover, err := c.TurnoverGroups(t.Context())
	require.NoError(t, err)
	require.Equal(t, []Group{
		{Number: "10", Name: "Omzet keuken", Ledger: "8010", Type: "TURNOVER-GROUP-TYPE-TURNOVER"},
		{Number: "900", Name: "Vraagposten", Type: "TURNOVER-GROUP-TYPE-SUSPENSE"},
	}, turnover)

	tree, err := c.ArticleGroups(t.Context())
	require.NoError(t, err)
	require.Equal(t, []ArticleGroup{
		{Number: "10", Name: "Keuken"}, {Number: "11", Name: "Pannen", Parent: "10"}, {Number: "20", Name: "Oud", Deleted: true},
	}, tree)

	fields, err := c.CustomFields(t.Context())
	require.NoError(t, err)
	require.Equal(t, []CustomField{
		{Of: "relation", Name: "debiteurnummer", Type: "DATA-TYPE-INT", Required: true},
		{Of: "article", Name: "herkomst", Type: "DATA-TYPE-STRING"},
	}, fields)
}

func TestArticleGroups_ABottomlessTreeIsNotUnderstood(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	deep := "<ns:subGroupList></ns:subGroupList>"
	for range 40 {
		deep = "<ns:subGroupList><ns:articleGroups><ns:groupNumber>1</ns:groupNumber>" + deep + "</ns:articleGroups></ns:subGroupList>"
	}
	list := "<ns:articleGroupList>" + strings.TrimSuffix(strings.TrimPrefix(deep, "<ns:subGroupList>"), "</ns:subGroupList>") + "</ns:articleGroupList>"
	till.on("getArticleGroups", enveloped("<ns:GetArticleGroupsResponse>"+list+"</ns:GetArticleGroupsResponse>"))
	_, err := till.client(t).ArticleGroups(t.Context())
	require.True(t, fault.Is(err, fault.Unavailable), "%v", err)
}

func TestArticles_AreAskedByNumberAndChange(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	c := till.client(t)
	articles, err := c.Articles(t.Context(), ArticleQuery{SKUs: []string{"1004711"}, ChangedSince: time.Date(2026, 7, 1, 10, 30, 5, 0, time.UTC)})
	require.NoError(t, err)
	require.Equal(t, "1004711", articles[0].SKU)
	require.Equal(t, "8.95", articles[0].PriceIncl.String())
	require.True(t, articles[0].Active && articles[0].Stocked)
	require.Equal(t, "Appelboor", articles[1].Description, "the product's own words when the article has none")
	require.False(t, articles[1].Active)
	require.Contains(t, till.request(0), "<ns:sec>5</ns:sec><ns:min>30</ns:min><ns:hour>12</ns:hour><ns:day>1</ns:day><ns:mon>7</ns:mon>"+
		"<ns:year>2026</ns:year><ns:isdst>true</ns:isdst><ns:timezone>120</ns:timezone>")

	for _, sku := range []string{"AB-1", "007", "", "-1", "99999999999999999999"} {
		_, err = c.Articles(t.Context(), ArticleQuery{SKUs: []string{sku}})
		require.True(t, fault.Is(err, fault.Invalid), sku)
	}
}

func TestMarkers_SilenceAboutOrdersIsNotTheBeginning(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	c := till.client(t)
	head, err := c.CurrentMarker(t.Context())
	require.NoError(t, err)
	require.Equal(t, int64(44), head)
	require.Contains(t, till.request(0), "<ns:request><ns:includeOrderSyncMarker>true</ns:includeOrderSyncMarker></ns:request>")

	all, err := c.CurrentMarkers(t.Context())
	require.NoError(t, err)
	require.Equal(t, Markers{Orders: 44, Relations: 88, Articles: 310, ArticleGroups: 21, Employees: 4, Receipts: 90210, Invoices: 12, Stock: 90017}, all)

	till.on("getCurrentSyncMarkersV2", enveloped("<ns:GetCurrentSyncMarkersV2Response></ns:GetCurrentSyncMarkersV2Response>"))
	_, err = c.CurrentMarker(t.Context())
	require.True(t, fault.Is(err, fault.Unavailable))
}

func TestVersion_ProtocolIsAConditionReleaseAWarning(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	c := till.client(t)
	now := read(t, "testdata/answers/getApiVersion.xml")

	v, err := c.Version(t.Context())
	require.NoError(t, err)
	require.Equal(t, Version{Protocol: "1.0.0", Release: "67.1.3"}, v)

	till.on("getApiVersion", enveloped(strings.ReplaceAll(now, "<ns:serviceMajorNumber>67<", "<ns:serviceMajorNumber>66<")))
	v, err = c.Version(t.Context())
	require.NoError(t, err)
	require.Contains(t, v.Warning, "66.1.3")

	till.on("getApiVersion", enveloped("<ns:getApiVersionResponse><ns:majorNumber>1</ns:majorNumber></ns:getApiVersionResponse>"))
	v, err = c.Version(t.Context())
	require.NoError(t, err)
	require.Equal(t, Version{Protocol: "1.0.0"}, v)

	till.on("getApiVersion", enveloped(strings.ReplaceAll(now, "<ns:majorNumber>1<", "<ns:majorNumber>2<")))
	_, err = c.Version(t.Context())
	require.True(t, fault.Is(err, fault.Misconfigured))

	till.on("getApiVersion", enveloped(strings.ReplaceAll(now, "<ns:majorNumber>1<", "<ns:majorNumber>one<")))
	_, err = c.Version(t.Context())
	require.True(t, fault.Is(err, fault.Unavailable))
}

func TestPercentScale_SettingsSpareTheCallAndDoubtStopsAll(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getOrders", orders(read(t, "testdata/orders/shifted-to-belgium.xml")))
	till.on("getVatGroupList", enveloped("<ns:getVatGroupListResponse></ns:getVatGroupListResponse>"))

	_, err := till.client(t).OrdersAfter(t.Context(), 0, 10)
	f, ok := fault.As(err)
	require.True(t, ok)
	require.Equal(t, "Misconfigured: percent_scale_unclear (mplus getVatGroupList)", f.Error())

	for setting, want := range map[PercentScale]string{ScaleHundredths: "21", ScaleWhole: "2100"} {
		fixed := newFakeTill(t)
		fixed.on("getOrders", orders(read(t, "testdata/orders/consumer-two-rates.xml")))
		page, err := fixed.client(t, func(s *Settings) { s.PercentScale = setting }).OrdersAfter(t.Context(), 0, 10)
		require.NoError(t, err)
		require.Equal(t, want, page.Orders[0].Order.Lines[0].VATPercent.String())
		require.NotContains(t, fixed.operations(), "getVatGroupList")
	}
}

func TestPercentScale_AFailedLookIsNotRemembered(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	good := enveloped(read(t, "testdata/answers/getVatGroupList.xml"))
	till.on("getOrders", orders(sale("a", 5, 0)))
	till.on("getVatGroupList", reply{502, "<html>"}, good)
	c := till.client(t)
	_, err := c.OrdersAfter(t.Context(), 0, 10)
	require.True(t, fault.Is(err, fault.Unavailable))
	page, err := c.OrdersAfter(t.Context(), 0, 10)
	require.NoError(t, err)
	require.Len(t, page.Orders, 1)
}
