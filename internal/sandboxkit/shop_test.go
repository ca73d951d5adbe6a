package sandboxkit_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/sandboxkit"
)

func TestSeedShop_IsTheSameEveryTime(t *testing.T) {
	t.Parallel()
	require.Equal(t, sandboxkit.SeedShop(), sandboxkit.SeedShop())
}

func TestSeedShop_FitsBothSystems(t *testing.T) {
	t.Parallel()
	shop := sandboxkit.SeedShop()
	require.Len(t, shop.Groups, 25)
	require.Len(t, shop.Articles, 300)
	require.Len(t, shop.Customers, 60)

	parents := map[string]string{}
	for _, g := range shop.Groups {
		require.LessOrEqual(t, len(g.Code), 5)
		require.NotContains(t, parents, g.Code)
		if g.Parent != "" {
			require.Contains(t, parents, g.Parent, "a group stands after its parent")
		}
		parents[g.Code] = g.Parent
	}

	numbers, eans, rates := map[int64]bool{}, map[string]bool{}, map[int]int{}
	for _, a := range shop.Articles {
		require.LessOrEqual(t, utf8.RuneCountInString(a.Name), 40, a.Name)
		require.Contains(t, parents, a.Group)
		require.Positive(t, a.PriceIncl)
		require.Len(t, a.EAN, 13)
		require.Zero(t, eanSum(a.EAN)%10, a.EAN)
		require.False(t, numbers[a.Number] || eans[a.EAN], "article %d appears twice", a.Number)
		numbers[a.Number], eans[a.EAN] = true, true
		rates[a.TillVATCode]++
	}
	require.Equal(t, map[int]int{sandboxkit.VATLow: 90, sandboxkit.VATHigh: 195, sandboxkit.VATZero: 15}, rates)
}

func eanSum(ean string) int {
	sum := 0
	for i, c := range ean {
		sum += int(c-'0') * (1 + 2*(i%2))
	}
	return sum
}

func TestSeedShop_CustomersAreOfEveryKind(t *testing.T) {
	t.Parallel()
	companies, known, withoutEmail, emails, countries := 0, 0, 0, map[string]int{}, map[string]int{}
	for i, c := range sandboxkit.SeedShop().Customers {
		require.Equal(t, 10001+i, atoi(t, c.Number))
		require.NotEmpty(t, c.Name())
		require.LessOrEqual(t, utf8.RuneCountInString(c.Name()), 40)
		require.True(t, (c.Company == "") != (c.Person == ""), "a company or a person, not both")
		countries[c.Country]++
		if c.Company != "" {
			companies++
			require.True(t, strings.HasPrefix(c.VATNumber, c.Country), c.VATNumber)
			require.LessOrEqual(t, len(c.VATNumber), 14)
			require.NotEmpty(t, c.Contact)
		} else {
			require.Empty(t, c.VATNumber)
		}
		if c.RelationNumber != 0 {
			known++
		}
		if c.Email == "" {
			withoutEmail++
		} else {
			emails[c.Email]++
		}
	}
	require.Equal(t, 20, companies)
	require.Equal(t, 45, known)
	require.Equal(t, 6, withoutEmail)
	require.Equal(t, 53, len(emails), "exactly two customers share one address")
	require.Greater(t, countries["BE"], 3)
	require.Greater(t, countries["DE"], 3)
}

func atoi(t *testing.T, text string) int {
	t.Helper()
	n := 0
	for _, c := range text {
		require.True(t, c >= '0' && c <= '9', text)
		n = n*10 + int(c-'0')
	}
	return n
}

func TestVATPercent_KnowsTheDutchRates(t *testing.T) {
	t.Parallel()
	require.Equal(t, int64(900), sandboxkit.VATPercent(sandboxkit.VATLow))
	require.Equal(t, int64(2100), sandboxkit.VATPercent(sandboxkit.VATHigh))
	require.Zero(t, sandboxkit.VATPercent(sandboxkit.VATZero))
	require.Zero(t, sandboxkit.VATPercent(17))
}
