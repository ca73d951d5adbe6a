package reconcile_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

func TestTillSale_CountsUntilTheBooksKnowOfIt(t *testing.T) {
	t.Parallel()
	const young, old, limit = time.Hour, 25 * time.Hour, 24 * time.Hour
	for name, c := range map[string]struct {
		sale                    reconcile.TillSale
		notBooked, notProcessed bool
	}{
		"not arrived yet":                  {reconcile.TillSale{Age: young, Travels: true}, true, true},
		"never arrived":                    {reconcile.TillSale{Age: old, Travels: true}, false, false},
		"at work or parked, however long":  {reconcile.TillSale{Age: 100 * old, Travels: true, Arrived: true, Open: true}, true, true},
		"skipped":                          {reconcile.TillSale{Age: young, Travels: true, Arrived: true}, true, true},
		"skipped long ago":                 {reconcile.TillSale{Age: old, Travels: true, Arrived: true}, false, false},
		"a sales order":                    {reconcile.TillSale{Age: young, Travels: true, Arrived: true, Booked: domain.TargetSalesOrder}, false, true},
		"a sales order that changes":       {reconcile.TillSale{Age: young, Travels: true, Arrived: true, Open: true, Booked: domain.TargetSalesOrder}, false, true},
		"a sales order of last month":      {reconcile.TillSale{Age: 30 * old, Travels: true, Arrived: true, Booked: domain.TargetSalesOrder}, false, true},
		"delivered by the books":           {reconcile.TillSale{Age: young, Travels: true, Arrived: true, Booked: domain.TargetSalesOrder, Processed: true}, false, false},
		"a page of a daybook":              {reconcile.TillSale{Age: young, Travels: true, Arrived: true, Booked: domain.TargetJournal}, true, true},
		"a page of a daybook, a day later": {reconcile.TillSale{Age: old, Travels: true, Arrived: true, Booked: domain.TargetJournal}, false, false},
		"of a kind that does not travel":   {reconcile.TillSale{Age: young}, true, true},
		"of such a kind, a day later":      {reconcile.TillSale{Age: old}, false, false},
	} {
		require.Equal(t, c.notBooked, c.sale.Counts(domain.TillSalesNotBooked, limit), name)
		require.Equal(t, !c.notBooked, c.sale.Settled(domain.TillSalesNotBooked, limit), name)
		require.Equal(t, c.notProcessed, c.sale.Counts(domain.TillSalesNotProcessed, limit), name)
		require.False(t, c.sale.Counts(domain.TillSalesNone, limit), name)
		require.False(t, c.sale.Settled(domain.TillSalesNone, limit), "%s: the document may change its mind", name)
	}
	require.False(t, reconcile.TillSale{Age: young}.Counts(domain.TillSalesNotBooked, 0))
}
