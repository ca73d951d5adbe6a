package sandbox

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func testPricer() pricer {
	return pricer{percent: vatPercent, wirePercent: func(n int64) int64 { return n }, discountScale: 10000}
}

func priced(quantity int64, places int32, price int64, code int32) lineXML {
	return lineXML{ArticleNumber: 1, Data: &lineDataXML{Quantity: quantity, DecimalPlaces: &places, Price: &price, VATCode: &code}}
}

func TestPricer_ComputesVATOncePerCodeOnTheWholeOrder(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		method     vatMethod
		lines      []lineXML
		incl, excl int64
		vat        []int64
	}{
		// Three lines of 0.33: rounded one by one the VAT would be 3 x 6 = 18, on the total it is 17.
		"inclusive":      {"VAT-METHOD-INCLUSIVE", []lineXML{priced(1, 0, 33, 2), priced(1, 0, 33, 2), priced(1, 0, 33, 2)}, 99, 82, []int64{17}},
		"exclusive":      {"VAT-METHOD-EXCLUSIVE", []lineXML{priced(3, 0, 33, 2)}, 120, 99, []int64{21}},
		"two codes":      {"VAT-METHOD-INCLUSIVE", []lineXML{priced(1, 0, 109, 1), priced(1, 0, 121, 2)}, 230, 200, []int64{9, 21}},
		"zero rate":      {"VAT-METHOD-INCLUSIVE", []lineXML{priced(1, 0, 2500, 3)}, 2500, 2500, []int64{0}},
		"shifted":        {"VAT-METHOD-SHIFTED", []lineXML{priced(2, 0, 1000, 2)}, 2000, 2000, []int64{0}},
		"none":           {"VAT-METHOD-NONE", []lineXML{priced(2, 0, 1000, 2)}, 2000, 2000, []int64{0}},
		"weight":         {"VAT-METHOD-INCLUSIVE", []lineXML{priced(530, 3, 1299, 1)}, 688, 631, []int64{57}},
		"return":         {"VAT-METHOD-INCLUSIVE", []lineXML{priced(-1, 0, 1995, 2)}, -1995, -1649, []int64{-346}},
		"half of a cent": {"VAT-METHOD-INCLUSIVE", []lineXML{priced(5, 1, 1, 3)}, 1, 1, []int64{0}},
		"half below":     {"VAT-METHOD-INCLUSIVE", []lineXML{priced(-5, 1, 1, 3)}, -1, -1, []int64{0}},
		"nothing":        {"VAT-METHOD-INCLUSIVE", nil, 0, 0, nil},
	} {
		sum, err := testPricer().complete(c.method, c.lines)
		require.NoError(t, err, name)
		require.Equal(t, c.incl, sum.Incl, name)
		require.Equal(t, c.excl, sum.Excl, name)
		var vat []int64
		for _, g := range sum.Groups {
			vat = append(vat, *g.VATAmount)
		}
		require.Equal(t, c.vat, vat, name)
	}
}

func TestPricer_TakesDiscountsPerLineUnlessTold(t *testing.T) {
	t.Parallel()
	discounted := func() []lineXML {
		l := priced(3, 0, 1000, 2)
		l.Data.DiscountAmount = new(int64(100))
		return []lineXML{l}
	}
	sum, err := testPricer().complete("VAT-METHOD-INCLUSIVE", discounted())
	require.NoError(t, err)
	require.EqualValues(t, 2900, sum.Incl)
	p := testPricer()
	p.discountPerUnit = true
	sum, err = p.complete("VAT-METHOD-INCLUSIVE", discounted())
	require.NoError(t, err)
	require.EqualValues(t, 2700, sum.Incl)
}

func TestPricer_ReadsAPriceOrDiscountFromEitherSide(t *testing.T) {
	t.Parallel()
	l := priced(1, 0, 0, 2)
	l.Data.Price, l.Data.PriceExcl, l.Data.DiscountAmountExcl = nil, new(int64(1000)), new(int64(100))
	sum, err := testPricer().complete("VAT-METHOD-INCLUSIVE", []lineXML{l})
	require.NoError(t, err)
	require.EqualValues(t, 1210-121, sum.Incl)
	require.EqualValues(t, 1210, *l.Data.Price)
	require.EqualValues(t, 121, *l.Data.DiscountAmount)

	l = priced(1, 0, 1000, 2)
	l.Data.DiscountAmount = new(int64(100))
	sum, err = testPricer().complete("VAT-METHOD-EXCLUSIVE", []lineXML{l})
	require.NoError(t, err)
	require.EqualValues(t, 900, sum.Excl, "a net order reads both without VAT")
	require.EqualValues(t, 1089, sum.Incl)
	require.EqualValues(t, 121, *l.Data.DiscountAmount, "and answers what its name says")

	p := testPricer()
	p.alwaysIncl = true
	sum, err = p.complete("VAT-METHOD-EXCLUSIVE", []lineXML{priced(1, 0, 1210, 2)})
	require.NoError(t, err)
	require.EqualValues(t, 1210, sum.Incl, "unless prices always include it")
}

