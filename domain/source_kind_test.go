package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

func TestSaleID_SaysTheKindUnlessItIsAnOrder(t *testing.T) {
	t.Parallel()
	for kind, want := range map[domain.SourceKind]domain.OrderID{domain.SourceOrder: "a", domain.SourceReceipt: "receipt-a", domain.SourceInvoice: "invoice-a"} {
		id := domain.SaleID(kind, "a")
		require.Equal(t, want, id)
		require.Equal(t, kind, id.Kind())
	}
	require.Empty(t, domain.SaleID(domain.SourceReceipt, ""))
}
