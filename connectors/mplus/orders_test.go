package mplus

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

func ids(page []connectors.SourceOrder) []string {
	found := []string{}
	for _, o := range page {
		found = append(found, string(o.Order.ID))
	}
	return found
}

func TestOrdersAfter_NothingNewCostsOneRead(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getOrders", orders())
	page, err := till.client(t).OrdersAfter(t.Context(), 41, 25)
	require.NoError(t, err)
	require.Equal(t, connectors.OrderPage{Marker: 41}, page)
	require.Equal(t, []string{"getOrders"}, till.operations())
	require.Contains(t, till.request(0), "<ns:syncMarker>42</ns:syncMarker><ns:syncMarkerLimit>25</ns:syncMarkerLimit>")
	require.Contains(t, till.request(0), "<ns:articlePluNumbers></ns:articlePluNumbers><ns:articleBarcodes></ns:articleBarcodes>")
	require.Contains(t, till.request(0), "<ns:orderType>ORDER-TYPE-EXTERNAL-SALES-ORDER</ns:orderType>")
	require.NotContains(t, till.request(0), "branchNumbers")
}

func TestOrdersAfter_TakesTheHighestMarkerNotTheLast(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getOrders", orders(sale("a", 5, 0), sale("b", 9, 0), sale("c", 7, 0)))
	page, err := till.client(t).OrdersAfter(t.Context(), 4, 10)
	require.NoError(t, err)
	require.Equal(t, int64(9), page.Marker)
	require.ElementsMatch(t, []string{"a", "b", "c"}, ids(page.Orders))
}

func TestOrdersAfter_ReadsTheCustomersOfAPageInOneCall(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getOrders", orders(sale("a", 5, 1201), sale("b", 6, 88), sale("c", 7, 1201), sale("d", 8, 0), sale("e", 9, 555)), orders(sale("f", 10, 0)))
	c := till.client(t)
	page, err := c.OrdersAfter(t.Context(), 4, 10)
	require.NoError(t, err)
	require.Equal(t, []string{"getOrders", "getApiVersion", "getVatGroupList", "getRelations"}, till.operations())
	require.Contains(t, till.request(3), "<ns:relationNumbers>88</ns:relationNumbers><ns:relationNumbers>555</ns:relationNumbers><ns:relationNumbers>1201</ns:relationNumbers></ns:request>")

	byID := map[domain.OrderID]domain.Customer{}
	for _, o := range page.Orders {
		byID[o.Order.ID] = o.Order.Customer
	}
	require.Equal(t, "j.devries@example.test", byID["a"].Email)
	require.Equal(t, byID["a"], byID["c"])
	require.Equal(t, "Bouwbedrijf Ten Have BV", byID["b"].Company)
	require.False(t, byID["d"].Known())
	require.Equal(t, domain.Customer{ID: "555", Name: "Own name"}, byID["e"], "a relation that the till does not give")

	_, err = c.OrdersAfter(t.Context(), 9, 10)
	require.NoError(t, err)
	require.Equal(t, []string{"getOrders", "getApiVersion", "getVatGroupList", "getRelations", "getOrders"}, till.operations(),
		"the percentages are calibrated once and nobody is looked up for nobody")
}

func TestOrdersAfter_ARepeatedPageIsNotTheEnd(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getOrders", orders(sale("a", 5, 0), sale("b", 6, 0)), orders(sale("c", 7, 0)))
	page, err := till.client(t).OrdersAfter(t.Context(), 6, 10)
	require.NoError(t, err)
	require.Equal(t, []string{"c"}, ids(page.Orders))
	require.Equal(t, int64(7), page.Marker)
}

func TestOrdersAfter_ATillThatOnlyRepeatsItselfEndsAsEmpty(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getOrders", orders(sale("a", 5, 0), sale("b", 6, 0)))
	page, err := till.client(t).OrdersAfter(t.Context(), 6, 10)
	require.NoError(t, err)
	require.Equal(t, connectors.OrderPage{Marker: 6}, page)
	require.Len(t, till.operations(), mostStalePages)
}

func TestOrdersAfter_DropsWhatIsNotNewBesideWhatIs(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getOrders", orders(sale("old", 6, 0), sale("new", 7, 0)))
	page, err := till.client(t).OrdersAfter(t.Context(), 6, 10)
	require.NoError(t, err)
	require.Equal(t, []string{"new"}, ids(page.Orders))
}

func TestOrdersAfter_AnOrderTwiceOnAPageIsTakenAtItsLatest(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getOrders", orders(sale("a", 9, 0), sale("b", 6, 0), sale("a", 5, 0)))
	page, err := till.client(t).OrdersAfter(t.Context(), 4, 10)
	require.NoError(t, err)
	require.Equal(t, []string{"b", "a"}, ids(page.Orders))
	require.Equal(t, int64(9), page.Orders[1].Order.Version.Marker)
}

