package conformance

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// RunCustomerSink runs the suite for customers.
func RunCustomerSink(t *testing.T, open Open) {
	t.Helper()
	t.Run("a customer is found by exactly its keys", func(t *testing.T) { t.Parallel(); customersAreFoundExactly(t, open(t)) })
	t.Run("a change leaves the rest", func(t *testing.T) { t.Parallel(); changesLeaveTheRest(t, open(t)) })
	t.Run("a change of nobody is refused for good", func(t *testing.T) { t.Parallel(); nobodyIsChanged(t, open(t)) })
	t.Run("customers written since a moment are listed", func(t *testing.T) { t.Parallel(); customersSinceAreListed(t, open(t)) })
	t.Run("what does not fit never leaves", func(t *testing.T) { t.Parallel(); longCustomersStay(t, open(t)) })
	for d, done := range writeDisturbances {
		t.Run("one customer however often it is tried: "+string(d), func(t *testing.T) {
			t.Parallel()
			oneCustomerInTheEnd(t, open(t), d, done)
		})
	}
}

func customersAreFoundExactly(t *testing.T, b Books) {
	ctx := context.Background()
	made, err := b.Customers.CreateCustomer(ctx, b.Customer("77001", "jan@koppel.example"))
	require.NoError(t, err)
	require.NotEmpty(t, made.Number)
	require.Equal(t, "77001", made.ExternalNumber)
	require.False(t, made.Blocked)
	other, err := b.Customers.CreateCustomer(ctx, b.Customer("770010", "jan@koppel.example.org"))
	require.NoError(t, err)
	require.NotEqual(t, made.Number, other.Number)

	for _, look := range []struct {
		by    connectors.CustomerKey
		value string
	}{
		{connectors.ByNumber, made.Number},
		{connectors.ByExternalNumber, " 77001"},
		{connectors.ByEmail, "jan@koppel.example"},
		{connectors.ByEmail, "Jan@Koppel.EXAMPLE"},
	} {
		found, err := b.Customers.FindCustomers(ctx, look.by, look.value)
		require.NoError(t, err)
		require.Len(t, found, 1, look.by)
		require.Equal(t, made.Number, found[0].Number)
		require.NotEmpty(t, found[0].Fields)
	}
	for _, look := range []struct {
		by    connectors.CustomerKey
		value string
	}{{connectors.ByExternalNumber, "7700"}, {connectors.ByExternalNumber, ""}, {connectors.ByEmail, " "}, {connectors.ByEmail, "jan@koppel"}} {
		none, err := b.Customers.FindCustomers(ctx, look.by, look.value)
		require.NoError(t, err)
		require.Empty(t, none, look.value)
	}
}

func changesLeaveTheRest(t *testing.T, b Books) {
	ctx := context.Background()
	made, err := b.Customers.CreateCustomer(ctx, b.Customer("77002", "piet@koppel.example"))
	require.NoError(t, err)
	require.NoError(t, b.Customers.UpdateCustomer(ctx, made.Number, b.Rename("Piet de Tweede")))
	found, err := b.Customers.FindCustomers(ctx, connectors.ByEmail, "piet@koppel.example")
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Equal(t, "Piet de Tweede", b.NameOf(found[0]))
	require.Equal(t, "77002", found[0].ExternalNumber)
}

func nobodyIsChanged(t *testing.T, b Books) {
	err := b.Customers.UpdateCustomer(context.Background(), "NOBODY", b.Rename("Niemand"))
	require.True(t, fault.Is(err, fault.NotFound) || fault.Is(err, fault.Rejected), "%v", err)
}

func customersSinceAreListed(t *testing.T, b Books) {
	ctx := context.Background()
	made, err := b.Customers.CreateCustomer(ctx, b.Customer("77003", ""))
	require.NoError(t, err)
	listed, err := b.Customers.CustomersWrittenSince(ctx, time.Now().Add(-time.Minute))
	require.NoError(t, err)
	numbers := map[string]string{}
	for _, c := range listed {
		require.NotEmpty(t, c.ExternalNumber)
		numbers[c.Number] = c.ExternalNumber
	}
	require.Equal(t, "77003", numbers[made.Number])
}

func longCustomersStay(t *testing.T, b Books) {
	writes := b.Writes()
	_, err := b.Customers.CreateCustomer(context.Background(), b.TooLongCustomer("77004"))
	require.True(t, fault.Is(err, fault.Invalid), "%v", err)
	require.Equal(t, writes, b.Writes())
}

func oneCustomerInTheEnd(t *testing.T, b Books, d Disturbance, done bool) {
	ctx := context.Background()
	find := func() []connectors.CustomerRecord {
		found, err := b.Customers.FindCustomers(ctx, connectors.ByExternalNumber, "77005")
		require.NoError(t, err)
		return found
	}
	require.Empty(t, find())
	b.DisturbWrite(t, domain.EntityCustomer, d)
	_, err := b.Customers.CreateCustomer(ctx, b.Customer("77005", "kees@koppel.example"))
	requireUnclear(t, err, d, done)
	if done {
		require.Eventually(t, func() bool { return len(find()) == 1 }, settleTime, 20*time.Millisecond)
	} else {
		require.Empty(t, find())
		_, err = b.Customers.CreateCustomer(ctx, b.Customer("77005", "kees@koppel.example"))
		require.NoError(t, err)
	}
	require.Len(t, find(), 1)
}