func TestPricer_ReadsAnOrderThatWasReadAndSentBackTheSame(t *testing.T) {
	t.Parallel()
	for _, method := range []vatMethod{"VAT-METHOD-INCLUSIVE", "VAT-METHOD-EXCLUSIVE", "VAT-METHOD-SHIFTED"} {
		lines := []lineXML{priced(3, 0, 1995, 2), priced(1234, 3, 777, 1)}
		lines[0].Data.DiscountAmount = new(int64(150))
		first, err := testPricer().complete(method, lines)
		require.NoError(t, err)
		second, err := testPricer().complete(method, lines)
		require.NoError(t, err)
		require.Equal(t, first, second, method)
	}
}

func TestPricer_RefusesUnknownCodesAndAmountsWithoutEnd(t *testing.T) {
	t.Parallel()
	_, err := testPricer().complete("VAT-METHOD-INCLUSIVE", []lineXML{priced(1, 0, 100, 7)})
	require.Equal(t, unknownVATCode(7), err)
	_, err = testPricer().complete("VAT-METHOD-INCLUSIVE", []lineXML{priced(1<<62, 0, 100, 2)})
	require.ErrorIs(t, err, errTooMuch)
	_, err = testPricer().complete("VAT-METHOD-EXCLUSIVE", []lineXML{priced(1, 0, 1<<62, 2)})
	require.ErrorIs(t, err, errTooMuch)
}

// The groups always add up to the totals, and VAT is what it is of the one or the other side, to half a cent.
func TestPricer_AddsUpForAnyOrder(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		var lines []lineXML
		for range 1 + random.IntN(6) {
			lines = append(lines, priced(random.Int64N(4000)-500, int32(random.IntN(4)), random.Int64N(20000), int32(1+random.IntN(3))))
		}
		for _, method := range []vatMethod{"VAT-METHOD-INCLUSIVE", "VAT-METHOD-EXCLUSIVE"} {
			sum, err := testPricer().complete(method, lines)
			require.NoError(t, err)
			var incl, excl int64
			for _, g := range sum.Groups {
				vat, net := *g.VATAmount, *g.ExclAmount
				incl, excl = incl+vat+net, excl+net
				exact := new(big.Rat).Mul(big.NewRat(net, 1), big.NewRat(g.VATPercentage, 10000))
				if method == "VAT-METHOD-INCLUSIVE" {
					exact = new(big.Rat).Mul(big.NewRat(vat+net, 1), big.NewRat(g.VATPercentage, 10000+g.VATPercentage))
				}
				off := exact.Sub(exact, big.NewRat(vat, 1))
				require.LessOrEqual(t, off.Abs(off).Cmp(big.NewRat(1, 2)), 0)
			}
			require.Equal(t, sum.Incl, incl)
			require.Equal(t, sum.Excl, excl)
		}
	}
}

func TestQuantity_ReadsAndWritesDecimals(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]quantity{
		"1": {1, 0}, "1.5": {15, 1}, "0,250": {250, 3}, "-2": {-2, 0}, ".5": {5, 1}, "-0.05": {-5, 2}, "1000000": {1000000, 0},
	} {
		got, err := parseQuantity(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "-", "x", "1.2.3", "1e3", "0.1234567", "99999999999999999999", "--1", "1-", "+1"} {
		_, err := parseQuantity(text)
		require.Error(t, err, text)
	}
	require.Equal(t, "-0.05", quantity{-5, 2}.text())
	require.Equal(t, "1.50", quantity{150, 2}.text())
	require.Equal(t, quantity{175, 2}, quantity{15, 1}.plus(quantity{25, 2}))
	require.True(t, quantity{10, 1}.equal(quantity{1, 0}))
	require.Equal(t, quantity{1 << 62, 0}, quantity{1 << 62, 0}.plus(quantity{1 << 62, 0}), "what does not fit stays")
}

// FuzzParseQuantity: what is read can be written and read again as the same number.
func FuzzParseQuantity(f *testing.F) {
	for _, seed := range []string{"1", "1.5", "-0,25", ".", "", "1e9", "٣"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := parseQuantity(text)
		if err != nil {
			return
		}
		again, err := parseQuantity(q.text())
		require.NoError(t, err)
		require.Equal(t, q, again)
	})
}
