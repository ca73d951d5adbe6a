package mplus

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

// No digit is lost or won on the way from the wire to a decimal, whatever the
// number and its places.
func TestQuantitiesAndMoney_AreExact(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	numbers := []int64{0, 1, -1, 530, math.MaxInt64, math.MinInt64}
	for range 2000 {
		numbers = append(numbers, int64(random.Uint64())>>random.IntN(64))
	}
	for _, n := range numbers {
		places := random.IntN(maxDecimalPlaces + 1)
		r := &reading{}
		got := r.quantity("quantity", wireInt(strconv.FormatInt(n, 10)), wireInt(strconv.Itoa(places)))
		want := new(big.Rat).SetFrac(big.NewInt(n), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil))
		require.Zero(t, want.Cmp(got.Rat()), "%d with %d places", n, places)

		euros := r.euros("price", wireInt(strconv.FormatInt(n, 10)))
		require.True(t, euros.Mul(decimal.NewFromInt(100)).Equal(decimal.NewFromInt(n)))
		require.NoError(t, r.err())
	}
}

func TestQuantity_AbsentPlacesAreTheSettings(t *testing.T) {
	t.Parallel()
	r := &reading{}
	require.Equal(t, "530", r.quantity("quantity", "530", "").String())
	r = &reading{assumptions: assumptions{absentDecimalPlaces: 2}}
	require.Equal(t, "5.3", r.quantity("quantity", "530", "").String())
	require.Equal(t, "0.53", r.quantity("quantity", "530", "3").String())
	require.NoError(t, r.err())
}

func TestReading_NamesTheElementAndNotItsValue(t *testing.T) {
	t.Parallel()
	r := &reading{}
	r.in("lineList/2", func() {
		r.in("data", func() { r.euros("price", "planted") })
		r.number("articleNumber", "-5")
		r.yes("flag", "planted", true)
	})
	require.Equal(t, "lineList/2/data/price: is not a whole number\nlineList/2/articleNumber: is negative\nlineList/2/flag: is neither true nor false", r.err().Error())
}

func TestReading_CollectsAFewProblemsOnly(t *testing.T) {
	t.Parallel()
	r := &reading{}
	for range 1000 {
		r.fail("x", "y")
	}
	require.Len(t, r.problems, 5)
}

func lineOf(t *testing.T, a assumptions, method domain.VATMethod, d lineData) domain.OrderLine {
	t.Helper()
	r := &reading{assumptions: a}
	l := r.orderLineFromLine(line{ArticleNumber: "7", Data: &d}, method, nil)
	require.NoError(t, r.err())
	return l
}

func TestLine_OnlyWhatTheTillLeavesOutIsWorkedOut(t *testing.T) {
	t.Parallel()
	a := assumptions{percentPlaces: 2}
	for name, c := range map[string]struct {
		a                                        assumptions
		method                                   domain.VATMethod
		data                                     lineData
		unitIncl, unitExcl, incl, excl, discount string
	}{
		"all told, even when odd": {
			a, domain.VATInclusive,
			lineData{Quantity: "3", Price: "100", PriceExcl: "83", VatPercentage: "2100", TotalInclAmount: "299", TotalExclAmount: "246", DiscountAmount: "1"},
			"1", "0.83", "2.99", "2.46", "0.01",
		},
		"total excl. missing": {
			a, domain.VATInclusive,
			lineData{Quantity: "1", Price: "1000", VatPercentage: "2100", TotalInclAmount: "1000"},
			"10", "8.26", "10", "8.26", "0",
		},
		"totals missing, sold incl. VAT": {
			a, domain.VATInclusive,
			lineData{Quantity: "1500", DecimalPlaces: "3", Price: "333", PriceExcl: "275", VatPercentage: "2100"},
			"3.33", "2.75", "5", "4.13", "0",
		},
		"totals missing, sold excl. VAT": {
			a, domain.VATExclusive,
			lineData{Quantity: "3", Price: "121", PriceExcl: "100", VatPercentage: "2100"},
			"1.21", "1", "3.63", "3", "0",
		},
		"totals missing, discount of the line": {
			a, domain.VATInclusive,
			lineData{Quantity: "2", Price: "1000", VatPercentage: "2100", DiscountAmount: "150"},
			"10", "8.26", "18.5", "15.29", "1.5",
		},
		"totals missing, discount of each": {
			assumptions{percentPlaces: 2, discountAmount: DiscountPerUnit},
			domain.VATInclusive,
			lineData{Quantity: "2", Price: "1000", VatPercentage: "2100", DiscountAmount: "150"},
			"10", "8.26", "17", "14.05", "3",
		},
		"totals missing, discount in percent": {
			a, domain.VATInclusive,
			lineData{Quantity: "2", Price: "1000", VatPercentage: "2100", DiscountPercentage: "1250"},
			"10", "8.26", "17.5", "14.46", "2.5",
		},
		"shifted VAT adds nothing": {
			a, domain.VATShifted,
			lineData{Quantity: "2", PriceExcl: "1000", VatPercentage: "2100"},
			"10", "10", "20", "20", "0",
		},
		"price by method": {
			assumptions{percentPlaces: 2, linePrice: PriceByVATMethod},
			domain.VATExclusive,
			lineData{Quantity: "1", Price: "1000", VatPercentage: "2100"},
			"12.1", "10", "12.1", "10", "0",
		},
		"whole percentages": {
			assumptions{percentPlaces: 0},
			domain.VATInclusive,
			lineData{Quantity: "1", Price: "109", VatPercentage: "9"},
			"1.09", "1", "1.09", "1", "0",
		},
		"nothing told": {a, domain.VATInclusive, lineData{}, "0", "0", "0", "0", "0"},
	} {
		l := lineOf(t, c.a, c.method, c.data)
		require.Equal(t, []string{c.unitIncl, c.unitExcl, c.incl, c.excl, c.discount},
			[]string{l.UnitPriceIncl.String(), l.UnitPriceExcl.String(), l.TotalIncl.String(), l.TotalExcl.String(), l.DiscountIncl.String()}, name)
	}
}

