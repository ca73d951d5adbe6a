package activities_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// net adds up what the books hold of a sale: the quantity of each article at each
// price, and the euros. What was taken back counts for nothing.
func (b *books) net(reference string) (quantities map[string]string, euros string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	sum, total := map[string]decimal.Decimal{}, decimal.Zero
	for _, order := range b.orders {
		if order.Reference != reference && !strings.HasPrefix(order.Reference, reference+" ") {
			continue
		}
		for _, line := range b.held[order.ID].Lines {
			article, _ := line.Get("ART_CODE")
			quantity, _ := line.Get("ORD_QTY")
			price, _ := line.Get("ART_PX")
			key := article.Text + " at " + price.Number.StringFixed(4)
			sum[key] = sum[key].Add(quantity.Number)
			total = total.Add(domain.RoundCents(quantity.Number.Mul(price.Number)))
		}
	}
	quantities = map[string]string{}
	for key, n := range sum {
		if !n.IsZero() {
			quantities[key] = n.String()
		}
	}
	return quantities, total.StringFixed(2)
}

// anySale is a sale of a few lines, each with a quantity of its own.
func anySale(random *rand.Rand, number string, marker int64) domain.Order {
	o := sale(number, marker)
	o.Lines, o.TotalIncl, o.TotalExcl = nil, decimal.Zero, decimal.Zero
	o.DeliveryDate = domain.Date{Year: 2026, Month: 12, Day: 1} // one without would be for a person: no date can be taken away
	for i := range 1 + random.IntN(3) {
		quantity := decimal.New(int64(1+random.IntN(30)), -1) // 0.1 to 3.0
		if random.IntN(5) == 0 {
			quantity = quantity.Neg() // an exchange
		}
		price := decimal.New(int64(121*(1+random.IntN(4))), -1) // of ten: whole cents, whatever the quantity
		incl := domain.RoundCents(quantity.Mul(price))
		o.Lines = append(o.Lines, domain.OrderLine{
			ID: fmt.Sprint(i), SKU: fmt.Sprint(1001 + random.IntN(3)), Quantity: quantity, UnitPriceIncl: price, TotalIncl: incl,
			VATCode: "2", VATPercent: decimal.NewFromInt(21),
		})
		o.TotalIncl = o.TotalIncl.Add(incl)
	}
	vat := o.TotalIncl.Mul(decimal.NewFromInt(21)).DivRound(decimal.NewFromInt(121), 2)
	o.TotalExcl = o.TotalIncl.Sub(vat)
	o.VATGroups = []domain.VATGroup{{Code: "2", Percent: decimal.NewFromInt(21), Excl: o.TotalExcl, VAT: vat}}
	return o
}

// Whatever is done to a sale, whatever becomes of the calls, and wherever the
// worker dies in between: in the end the books hold exactly the newest sale, net of
// what was taken back, to the cent, and no reference twice.
func TestChange_TheBooksEndWithTheNewestSaleWhateverHappens(t *testing.T) {
	t.Parallel()
	const versions = 7 // the last one is as the sale was before: what was begun for the one between may have landed
	for seed := range uint64(8) {
		t.Run(fmt.Sprint("seed", seed), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, 7))
			d := newDesk(t)
			d.apply(strings.Replace(document, "settle_time: 150ms", "settle_time: 100ms", 1))
			if seed%3 == 1 {
				d.setOrders("changes: {lines: row_actions}")
			}
			d.books.allows = connectors.AllowedChanges{Header: seed%2 == 0, Lines: seed%3 == 1}
			if seed%3 == 1 {
				d.books.allows.Header = true
			}
			faults := func(op string) (error, bool) {
				if random.IntN(100) >= 35 {
					return nil, true
				}
				unclear := random.IntN(2) == 0
				kind := map[bool]fault.Kind{true: fault.Uncertain, false: fault.Unavailable}[unclear]
				return fault.New(kind, "told_to", op), unclear && random.IntN(4) > 0
			}
			var newest domain.Order
			var earlier []domain.Order
			for marker := int64(1); marker <= versions; marker++ {
				what := random.IntN(7)
				if marker == versions {
					what = 2
				}
				switch before := newest; what {
				case 0:
					newest.Cancelled = !newest.Cancelled && marker > 1
				case 1:
					newest.DeliveryDate = domain.Date{Year: 2026, Month: 12, Day: 1 + random.IntN(28)}
				case 2, 3: // as it was before
					if len(earlier) > 0 {
						newest = earlier[max(len(earlier)-2-random.IntN(2), 0)]
					}
				default:
					newest = anySale(random, "2026.1", marker)
					if !before.DeliveryDate.IsZero() {
						newest.DeliveryDate = before.DeliveryDate
					}
				}
				if newest.Number == "" {
					newest = anySale(random, "2026.1", marker)
				}
				earlier = append(earlier, newest)
				newest.Version.Marker = marker
				d.books.fails = nil
				d.arrive(newest)
				d.books.fails = faults
				for range random.IntN(4) { // tries that end anywhere: the next version comes first
					_, _ = d.push("2026.1")
				}
			}
			d.ends2026(newest)
		})
	}
}

// ends2026 pushes the order until nothing is left to do, under the same faults, and
// compares the books with the sale.
func (d *desk) ends2026(newest domain.Order) {
	d.t.Helper()
	var last error
	require.Eventually(d.t, func() bool {
		out, err := d.push("2026.1")
		last = err
		return err == nil && out.Outcome != ""
	}, 60*time.Second, 10*time.Millisecond)
	require.NoError(d.t, last)
	want, total := map[string]decimal.Decimal{}, decimal.Zero
	if !newest.Cancelled {
		for _, l := range newest.Lines {
			key := l.SKU + " at " + l.UnitPriceIncl.StringFixed(4)
			want[key] = want[key].Add(l.Quantity)
		}
		total = newest.TotalIncl
	}
	wanted := map[string]string{}
	for key, n := range want {
		if !n.IsZero() {
			wanted[key] = n.String()
		}
	}
	have, euros := d.books.net("MPLUS 2026.1")
	require.Equal(d.t, wanted, have)
	require.Equal(d.t, total.StringFixed(2), euros)
	seen := map[string]bool{}
	for _, order := range d.books.orders {
		require.False(d.t, seen[order.Reference], order.Reference)
		seen[order.Reference] = true
	}
}
