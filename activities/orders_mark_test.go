package activities_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// marking is a till that notes what it is asked to mark.
type marking struct {
	*kinds
	marks []connectors.Mark
	fails []error // one for each call; the rest succeed
}

func (m *marking) OrderMarker(context.Context, string, int) (connectors.OrderMarker, error) {
	return m, nil
}

func (m *marking) MarkOrder(_ context.Context, _ domain.OrderID, mark connectors.Mark) error {
	m.marks = append(m.marks, mark)
	if len(m.fails) > 0 {
		err := m.fails[0]
		m.fails = m.fails[1:]
		return err
	}
	return nil
}

func newMarking(t *testing.T, settings string) (*desk, *marking) {
	t.Helper()
	d, k := newKinds(t, settings)
	m := &marking{kinds: k}
	d.Connections = m
	return d, m
}

func (d *desk) mark(a activities.Attempt, targetID string) error {
	_, err := run[struct{}](d, d.orders().MarkOrder, activities.MarkOrderInput{Attempt: a, TargetID: targetID})
	return err
}

// booked brings a sale to the books, and says whether it is to be marked.
func (d *desk) booked(o domain.Order) activities.ConfirmOrderResult {
	d.t.Helper()
	checked, err := d.check(attemptOf(o))
	require.NoError(d.t, err)
	require.Empty(d.t, checked.Outcome)
	out, err := d.confirm(checked.Attempt)
	require.NoError(d.t, err)
	require.Equal(d.t, activities.OutcomeDelivered, out.Outcome)
	return out
}

const markReference = `mark: {with: reference, reference: " AV {number}"}`

func TestMark_AnOrderIsMarkedOnceAndItsEchoIsNoChange(t *testing.T) {
	t.Parallel()
	d, m := newMarking(t, markReference)
	order := sale("2026.1", 1)
	order.Source, order.Reference = domain.SourceOrder, "Bellen"
	m.arrives(d, order)
	out := d.booked(order)
	require.True(t, out.Mark)
	for range 2 { // a second try of the step writes nothing
		require.NoError(t, d.mark(attemptOf(order), out.TargetID))
	}
	require.Equal(t, []connectors.Mark{{Reference: " AV " + out.TargetID, Employee: "999999"}}, m.marks)
	require.Equal(t, []string{"delivered", "marked"}, d.timeline("2026.1"))

	echo := order
	echo.Version, echo.Reference = domain.OrderVersion{Marker: 2, Change: 2}, "Bellen AV "+out.TargetID
	m.arrives(d, echo)
	checked, err := d.check(attemptOf(echo))
	require.NoError(t, err)
	require.Equal(t, activities.OutcomeUnchanged, checked.Outcome, "our own mark is no change")
	require.False(t, checked.Mark)
	require.Equal(t, 1, d.books.writes)
}

func TestMark_ByCategoryLeavesOrdersInThatStepAlone(t *testing.T) {
	t.Parallel()
	d, m := newMarking(t, "mark: {with: category, category: \"3\"}")
	order := sale("2026.1", 1)
	order.Source = domain.SourceOrder
	m.arrives(d, order)
	out := d.booked(order)
	require.True(t, out.Mark)
	require.NoError(t, d.mark(attemptOf(order), out.TargetID))
	require.Equal(t, "3", m.marks[0].Category)
	require.Empty(t, m.marks[0].Reference)

	other := sale("2026.2", 2)
	other.Source, other.Category = domain.SourceOrder, "3"
	m.arrives(d, other)
	require.False(t, d.booked(other).Mark, "it stands there already")
}

func TestMark_NothingIsWrittenToTheTillUnlessTheDocumentSays(t *testing.T) {
	t.Parallel()
	d, m := newMarking(t, "sources: [order, receipt]")
	order, receipt := sale("2026.1", 1), receiptOf("B1-1-2026.1", 2)
	order.Source = domain.SourceOrder
	m.arrives(d, order, receipt)
	require.False(t, d.booked(order).Mark)

	d, m = newMarking(t, "sources: [receipt], "+markReference)
	m.arrives(d, receipt)
	require.False(t, d.booked(receipt).Mark, "a receipt cannot be marked")
}

func TestMark_ATillThatRefusesParksAnOrderThatStaysInTheBooks(t *testing.T) {
	t.Parallel()
	d, m := newMarking(t, markReference)
	order := sale("2026.1", 1)
	order.Source = domain.SourceOrder
	m.arrives(d, order)
	out := d.booked(order)
	m.fails = []error{fault.New(fault.Rejected, "till_rejected", "updateOrder").WithDetail("Step not allowed.")}
	_, f := failure(t, d.mark(attemptOf(order), out.TargetID))
	require.Equal(t, "mark_refused", f.Code)
	require.NotEqual(t, domain.ReasonFor("unforeseen").Words, domain.ReasonFor(f.Code).Words)

	again, err := d.check(attemptOf(order)) // a retry finds the order, and only marks
	require.NoError(t, err)
	require.Equal(t, activities.OutcomeUnchanged, again.Outcome)
	require.True(t, again.Mark)
	require.NoError(t, d.mark(again.Attempt, again.TargetID))
	require.Equal(t, 1, d.books.writes)
}

func TestMark_AnOrderThatSomebodyWorksOnIsReadAgain(t *testing.T) {
	t.Parallel()
	d, m := newMarking(t, markReference)
	order := sale("2026.1", 1)
	order.Source = domain.SourceOrder
	m.arrives(d, order)
	out := d.booked(order)
	changed := fault.New(fault.Conflict, "till_record_changed", "updateOrder")
	m.fails = []error{changed}
	require.NoError(t, d.mark(attemptOf(order), out.TargetID))
	require.Len(t, m.marks, 2)

	next := sale("2026.2", 2)
	next.Source = domain.SourceOrder
	m.arrives(d, next)
	out = d.booked(next)
	m.fails = []error{changed, changed, changed}
	told, f := failure(t, d.mark(attemptOf(next), out.TargetID))
	require.Equal(t, "till_record_changed", f.Code)
	require.False(t, told.NonRetryable(), "later it may be free")
}
