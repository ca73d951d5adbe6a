package activities_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
)

func newKinds(t *testing.T, settings string) (*desk, *kinds) {
	t.Helper()
	d := newDesk(t)
	k := &kinds{books: d.books, pages: map[domain.SourceKind][]connectors.OrderPage{}}
	d.Connections = k
	d.apply(strings.Replace(document, "settle_time: 150ms", "settle_time: 150ms, "+settings, 1))
	return d, k
}

const allSources = "sources: [receipt, order, invoice]"

func markers(t *testing.T, d *desk) map[string]int64 {
	t.Helper()
	rows, err := db.Q.CursorList(context.Background(), d.pool, "shop")
	require.NoError(t, err)
	found := map[string]int64{}
	for _, row := range rows {
		found[row.Flow] = row.Marker
	}
	return found
}

func TestSources_EachKindIsReadFromAMarkerOfItsOwn(t *testing.T) {
	t.Parallel()
	d, k := newKinds(t, allSources)
	order := sale("2026.1", 40)
	order.Source = domain.SourceOrder
	k.tell(order, receiptOf("B1-1-2026.1", 3), receiptOf("B1-1-2026.2", 5))
	out, err := d.pull()
	require.NoError(t, err)
	require.Equal(t, 2, out.Stored, "a page of each kind")
	require.True(t, out.More)
	out, err = d.pull()
	require.NoError(t, err)
	require.Equal(t, 1, out.Stored)
	out, err = d.pull()
	require.NoError(t, err)
	require.False(t, out.More)
	require.Equal(t, map[string]int64{"orders": 40, "orders/receipt": 5, "orders/invoice": 0}, markers(t, d))
	require.Equal(t, []domain.SourceKind{domain.SourceOrder, domain.SourceInvoice, domain.SourceReceipt}, k.reads[:3],
		"an order is here before what belongs to it")
}

func TestSources_OnlyWhatTheDocumentTakesIsRead(t *testing.T) {
	t.Parallel()
	d, k := newKinds(t, "sources: [receipt]")
	k.tell(receiptOf("B1-1-2026.1", 3))
	_, err := d.pull()
	require.NoError(t, err)
	require.Equal(t, []domain.SourceKind{domain.SourceReceipt}, k.reads)
	require.Zero(t, k.looks)
}

func TestSources_ALookAtNothingNewCostsOneRead(t *testing.T) {
	t.Parallel()
	d, k := newKinds(t, allSources)
	k.heads = map[domain.SourceKind]int64{domain.SourceOrder: 0, domain.SourceReceipt: 3, domain.SourceInvoice: 0}
	k.tell(receiptOf("B1-1-2026.1", 3))
	_, err := d.pull()
	require.NoError(t, err)
	require.Equal(t, []domain.SourceKind{domain.SourceReceipt}, k.reads, "what did not move is not asked for")
	k.reads, k.looks = nil, 0
	out, err := d.pull()
	require.NoError(t, err)
	require.False(t, out.More)
	require.Empty(t, k.reads)
	require.Equal(t, 1, k.looks)
}

func TestSources_StartFromNowHoldsForEachKind(t *testing.T) {
	t.Parallel()
	d, k := newKinds(t, allSources+", start_from: now")
	k.heads = map[domain.SourceKind]int64{domain.SourceOrder: 40, domain.SourceReceipt: 5, domain.SourceInvoice: 2}
	k.tell(receiptOf("B1-1-2026.1", 3))
	out, err := d.pull()
	require.NoError(t, err)
	require.Zero(t, out.Stored)
	require.Equal(t, map[string]int64{"orders": 40, "orders/receipt": 5, "orders/invoice": 2}, markers(t, d))
}

func TestSources_ARunThatReadsOneKindKeepsOthersOut(t *testing.T) {
	t.Parallel()
	d, _ := newKinds(t, allSources)
	_, err := d.pool.Exec(context.Background(), `insert into cursor (integration, flow, lease_holder, lease_until)
		values ('shop', 'orders/receipt', 'orders/shop-other', now() + interval '1 minute')`)
	require.NoError(t, err)
	_, err = d.pull()
	_, f := failure(t, err)
	require.Equal(t, activities.CodeAnotherRunReads, f.Code)
	var held int
	require.NoError(t, d.pool.QueryRow(context.Background(), `select count(*) from cursor where lease_holder <> ''`).Scan(&held))
	require.Equal(t, 1, held, "what this run held it gave back")
}

func TestSources_ANamedReceiptThatArrivedIsAskedForByItsID(t *testing.T) {
	t.Parallel()
	d, k := newKinds(t, allSources)
	k.tell(receiptOf("B1-1-2026.1", 3))
	_, err := d.pull()
	require.NoError(t, err)
	out, err := run[activities.PullOrdersResult](d, d.orders().PullOrders,
		activities.PullOrdersInput{Integration: "shop", Keys: []string{"B1-1-2026.1", "F2026.9"}})
	require.NoError(t, err)
	require.Equal(t, []string{"receipt-B1-1-2026.1", "F2026.9"}, k.asked)
	require.Equal(t, []string{"receipt-B1-1-2026.1"}, out.OrderIDs)
	require.Equal(t, []string{"F2026.9"}, out.Unknown)
}

func TestSources_ADryRunTakesAllKindsAndMovesNoMarker(t *testing.T) {
	t.Parallel()
	d, k := newKinds(t, allSources)
	order := sale("2026.1", 40)
	order.Source = domain.SourceOrder
	k.tell(order, receiptOf("B1-1-2026.1", 3))
	var in activities.DryRunOrdersInput
	var records int
	for {
		out, err := d.dryRun(in)
		require.NoError(t, err)
		records += out.Tally.Orders()
		if !out.More {
			break
		}
		in.Markers, in.State = out.Markers, out.State
	}
	require.Equal(t, 2, records)
	require.Empty(t, markers(t, d))
}
