package activities_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
)

// setOrders puts a document in force with these settings of the flow.
func (d *desk) setOrders(setting string) {
	d.t.Helper()
	text := strings.Replace(document, "flows: {orders: {", "flows: {orders: {"+setting+", ", 1)
	_, err := db.Documents{DB: d.pool}.Put(context.Background(), "shop", []byte(text), "test", "")
	require.NoError(d.t, err)
}

func TestStartOrders_ARunStartsNoMoreThanTheDocumentLets(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setOrders("most_per_run: 2")
	for marker := range int64(5) {
		d.arrive(sale(fmt.Sprintf("2026.%d", marker+1), marker+1))
	}
	s := &starter{}
	orders := d.orders()
	orders.Starter = s
	start := func(before int, ids ...string) activities.StartOrdersResult {
		in := activities.StartOrdersInput{Integration: "shop", Started: before, OrderIDs: ids, Document: 2}
		out, err := run[activities.StartOrdersResult](d, orders.StartOrders, in)
		require.NoError(t, err)
		return out
	}
	require.Equal(t, activities.StartOrdersResult{Started: 2, Held: true}, start(0))
	require.Equal(t, activities.StartOrdersResult{Held: true}, start(2), "another page of the same run")
	require.Equal(t, activities.StartOrdersResult{Started: 3}, start(0, "id-2026.3", "id-2026.4", "id-2026.5"), "a person named these")
	require.Equal(t, activities.StartOrdersResult{}, start(0), "nothing waits")
	require.Equal(t, []string{"2026.1", "2026.2", "2026.3", "2026.4", "2026.5"}, s.started)

	d.apply(document) // lets a run start them all, but not one that goes by version 2
	d.arrive(sale("2026.6", 6))
	d.arrive(sale("2026.7", 7))
	require.Equal(t, activities.StartOrdersResult{Started: 1, Held: true}, start(1))
	require.Equal(t, activities.StartOrdersResult{Started: 1}, start(0), "the next run")
	require.Len(t, s.started, 7)
}

func TestStartOrders_ASecondTryCountsWhatTheFirstStarted(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setOrders("most_per_run: 2")
	d.arrive(sale("2026.1", 1))
	d.arrive(sale("2026.2", 2))
	s := &starter{}
	orders := d.orders()
	orders.Starter = s
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestActivityEnvironment()
	env.RegisterActivity(orders.StartOrders)
	env.SetHeartbeatDetails(1)
	value, err := env.ExecuteActivity(orders.StartOrders, activities.StartOrdersInput{Integration: "shop"})
	require.NoError(t, err)
	var out activities.StartOrdersResult
	require.NoError(t, value.Get(&out))
	require.Equal(t, activities.StartOrdersResult{Started: 2, Held: true}, out)
	require.Len(t, s.started, 1)
}
