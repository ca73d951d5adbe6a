package conformance

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/fault"
)

// RunOrderChanger runs the suite for changes of orders, on books that allow all.
func RunOrderChanger(t *testing.T, open Open) {
	t.Helper()
	t.Run("what is allowed is told", func(t *testing.T) { t.Parallel(); allowedIsTold(t, open(t)) })
	t.Run("a header changes and its lines stay", func(t *testing.T) { t.Parallel(); headersChange(t, open(t)) })
	t.Run("lines become those of the draft", func(t *testing.T) { t.Parallel(); linesChange(t, open(t)) })
	t.Run("what is so already is not written again", func(t *testing.T) { t.Parallel(); nothingIsWrittenTwice(t, open(t)) })
	t.Run("an order that is no longer open is not found", func(t *testing.T) { t.Parallel(); goneOrdersAreNotFound(t, open(t)) })
	for d, done := range writeDisturbances {
		t.Run("one change however often it is tried: "+string(d), func(t *testing.T) {
			t.Parallel()
			oneChangeInTheEnd(t, open(t), d, done)
		})
	}
}

func allowedIsTold(t *testing.T, b Books) {
	allowed, err := b.Changer.ChangesAllowed(context.Background())
	require.NoError(t, err)
	require.Equal(t, connectors.AllowedChanges{Header: true, Lines: true}, allowed)
}

func headersChange(t *testing.T, b Books) {
	ctx := context.Background()
	made := made(t, b, "2026.20")
	require.NotEqual(t, b.wanted(t, "2026.21"), b.Seen(t, made.ID), "there is something to change")
	require.NoError(t, b.Changer.UpdateOrder(ctx, made.ID, b.Moved("2026.20")))
	require.Equal(t, b.wanted(t, "2026.22"), b.Seen(t, made.ID))
	found, err := b.Orders.FindOrders(ctx, "2026.20", connectors.OpenOrdersOnly)
	require.NoError(t, err)
	require.Equal(t, []connectors.OrderRecord{made}, found, "it is the same order")
}

func linesChange(t *testing.T, b Books) {
	ctx := context.Background()
	made := made(t, b, "2026.23")
	other, err := b.Orders.CreateOrder(ctx, b.Resold("2026.24"))
	require.NoError(t, err)
	require.NoError(t, b.Changer.ReplaceLines(ctx, made.ID, b.Resold("2026.23")))
	require.Equal(t, b.Seen(t, other.ID), b.Seen(t, made.ID))
	require.NoError(t, b.Changer.ReplaceLines(ctx, made.ID, b.Order("2026.23")))
	back, err := b.Orders.CreateOrder(ctx, b.Order("2026.25"))
	require.NoError(t, err)
	require.Equal(t, b.Seen(t, back.ID), b.Seen(t, made.ID), "and back")
}

func nothingIsWrittenTwice(t *testing.T, b Books) {
	ctx := context.Background()
	made := made(t, b, "2026.26")
	require.NoError(t, b.Changer.UpdateOrder(ctx, made.ID, b.Moved("2026.26")))
	before := b.Writes()
	require.NoError(t, b.Changer.UpdateOrder(ctx, made.ID, b.Moved("2026.26")))
	require.Equal(t, before, b.Writes())
}

func goneOrdersAreNotFound(t *testing.T, b Books) {
	ctx := context.Background()
	made := made(t, b, "2026.27")
	b.Process(t, made.ID)
	for _, id := range []string{made.ID, "", "no such order"} {
		require.True(t, fault.Is(b.Changer.UpdateOrder(ctx, id, b.Moved("2026.27")), fault.NotFound))
		require.True(t, fault.Is(b.Changer.ReplaceLines(ctx, id, b.Resold("2026.27")), fault.NotFound))
	}
}

func oneChangeInTheEnd(t *testing.T, b Books, d Disturbance, done bool) {
	ctx := context.Background()
	made := made(t, b, "2026.28")
	wanted, err := b.Orders.CreateOrder(ctx, b.Resold("2026.29"))
	require.NoError(t, err)
	want := b.Seen(t, wanted.ID)
	b.DisturbChange(t, d)
	requireUnclear(t, b.Changer.ReplaceLines(ctx, made.ID, b.Resold("2026.28")), d, done)
	if done {
		require.Eventually(t, func() bool { return b.Seen(t, made.ID) == want }, settleTime, 20*time.Millisecond)
	}
	require.NoError(t, b.Changer.ReplaceLines(ctx, made.ID, b.Resold("2026.28")))
	require.Equal(t, want, b.Seen(t, made.ID))
}

func made(t *testing.T, b Books, reference string) connectors.OrderRecord {
	t.Helper()
	made, err := b.Orders.CreateOrder(context.Background(), b.Order(reference))
	require.NoError(t, err)
	return made
}

// wanted is what an order that was moved looks like when it is made so.
func (b Books) wanted(t *testing.T, reference string) string {
	t.Helper()
	made, err := b.Orders.CreateOrder(context.Background(), b.Moved(reference))
	require.NoError(t, err)
	return b.Seen(t, made.ID)
}
