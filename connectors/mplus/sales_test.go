package mplus

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// bon is a small receipt of workplace 1 in branch 2.
func bon(id string, marker, number int) string {
	return fmt.Sprintf(`<ns:receipt><ns:receiptId>%s</ns:receiptId><ns:syncMarker>%d</ns:syncMarker>`+
		`<ns:receiptNumber><ns:branchNumber>2</ns:branchNumber><ns:workplaceNumber>1</ns:workplaceNumber><ns:year>2026</ns:year><ns:number>%d</ns:number></ns:receiptNumber>`+
		`<ns:receiptType>RECEIPT-TYPE-RECEIPT</ns:receiptType><ns:financialBranchNumber>2</ns:financialBranchNumber><ns:vatMethod>VAT-METHOD-INCLUSIVE</ns:vatMethod></ns:receipt>`, id, marker, number)
}

func TestReceipts_AreReadByTheirOwnMarkerWithTheOrdersTheyBelongTo(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getReceipts", sales("Receipts", bon("b", 9, 31), bon("a", 5, 30)))
	page, err := till.client(t).Sales(domain.SourceReceipt).OrdersAfter(t.Context(), 4, 25)
	require.NoError(t, err)
	require.Equal(t, int64(9), page.Marker)
	require.Equal(t, []string{"receipt-a", "receipt-b"}, ids(page.Orders))
	require.Equal(t, "B2-1-2026.30", page.Orders[0].Order.Number)
	require.Contains(t, till.request(0), "<ns:syncMarker>5</ns:syncMarker><ns:syncMarkerLimit>25</ns:syncMarkerLimit>")
	require.Contains(t, till.request(0), "<ns:includeOrderReferences>true</ns:includeOrderReferences>")
}

func TestReceipts_OfOtherBranchesAreLeafedOver(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getReceipts", sales("Receipts", bon("a", 5, 30)), sales("Receipts"))
	page, err := till.client(t, func(s *Settings) { s.Branches = []int{1} }).Sales(domain.SourceReceipt).OrdersAfter(t.Context(), 4, 25)
	require.NoError(t, err)
	require.Empty(t, page.Orders)
	require.Equal(t, int64(5), page.Marker)
}

func TestInvoices_AreNeverFinalizedByReading(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getInvoices", sales("Invoices"))
	_, err := till.client(t).Sales(domain.SourceInvoice).OrdersAfter(t.Context(), 4, 25)
	require.NoError(t, err)
	require.NotContains(t, till.request(0), "finalize")
}

// The till has no filter for the number of a receipt: its branch's year is leafed through.
func TestOrdersByNumber_FindsAReceiptAmongThoseOfItsBranch(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getReceipts", sales("Receipts", bon("a", 5, 30)), sales("Receipts", bon("b", 9, 31), bon("c", 10, 32)), sales("Receipts", bon("b", 9, 31)))
	found, err := till.client(t).OrdersByNumber(t.Context(), []string{"B2-1-2026.31"})
	require.NoError(t, err)
	require.Equal(t, []string{"receipt-b"}, ids(found))
	require.Contains(t, till.request(0), "<ns:branchNumbers>2</ns:branchNumbers>")
	require.Contains(t, till.request(0), "<ns:includeLineList>false</ns:includeLineList>")
	require.Contains(t, till.request(1), "<ns:syncMarker>6</ns:syncMarker>")
	require.Contains(t, till.request(2), "<ns:receiptIds>b</ns:receiptIds>", "it is read whole by its id")
	require.NotContains(t, till.request(2), "includeLineList")
}

func TestOrdersByNumber_AReceiptThatIsNotThereIsNotInTheAnswer(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getReceipts", sales("Receipts", bon("a", 5, 30)), sales("Receipts"))
	found, err := till.client(t).OrdersByNumber(t.Context(), []string{"B2-1-2026.31"})
	require.NoError(t, err)
	require.Empty(t, found)
}

func TestOrdersByNumber_KnowsWhichKindANumberIsOf(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getOrders", orders(sale("a", 12, 0)))
	till.on("getReceipts", sales("Receipts", bon("b", 9, 31)))
	till.on("getInvoices", sales("Invoices", strings.ReplaceAll(read(t, "testdata/invoices/invoice-credit.xml"), ">13<", ">12<")))
	found, err := till.client(t).OrdersByNumber(t.Context(), []string{"F2026.12", "2026.12", "receipt-b", "2026.12"})
	require.NoError(t, err)
	numbers := []string{}
	for _, f := range found {
		numbers = append(numbers, f.Order.Number)
	}
	require.Equal(t, []string{"2026.12", "F2026.12", "B2-1-2026.31"}, numbers)
}