func TestOrdersAfter_AnOverfullPageIsCutAtTheLowestMarkers(t *testing.T) {
	t.Parallel()
	for _, order := range []PageOrder{LowestFirst, AnyOrder} {
		till := newFakeTill(t)
		till.on("getOrders", orders(sale("d", 8, 0), sale("a", 5, 0), sale("c", 7, 0), sale("b", 6, 0)))
		page, err := till.client(t, func(s *Settings) { s.PageOrder = order }).OrdersAfter(t.Context(), 4, 3)
		require.NoError(t, err)
		require.Equal(t, []string{"a", "b", "c"}, ids(page.Orders))
		require.Equal(t, int64(7), page.Marker)
		require.Equal(t, order == LowestFirst, strings.Contains(till.request(0), "syncMarkerLimit"), "without order no limit is safe")
	}
}

func TestOrdersAfter_LeafsOverOtherBranches(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	elsewhere := strings.ReplaceAll(sale("x", 5, 0), "<ns:entryBranchNumber>1<", "<ns:entryBranchNumber>2<")
	table := strings.ReplaceAll(sale("y", 6, 0), "ORDER-TYPE-SALES-ORDER", "ORDER-TYPE-TABLE-ORDER")
	till.on("getOrders", orders(elsewhere, table), orders(sale("ours", 7, 0)), orders(strings.ReplaceAll(elsewhere, "Marker>5<", "Marker>8<")), orders())
	c := till.client(t, func(s *Settings) { s.Branches = []int{1, 3} })

	page, err := c.OrdersAfter(t.Context(), 4, 10)
	require.NoError(t, err)
	require.Equal(t, []string{"ours"}, ids(page.Orders))
	require.Equal(t, int64(7), page.Marker)

	page, err = c.OrdersAfter(t.Context(), 7, 10)
	require.NoError(t, err)
	require.Equal(t, connectors.OrderPage{Marker: 8}, page, "the end, and the marker has moved past what is not ours")
}

func TestOrdersAfter_OneUnreadableOrderStopsNobody(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]*strings.Replacer{
		"method":   strings.NewReplacer("VAT-METHOD-INCLUSIVE", "VAT-METHOD-LUNAR"),
		"number":   strings.NewReplacer("<ns:relationNumber>0<", "<ns:relationNumber>planted-name<"),
		"overflow": strings.NewReplacer("<ns:vatMethod>", "<ns:totalInclAmount>99999999999999999999</ns:totalInclAmount><ns:vatMethod>"),
		"date":     strings.NewReplacer("<ns:vatMethod>", "<ns:financialDate><ns:day>30</ns:day><ns:mon>2</ns:mon><ns:year>2026</ns:year></ns:financialDate><ns:vatMethod>"),
		"places": strings.NewReplacer("</ns:order>",
			"<ns:lineList><ns:line><ns:articleNumber>1</ns:articleNumber><ns:data><ns:quantity>1</ns:quantity><ns:decimalPlaces>400000000</ns:decimalPlaces></ns:data></ns:line></ns:lineList></ns:order>"),
		"line kind": strings.NewReplacer("</ns:order>",
			"<ns:lineList><ns:line><ns:articleNumber>1</ns:articleNumber><ns:lineKind>LINE-KIND-NEW</ns:lineKind></ns:line></ns:lineList></ns:order>"),
		"state": strings.NewReplacer("<ns:changeCounter>", "<ns:cancelState>MAYBE</ns:cancelState><ns:changeCounter>"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			till := newFakeTill(t)
			spoilt := spoil.Replace(sale("bad", 6, 0))
			require.NotEqual(t, sale("bad", 6, 0), spoilt)
			till.on("getOrders", orders(sale("good", 5, 0), spoilt, sale("fine", 7, 0)))
			page, err := till.client(t).OrdersAfter(t.Context(), 4, 10)
			require.NoError(t, err)
			require.Equal(t, []string{"good", "bad", "fine"}, ids(page.Orders))
			require.Equal(t, int64(7), page.Marker)
			require.NoError(t, page.Orders[0].Fault)
			require.NoError(t, page.Orders[2].Fault)

			bad := page.Orders[1]
			f, ok := fault.As(bad.Fault)
			require.True(t, ok)
			require.Equal(t, "Invalid: order_not_understood (mplus getOrders) [2026.6]", f.Error())
			require.NotEmpty(t, f.Detail())
			require.NotContains(t, f.Detail(), "planted")
			require.Equal(t, domain.Order{ID: "bad", Source: domain.SourceOrder, Number: "2026.6", Version: domain.OrderVersion{Marker: 6, Change: 2, Version: 1}}, bad.Order)
			require.Equal(t, spoilt, string(bad.Raw))
		})
	}
}

func TestOrdersAfter_AnOrderWithoutUsableIDGetsAStopgap(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"", "planted name, street 1", strings.Repeat("a", 101), "../../etc"} {
		till := newFakeTill(t)
		till.on("getOrders", orders(sale(id, 6, 0)))
		page, err := till.client(t).OrdersAfter(t.Context(), 4, 10)
		require.NoError(t, err)
		require.Equal(t, []string{"marker-6"}, ids(page.Orders))
		require.True(t, fault.Is(page.Orders[0].Fault, fault.Invalid))
	}
}

