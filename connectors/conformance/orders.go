package conformance

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/fault"
)

// RunOrderSink runs the suite for orders and for journal pages.
func RunOrderSink(t *testing.T, open Open) {
	t.Helper()
	t.Run("an order is found by exactly its reference", func(t *testing.T) { t.Parallel(); ordersAreFoundExactly(t, open(t)) })
	t.Run("a double is two orders", func(t *testing.T) { t.Parallel(); doublesShow(t, open(t)) })
	t.Run("a processed order is found in the history only", func(t *testing.T) { t.Parallel(); historyIsSearched(t, open(t)) })
	t.Run("orders written since a moment are listed", func(t *testing.T) { t.Parallel(); ordersSinceAreListed(t, open(t)) })
	t.Run("what does not fit never leaves", func(t *testing.T) { t.Parallel(); longOrdersStay(t, open(t)) })
	t.Run("a refusal is final and names the order", func(t *testing.T) { t.Parallel(); refusalsAreFinal(t, open(t)) })
	t.Run("an expired token is nobody's concern", func(t *testing.T) { t.Parallel(); tokensAreRenewed(t, open(t)) })
	for d, done := range writeDisturbances {
		t.Run("one order however often it is tried: "+string(d), func(t *testing.T) {
			t.Parallel()
			oneOrderInTheEnd(t, open(t), d, done)
		})
		t.Run("a disturbed look-up never says that there is no order: "+string(d), func(t *testing.T) {
			t.Parallel()
			lookUpsAreHonest(t, open(t), d)
		})
	}
}

func ordersAreFoundExactly(t *testing.T, b Books) {
	ctx := context.Background()
	for _, reference := range []string{"2026.12", "2026.1", "2026.123"} {
		none, err := b.Orders.FindOrders(ctx, reference, connectors.WithHistory)
		require.NoError(t, err)
		require.Empty(t, none)
	}
	made, err := b.Orders.CreateOrder(ctx, b.Order("2026.12"))
	require.NoError(t, err)
	require.NotEmpty(t, made.ID)
	require.Equal(t, "2026.12", made.Reference)
	_, err = b.Orders.CreateOrder(ctx, b.Order("2026.123"))
	require.NoError(t, err)

	for _, reference := range []string{"2026.12", " 2026.12 "} {
		found, err := b.Orders.FindOrders(ctx, reference, connectors.OpenOrdersOnly)
		require.NoError(t, err)
		require.Equal(t, []connectors.OrderRecord{made}, found)
	}
	none, err := b.Orders.FindOrders(ctx, "2026.1", connectors.WithHistory)
	require.NoError(t, err)
	require.Empty(t, none)
}

func doublesShow(t *testing.T, b Books) {
	ctx := context.Background()
	for range 2 {
		_, err := b.Orders.CreateOrder(ctx, b.Order("2026.7"))
		require.NoError(t, err)
	}
	found, err := b.Orders.FindOrders(ctx, "2026.7", connectors.WithHistory)
	require.NoError(t, err)
	require.Len(t, found, 2)
	require.NotEqual(t, found[0].ID, found[1].ID)
}

func historyIsSearched(t *testing.T, b Books) {
	ctx := context.Background()
	made, err := b.Orders.CreateOrder(ctx, b.Order("2026.8"))
	require.NoError(t, err)
	b.Process(t, made.ID)
	open, err := b.Orders.FindOrders(ctx, "2026.8", connectors.OpenOrdersOnly)
	require.NoError(t, err)
	require.Empty(t, open)
	all, err := b.Orders.FindOrders(ctx, "2026.8", connectors.WithHistory)
	require.NoError(t, err)
	require.Equal(t, []connectors.OrderRecord{made}, all)
}

func ordersSinceAreListed(t *testing.T, b Books) {
	ctx := context.Background()
	before := time.Now().Add(-time.Minute)
	made, err := b.Orders.CreateOrder(ctx, b.Order("2026.9"))
	require.NoError(t, err)
	listed, err := b.Orders.OrdersWrittenSince(ctx, before)
	require.NoError(t, err)
	require.Contains(t, listed, made)
	later, err := b.Orders.OrdersWrittenSince(ctx, time.Now().Add(time.Hour))
	require.NoError(t, err)
	require.Empty(t, later)
}