func TestSaleNumber_WhatIsNoNumberIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "F", "F2026", "B2026.1", "B1-2026.1", "B-1-2026.1", "B01-1-2026.1", "B1-1-1-2026.1", "f2026.1", "receipt-", "receipt-a b", "order-a"} {
		_, err := parseSaleNumber(text)
		require.True(t, fault.Is(err, fault.Invalid), text)
	}
}

func TestCurrentMarker_IsThatOfTheKind(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getCurrentSyncMarkersV2", enveloped("<ns:GetCurrentSyncMarkersV2Response><ns:receiptSyncMarker>7</ns:receiptSyncMarker></ns:GetCurrentSyncMarkersV2Response>"))
	marker, err := till.client(t).Sales(domain.SourceReceipt).CurrentMarker(t.Context())
	require.NoError(t, err)
	require.Equal(t, int64(7), marker)
	require.Contains(t, till.request(0), "<ns:includeReceiptSyncMarker>true")
	_, err = till.client(t).Sales(domain.SourceInvoice).CurrentMarker(t.Context())
	require.True(t, fault.Is(err, fault.Unavailable), "silence is not 0")
}

func TestStates_OfOrdersReceiptsAndInvoices(t *testing.T) {
	t.Parallel()
	r := &reading{}
	require.Equal(t, "partial_delivery_pending", r.state("s", "ORDER-COMPLETE-STATE-PARTIAL-DELIVERY-PENDING", "ORDER-COMPLETE-STATE-"))
	require.Empty(t, r.state("s", "", "ORDER-COMPLETE-STATE-"))
	for state, paid := range map[wireEnum]bool{"INVOICE-STATE-PAID": true, "RECEIPT-STATE-HANDLED": true, "RECEIPT-STATE-PARTLY-PAID": false, "INVOICE-STATE-OUTSTANDING-CREDIT": false} {
		require.Equal(t, paid, r.fullyPaid(wireSale{kind: domain.SourceInvoice, State: state}), state)
	}
	require.True(t, r.fullyPaid(wireSale{kind: domain.SourceReceipt, PaidAmount: "5", TotalInclAmount: "5"}), "a till that gives no state")
	require.NoError(t, r.err())
	r.fullyPaid(wireSale{kind: domain.SourceReceipt, State: "RECEIPT-STATE-NEW"})
	r.state("s", "NOTHING", "ORDER-COMPLETE-STATE-")
	require.Len(t, r.problems, 2, "what is not known is not guessed")
}

func TestCashMovements_AreNoSale(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"receipt-cash-inflow", "receipt-cash-outflow"} {
		till := newFakeTill(t)
		till.on("getReceipts", sales("Receipts", read(t, "testdata/receipts/"+path+".xml")))
		page, err := till.client(t).Sales(domain.SourceReceipt).OrdersAfter(t.Context(), 0, 1)
		require.NoError(t, err)
		require.True(t, page.Orders[0].Order.MovesCash(), path)
	}
}

func TestTakesOrder_HoldsForOrdersOfOurTypesAndBranches(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getOrders", orders(sale("a", 5, 0)))
	for id, branches := range map[domain.OrderID][]int{"a": nil, "b": nil, "c": {2}} {
		takes, err := till.client(t, func(s *Settings) { s.Branches = branches }).TakesOrder(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, id == "a", takes, id)
	}
	require.Contains(t, till.request(0), "<ns:orderIds>")
	require.Contains(t, till.request(0), "<ns:orderType>ORDER-TYPE-SALES-ORDER</ns:orderType>")
	takes, err := till.client(t, func(s *Settings) { s.Branches = []int{2} }).TakesOrder(t.Context(), "a")
	require.NoError(t, err)
	require.False(t, takes)
}

func TestMarkers_OfAllKindsCostOneCall(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getCurrentSyncMarkersV2", enveloped("<ns:GetCurrentSyncMarkersV2Response><ns:invoiceSyncMarker>3</ns:invoiceSyncMarker><ns:receiptSyncMarker>7</ns:receiptSyncMarker></ns:GetCurrentSyncMarkersV2Response>"))
	markers, err := till.client(t).Markers(t.Context())
	require.NoError(t, err)
	require.Equal(t, map[domain.SourceKind]int64{domain.SourceReceipt: 7, domain.SourceInvoice: 3}, markers)
	require.Len(t, till.operations(), 1)
}
