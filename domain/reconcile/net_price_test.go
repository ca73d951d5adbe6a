package reconcile_test

import (
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

func dec(text string) decimal.Decimal { return decimal.RequireFromString(text) }

func TestNetUnitPrice(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ total, quantity, listed, want string }{
		"no discount":                    {"24.20", "2", "12.10", "12.10"},
		"discount that divides":          {"20.00", "2", "12.10", "10.00"},
		"discount that does not":         {"10.00", "3", "12.10", "3.333"},
		"four decimals needed":           {"1.00", "37", "0.05", "0.027"},
		"weight keeps the listed price":  {"0.69", "0.053", "12.95", "12.95"},
		"return":                         {"-24.20", "-2", "12.10", "12.10"},
		"free":                           {"0.00", "5", "3.00", "0"},
		"quantity zero":                  {"5.00", "0", "3.99", "3.99"},
		"nothing at all":                 {"0", "0", "0", "0"},
		"no price fits: nearest":         {"0.01", "1000", "1.00", "0"},
		"no price fits: half-way refund": {"-100.03", "1000", "0.2", "-0.1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := reconcile.NetUnitPrice(dec(c.total), dec(c.quantity), dec(c.listed))
			require.True(t, dec(c.want).Equal(got), "got %s", got)
			require.LessOrEqual(t, -got.Exponent(), int32(reconcile.PriceDecimals))
		})
	}
}

// TestNetUnitPrice_LosesNoCent: below a hundred pieces a price of four decimals
// always exists, and above it the function finds one whenever there is one.
func TestNetUnitPrice_LosesNoCent(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		total := domain.Euros(r.Int64N(2_000_00) - 1_000_00)
		quantity := decimal.New(r.Int64N(400_000)-200_000, -3)
		if quantity.IsZero() {
			continue
		}
		price := reconcile.NetUnitPrice(total, quantity, domain.Euros(r.Int64N(100_00)))
		fits := domain.RoundCents(price.Mul(quantity)).Equal(total)
		if quantity.Abs().LessThan(decimal.NewFromInt(100)) {
			require.True(t, fits, "%s for %s at %s", total, quantity, price)
		}
		if !fits {
			for _, step := range []int64{-1, 1} {
				near := price.Add(decimal.New(step, -reconcile.PriceDecimals))
				require.False(t, domain.RoundCents(near.Mul(quantity)).Equal(total), "%s fits %s for %s", near, total, quantity)
			}
		}
	}
}
