package activities_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
)

func TestPullOrders_AsksForPagesOfTheDocumentsSize(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setOrders("page_size: 37")
	_, err := d.pull()
	require.NoError(t, err)
	require.Equal(t, []int{37}, d.books.limits)
}

func TestCheckOrderExists_LooksInHistoryWhereTheDocumentSaysSo(t *testing.T) {
	t.Parallel()
	for setting, want := range map[string]connectors.History{"open": connectors.OpenOrdersOnly, "history": connectors.WithHistory} {
		d := newDesk(t)
		d.setOrders("history: " + setting)
		d.arrive(sale("2026.1", 1))
		_, err := d.check(attempt("2026.1", 1))
		require.NoError(t, err)
		require.Equal(t, []connectors.History{want}, d.books.histories, setting)
	}
}