func TestOrdersAfter_AnOrderWithoutMarkerIsSeenButDoesNotLoop(t *testing.T) {
	t.Parallel()
	lost := strings.ReplaceAll(sale("lost", 6, 0), "<ns:syncMarker>6</ns:syncMarker>", "<ns:syncMarker>soon</ns:syncMarker>")
	till := newFakeTill(t)
	till.on("getOrders", orders(lost, sale("good", 7, 0)), orders(lost))
	c := till.client(t)

	page, err := c.OrdersAfter(t.Context(), 4, 10)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"good", "lost"}, ids(page.Orders))
	require.Equal(t, int64(7), page.Marker)

	_, err = c.OrdersAfter(t.Context(), 7, 10)
	f, ok := fault.As(err)
	require.True(t, ok)
	require.Equal(t, "order_without_marker", f.Code)
	require.Equal(t, fault.Unavailable, f.Kind)
}

func TestOrdersAfter_RefusesAMarkerThatCannotBeFollowed(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	for _, marker := range []int64{-1, math.MaxInt64} {
		_, err := till.client(t).OrdersAfter(t.Context(), marker, 10)
		require.True(t, fault.Is(err, fault.Misconfigured))
	}
	require.Empty(t, till.operations())
}

func TestOrdersByNumber_ReadsExactlyThose(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getOrders", orders(sale("a", 123, 1201), sale("b", 124, 0)))
	found, err := till.client(t).OrdersByNumber(t.Context(), []string{"2026.123", "2026.999", "2026.123"})
	require.NoError(t, err)
	require.Equal(t, []string{"a"}, ids(found), "a till that overlooks the filter gives all it has")
	require.Equal(t, "J. de Vries-Bakker", found[0].Order.Customer.Name)
	require.Equal(t, 1, strings.Count(till.request(0), "<ns:number>123</ns:number>"))
	require.Contains(t, till.request(0), "<ns:orderNumbers><ns:year>2026</ns:year><ns:number>999</ns:number></ns:orderNumbers>")
	require.NotContains(t, till.request(0), "syncMarker")
}

func TestOrdersByNumber_NoNumbersNoCall(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	found, err := till.client(t).OrdersByNumber(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, found)
	require.Empty(t, till.operations())
}

func TestOrdersByNumber_MalformedTextIsInvalidAndNotRepeated(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	for _, text := range []string{
		"", "2026", "2026.", ".123", "2026.0", "2026.0123", "02026.1", "26.123", "2026-123", "2026.1.2", " 2026.123", "2026.+1", "2026.1e3",
		"2026.99999999999999999999", "planted@example.test", "２０２６.1", "0026.1",
	} {
		_, err := till.client(t).OrdersByNumber(t.Context(), []string{"2026.1", text})
		f, ok := fault.As(err)
		require.True(t, ok, text)
		require.Equal(t, "Invalid: order_number_malformed (mplus getOrders)", f.Error())
	}
	require.Empty(t, till.operations())
}

func TestOrderByID_TellsFoundFromNotFound(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getOrder", enveloped("<ns:GetOrderResponse><ns:result>GET-ORDER-RESULT-OK</ns:result>"+sale("a", 5, 88)+"</ns:GetOrderResponse>"))
	till.on("findOrder", enveloped("<ns:GetOrderResponse><ns:result>GET-ORDER-RESULT-NOT-FOUND</ns:result></ns:GetOrderResponse>"))
	c := till.client(t)

	found, err := c.OrderByID(t.Context(), "a")
	require.NoError(t, err)
	require.Equal(t, domain.OrderID("a"), found.Order.ID)
	require.Equal(t, "88", string(found.Order.Customer.ID))

	_, err = c.OrderByExternalID(t.Context(), "web-1")
	require.True(t, fault.Is(err, fault.NotFound))

	till.on("getOrder", enveloped("<ns:GetOrderResponse><ns:result>GET-ORDER-RESULT-OK</ns:result></ns:GetOrderResponse>"))
	_, err = c.OrderByID(t.Context(), "a")
	require.True(t, fault.Is(err, fault.Unavailable), "found, but not there")
}

func TestOrdersAfter_HandsBackTheMarkerBeforeLeafingForEver(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	pages := make([]reply, 0, mostForeignPages+5)
	for i := range mostForeignPages + 5 {
		pages = append(pages, orders(strings.ReplaceAll(sale(fmt.Sprint("x", i), i+1, 0), "<ns:entryBranchNumber>1<", "<ns:entryBranchNumber>2<")))
	}
	till.on("getOrders", pages...)
	page, err := till.client(t, func(s *Settings) { s.Branches = []int{1} }).OrdersAfter(t.Context(), 0, 1)
	require.NoError(t, err)
	require.Equal(t, connectors.OrderPage{Marker: mostForeignPages}, page)
}
