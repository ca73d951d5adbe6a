package reconcile_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

func TestIsCredit_AnExchangeIsNone(t *testing.T) {
	t.Parallel()
	of := func(quantities ...int64) domain.Order {
		var o domain.Order
		for _, q := range quantities {
			o.Lines = append(o.Lines, domain.OrderLine{SKU: "1001", Quantity: decimal.NewFromInt(q)})
		}
		o.Lines = append(o.Lines, domain.OrderLine{Text: "thank you"})
		return o
	}
	require.False(t, reconcile.IsCredit(of()))
	require.False(t, reconcile.IsCredit(of(1)))
	require.False(t, reconcile.IsCredit(of(-1, 2)))
	require.True(t, reconcile.IsCredit(of(-1, -2)))
	takesBack := of(1)
	takesBack.Credits = "a1"
	require.True(t, reconcile.IsCredit(takesBack))
}
