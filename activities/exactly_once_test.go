package activities_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/internal/fault"
)

// Whatever happens to the calls, and however many tries of one order run at the
// same time, the books never hold an order or a debtor twice.
func TestExactlyOnce_UnderRandomFaultsAndZombieTries(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed", seed), func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			random := rand.New(rand.NewPCG(seed, 1)) // used under the books' lock only
			kinds := []fault.Kind{fault.Uncertain, fault.Unavailable, fault.Throttled, fault.Unknown}
			d.books.fails = func(op string) (error, bool) {
				if random.IntN(100) >= 35 {
					return nil, true
				}
				kind := kinds[random.IntN(len(kinds))]
				unclear := kind == fault.Uncertain || kind == fault.Unknown
				return fault.New(kind, "told_to", op), unclear && random.IntN(2) == 0
			}
			faults := d.books.fails
			d.books.fails = nil
			numbers := []string{"2026.1", "2026.2", "2026.3"}
			for i, number := range numbers {
				d.arrive(sale(number, int64(i+1)))
			}
			d.books.fails = faults
			var wg sync.WaitGroup
			ends := make([]error, 2*len(numbers))
			for i := range ends {
				wg.Go(func() { ends[i] = d.deliver(attempt(numbers[i/2], int64(i/2+1))) })
			}
			wg.Wait()
			require.NoError(t, errors.Join(ends...))
			references := map[string]int{}
			for _, order := range d.books.orders {
				references[order.Reference]++
			}
			require.Equal(t, map[string]int{"MPLUS 2026.1": 1, "MPLUS 2026.2": 1, "MPLUS 2026.3": 1}, references)
			require.Len(t, d.books.customers, 1)
		})
	}
}

// deliver tries the steps of an order until it is in the books.
func (d *desk) deliver(a activities.Attempt) error {
	var err error
	for deadline := time.Now().Add(40 * time.Second); time.Now().Before(deadline); {
		var out activities.CheckOrderExistsResult
		if out, err = d.check(a); err != nil {
			continue
		}
		if out.Outcome != "" {
			return nil
		}
		if _, err = d.upsert(a); err != nil {
			continue
		}
		if _, err = d.confirm(a); err == nil {
			return nil
		}
	}
	return err
}
