package activities_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

// arrives lets the till tell of sales, and reads them.
func (k *kinds) arrives(d *desk, sales ...domain.Order) {
	d.t.Helper()
	k.tell(sales...)
	for more := true; more; {
		out, err := d.pull()
		require.NoError(d.t, err)
		more = out.More
	}
}

func attemptOf(o domain.Order) activities.Attempt {
	return activities.Attempt{Integration: "shop", OrderID: string(o.ID), Number: o.Number, Marker: o.Version.Marker, Document: 2}
}

// becomes checks a sale, and says how it ended and why; empty: it goes to the books.
func (d *desk) becomes(o domain.Order) (outcome, code string) {
	d.t.Helper()
	out, err := d.check(attemptOf(o))
	require.NoError(d.t, err)
	if out.Outcome != "" {
		require.NoError(d.t, d.pool.QueryRow(context.Background(), "select code from outcome where source_id = $1 order by id desc limit 1", string(o.ID)).Scan(&code))
	}
	return out.Outcome, code
}

func TestBelongsToOrder_AReceiptOfAnOrderThatIsTakenCountsOnce(t *testing.T) {
	t.Parallel()
	d, k := newKinds(t, allSources)
	order := sale("2026.1", 40)
	order.Source = domain.SourceOrder
	receipt, alone := receiptOf("B1-1-2026.1", 3, order.ID), receiptOf("B1-1-2026.2", 4)
	k.arrives(d, order, receipt, alone)
	outcome, code := d.becomes(receipt)
	require.Equal(t, []string{activities.OutcomeSkipped, "belongs_to_order"}, []string{outcome, code})
	for _, counted := range []domain.Order{order, alone} {
		outcome, _ = d.becomes(counted)
		require.Empty(t, outcome, "goes to the books")
	}
	require.NotEqual(t, domain.ReasonFor("unforeseen").Words, domain.ReasonFor(code).Words)
}

func TestBelongsToOrder_TheTillIsAskedForAnOrderThatDidNotArrive(t *testing.T) {
	t.Parallel()
	d, k := newKinds(t, allSources)
	ofTable, ofOld := receiptOf("B1-1-2026.1", 3, "table-order"), receiptOf("B1-1-2026.2", 4, "old-order")
	k.takes = []domain.OrderID{"old-order"}
	k.arrives(d, ofTable, ofOld)
	outcome, _ := d.becomes(ofTable)
	require.Empty(t, outcome, "nobody takes the order of a table, so its receipt is the sale")
	_, code := d.becomes(ofOld)
	require.Equal(t, "belongs_to_order", code)
}

func TestBelongsToOrder_WhereOrdersAreNotTakenReceiptsCount(t *testing.T) {
	t.Parallel()
	d, k := newKinds(t, "sources: [receipt]")
	k.takes = []domain.OrderID{"o-1"}
	receipt := receiptOf("B1-1-2026.1", 3, "o-1")
	k.arrives(d, receipt)
	outcome, _ := d.becomes(receipt)
	require.Empty(t, outcome)
}

func TestOnly_ASaleThatIsLeftOutComesBackWhenItPasses(t *testing.T) {
	t.Parallel()
	d, k := newKinds(t, `sources: [order], only: {delivery_states: [complete], employees: ["999999"]}`)
	order := sale("2026.1", 1)
	order.Source, order.Employee = domain.SourceOrder, ""
	k.arrives(d, order)
	outcome, code := d.becomes(order)
	require.Equal(t, []string{activities.OutcomeSkipped, settings.LeftOutDeliveryState}, []string{outcome, code}, "the employee is the one that stands for nobody")
	delivered := order
	delivered.Version.Marker, delivered.DeliveryState = 2, "complete"
	k.arrives(d, delivered)
	outcome, _ = d.becomes(delivered)
	require.Empty(t, outcome)
	_, err := d.confirm(attemptOf(delivered))
	require.NoError(t, err)
	require.Equal(t, 1, d.books.writes)
}

func TestCashMovements_AreLeftOutUnlessTheyCountInADay(t *testing.T) {
	t.Parallel()
	d, k := newKinds(t, allSources)
	cash := receiptOf("B1-1-2026.1", 3)
	cash.Lines = []domain.OrderLine{{ID: "1", Kind: domain.LineCash}}
	k.arrives(d, cash)
	outcome, code := d.becomes(cash)
	require.Equal(t, []string{activities.OutcomeSkipped, "moves_cash"}, []string{outcome, code})

	d, k = newKinds(t, allSources)
	d.apply(strings.Replace(targeted("day_total"), "flows: {orders: {", "flows: {orders: {day_totals: {enabled: true}, "+allSources+", ", 1))
	k.arrives(d, cash)
	outcome, _ = d.becomes(cash)
	require.Equal(t, activities.OutcomeGathered, outcome)
}