func TestVATGroups_AreAlwaysInTheSameOrder(t *testing.T) {
	t.Parallel()
	group := func(code string) vatGroup {
		return vatGroup{VatCode: wireInt(code), VatPercentage: "2100", ExclAmount: "100", VatAmount: "21"}
	}
	r := &reading{assumptions: assumptions{percentPlaces: 2}}
	one := r.vatGroups([]vatGroup{group("10"), group("2"), group("1")})
	two := r.vatGroups([]vatGroup{group("1"), group("10"), group("2")})
	require.NoError(t, r.err())
	require.Equal(t, one, two)
	require.Equal(t, "1", one[0].Code)
	require.Equal(t, "10", one[2].Code)
}

func TestVATGroups_AGroupWithoutAmountsCannotBeChecked(t *testing.T) {
	t.Parallel()
	r := &reading{}
	r.vatGroups([]vatGroup{{VatCode: "1", VatPercentage: "900", ExclAmount: "100"}})
	require.ErrorContains(t, r.err(), "vatGroupList/1/")
}

func TestExternalNumber_ComesFromTheFieldThatTheShopUses(t *testing.T) {
	t.Parallel()
	w := relation{ExtRelationID: " D1 ", RelationCode: "C1"}
	for setting, want := range map[ExternalNumber]string{ExternalFromExtRelationID: "D1", ExternalFromRelationCode: "C1", ExternalNowhere: ""} {
		require.Equal(t, want, assumptions{externalNumber: setting}.customerFromRelation(w, 5).ExternalNumber)
	}
}

func TestNoCustomerNumbers_StandForNobody(t *testing.T) {
	t.Parallel()
	a := assumptions{noCustomerNumbers: []int64{0, 999}}
	for text, want := range map[string]int64{"": 0, "0": 0, "999": 0, "-4": 0, "x": 0, "12": 12} {
		require.Equal(t, want, a.relationNumberOf(wireSale{RelationNumber: wireInt(text)}), text)
	}
}

func TestPlacesOfPercentages_AreFoundOut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rates  []string
		places int
		ok     bool
	}{
		{[]string{"0", "900", "2100"}, 2, true},
		{[]string{"0", "9", "21"}, 0, true},
		{[]string{"700", "1900"}, 2, true},
		{[]string{"7", "19"}, 0, true},
		{[]string{"2100", "5"}, 2, true},
		{[]string{"2100", "21"}, 0, false},
		{[]string{"19", "1900"}, 0, false},
		{[]string{"0", "0"}, 0, false},
		{[]string{"x", "-900"}, 0, false},
		{nil, 0, false},
	} {
		var groups []vatGroup
		for _, rate := range c.rates {
			groups = append(groups, vatGroup{VatPercentage: wireInt(rate)})
		}
		places, ok := placesOfPercentages(groups)
		require.Equal(t, fmt.Sprint(c.places, c.ok), fmt.Sprint(places, ok), c.rates)
	}
}