func longOrdersStay(t *testing.T, b Books) {
	writes := b.Writes()
	_, err := b.Orders.CreateOrder(context.Background(), b.TooLongOrder("2026.10"))
	require.True(t, fault.Is(err, fault.Invalid), "%v", err)
	require.Equal(t, writes, b.Writes())
	schema, err := b.Orders.OrderSchema(context.Background())
	require.NoError(t, err)
	require.NotEmpty(t, schema.Check(b.TooLongOrder("2026.10")))
	require.Empty(t, schema.Check(b.Order("2026.10")))
}

func refusalsAreFinal(t *testing.T, b Books) {
	draft := b.RefusedOrder("2026.11")
	_, err := b.Orders.CreateOrder(context.Background(), draft)
	f, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	require.Equal(t, fault.Rejected, f.Kind)
	require.Equal(t, draft.Key, f.Key)
	require.NotEmpty(t, f.Detail())
}

func tokensAreRenewed(t *testing.T, b Books) {
	if b.ExpireToken == nil {
		t.Skip("these books know no tokens")
	}
	ctx := context.Background()
	b.ExpireToken(t)
	made, err := b.Orders.CreateOrder(ctx, b.Order("2026.14"))
	require.NoError(t, err)
	b.ExpireToken(t)
	found, err := b.Orders.FindOrders(ctx, "2026.14", connectors.OpenOrdersOnly)
	require.NoError(t, err)
	require.Equal(t, []connectors.OrderRecord{made}, found)
}

// oneOrderInTheEnd plays what a flow does: look, write, and after an unclear
// answer settle, look again and only then write again.
func oneOrderInTheEnd(t *testing.T, b Books, d Disturbance, done bool) {
	ctx := context.Background()
	find := func() []connectors.OrderRecord {
		found, err := b.Orders.FindOrders(ctx, "2026.13", connectors.WithHistory)
		require.NoError(t, err)
		return found
	}
	require.Empty(t, find())
	b.DisturbWrite(t, b.Kind, d)
	_, err := b.Orders.CreateOrder(ctx, b.Order("2026.13"))
	requireUnclear(t, err, d, done)
	if done {
		require.Eventually(t, func() bool { return len(find()) == 1 }, settleTime, 20*time.Millisecond)
	} else {
		require.Empty(t, find())
		_, err = b.Orders.CreateOrder(ctx, b.Order("2026.13"))
		require.NoError(t, err)
	}
	require.Len(t, find(), 1)
}

func lookUpsAreHonest(t *testing.T, b Books, d Disturbance) {
	ctx := context.Background()
	made, err := b.Orders.CreateOrder(ctx, b.Order("2026.15"))
	require.NoError(t, err)
	b.DisturbRead(t, b.Kind, d)
	answered, err := b.Orders.FindOrders(ctx, "2026.15", connectors.OpenOrdersOnly)
	if err == nil { // a read may be repeated underneath when only the connection broke
		require.Equal(t, []connectors.OrderRecord{made}, answered)
	} else {
		f, ok := fault.As(err)
		require.True(t, ok, "%v", err)
		require.True(t, f.Kind == fault.Unavailable || f.Kind == fault.Throttled, "%v", err)
	}

	found, err := b.Orders.FindOrders(ctx, "2026.15", connectors.OpenOrdersOnly)
	require.NoError(t, err)
	require.Equal(t, []connectors.OrderRecord{made}, found)
}

// requireUnclear holds the kinds of a disturbed write: work that may be done is
// Uncertain, and what told us to wait did nothing.
func requireUnclear(t *testing.T, err error, d Disturbance, done bool) {
	t.Helper()
	f, ok := fault.As(err)
	require.True(t, ok, "the write gave %v", err)
	switch {
	case d == ToldToWait:
		require.Equal(t, fault.Throttled, f.Kind, "%v", err)
		require.Positive(t, f.RetryAfter)
	case done:
		require.Equal(t, fault.Uncertain, f.Kind, "%v", err)
	default:
		require.True(t, f.Kind == fault.Uncertain || f.Kind == fault.Unavailable, "%v", err)
	}
}
