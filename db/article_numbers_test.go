package db_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/testkit"
)

var numberRules = domain.NumberRules{First: 900_000_000_000, Last: 999_999_999_999, LeadingZeros: domain.ZerosAlias, OtherCodes: domain.CodesAlias}

func stripping() domain.NumberRules {
	rules := numberRules
	rules.LeadingZeros = domain.ZerosStrip
	return rules
}

func codesOf(refused map[string]*fault.Error) map[string]string {
	codes := map[string]string{}
	for sku, f := range refused {
		codes[sku] = f.Code + " " + f.Key
	}
	return codes
}

func TestNumbers_ACodeKeepsItsNumber(t *testing.T) {
	t.Parallel()
	n := db.Numbers{DB: testkit.Database(t)}
	first, refused, err := n.Of(t.Context(), "shop", numberRules, []string{"100101", "PAN-1", "0123", "pan-1 ", "", "123"})
	require.NoError(t, err)
	require.Empty(t, refused)
	require.Equal(t, map[string]string{
		"100101": "100101", "123": "123", "": "900000000000", "0123": "900000000001", "PAN-1": "900000000002", "pan-1 ": "900000000002",
	}, first)
	again, _, err := n.Of(t.Context(), "shop", numberRules, []string{"SKILLET", "PAN-1", "0123"})
	require.NoError(t, err)
	require.Equal(t, map[string]string{"PAN-1": "900000000002", "0123": "900000000001", "SKILLET": "900000000003"}, again)

	other, _, err := n.Of(t.Context(), "other", numberRules, []string{"SKILLET"})
	require.NoError(t, err)
	require.Equal(t, "900000000000", other["SKILLET"], "each integration counts for itself")

	// Other rules are for codes to come.
	strict := domain.NumberRules{First: 10, Last: 20, LeadingZeros: domain.ZerosPark, OtherCodes: domain.CodesPark}
	kept, refused, err := n.Of(t.Context(), "shop", strict, []string{"PAN-1", "0123", "0124", "WOK", "1234567890123456789"})
	require.NoError(t, err)
	require.Equal(t, map[string]string{"PAN-1": "900000000002", "0123": "900000000001"}, kept)
	require.Equal(t, map[string]string{
		"0124": "number_leading_zeros 0124", "WOK": "number_no_number WOK", "1234567890123456789": "number_no_number 1234567890123456789",
	}, codesOf(refused))
}

func TestNumbers_TwoCodesThatAskForOneAreBothRefusedBeforeEitherIsUsed(t *testing.T) {
	t.Parallel()
	for name, pages := range map[string][][]string{
		"on one page":         {{"0123", "00123", "7"}},
		"on two":              {{"7", "00123"}, {"0123"}},
		"the plain one first": {{"00123"}, {"7"}, {"0123"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := db.Numbers{DB: testkit.Database(t)}
			for _, codes := range pages {
				require.NoError(t, n.Register(t.Context(), "shop", stripping(), 5, codes))
			}
			require.NoError(t, n.Registered(t.Context(), "shop", 5))
			numbers, refused, err := n.Of(t.Context(), "shop", stripping(), []string{"0123", "7"})
			require.NoError(t, err)
			require.Equal(t, map[string]string{"7": "7"}, numbers)
			require.Equal(t, map[string]string{"0123": "number_collides 0123, 00123"}, codesOf(refused))
			_, refused, err = n.Of(t.Context(), "shop", stripping(), []string{"00123"})
			require.NoError(t, err)
			require.Equal(t, map[string]string{"00123": "number_collides 00123, 0123"}, codesOf(refused))
		})
	}
}

func TestNumbers_ADeltaMeetsWhatStandsInTheTable(t *testing.T) {
	t.Parallel()
	n := db.Numbers{DB: testkit.Database(t)}
	of := func(rules domain.NumberRules, codes ...string) (map[string]string, map[string]string) {
		t.Helper()
		numbers, refused, err := n.Of(t.Context(), "shop", rules, codes)
		require.NoError(t, err)
		return numbers, codesOf(refused)
	}
	numbers, _ := of(stripping(), "123")
	require.Equal(t, map[string]string{"123": "123"}, numbers)
	_, refused := of(stripping(), "0123")
	require.Equal(t, map[string]string{"0123": "number_collides 0123, 123"}, refused)
	_, refused = of(stripping(), "123")
	require.Equal(t, map[string]string{"123": "number_collides 123, 0123"}, refused)

	// A third joins them, and the next complete reading meets one only.
	_, refused = of(stripping(), "00123")
	require.Equal(t, map[string]string{"00123": "number_collides 00123, 0123, 123"}, refused)
	require.NoError(t, n.Register(t.Context(), "shop", stripping(), 7, []string{"0123", "8"}))
	require.NoError(t, n.Registered(t.Context(), "shop", 7))
	numbers, _ = of(stripping(), "0123")
	require.Equal(t, map[string]string{"0123": "123"}, numbers)
}

func TestNumbers_RulesThatChangeSettleACollision(t *testing.T) {
	t.Parallel()
	n := db.Numbers{DB: testkit.Database(t)}
	_, refused, err := n.Of(t.Context(), "shop", stripping(), []string{"123", "0123"})
	require.NoError(t, err)
	require.Len(t, refused, 2)
	numbers, refused, err := n.Of(t.Context(), "shop", numberRules, []string{"123", "0123"})
	require.NoError(t, err)
	require.Empty(t, refused)
	require.Equal(t, map[string]string{"123": "123", "0123": "900000000000"}, numbers)
}

func TestNumbers_ANumberInTheRangeOfAliasesIsNobodyElses(t *testing.T) {
	t.Parallel()
	n := db.Numbers{DB: testkit.Database(t)}
	require.NoError(t, n.Register(t.Context(), "shop", numberRules, 1, []string{"A", "900000000000", "900000000002"}))
	require.NoError(t, n.Registered(t.Context(), "shop", 1))
	numbers, refused, err := n.Of(t.Context(), "shop", numberRules, []string{"A", "B", "900000000000", "900000000004"})
	require.NoError(t, err)
	require.Empty(t, refused)
	require.Equal(t, map[string]string{"A": "900000000001", "B": "900000000003", "900000000000": "900000000000", "900000000004": "900000000004"}, numbers)

	// An alias stays whose it is: the code that is this number came too late.
	_, refused, err = n.Of(t.Context(), "shop", numberRules, []string{"900000000003"})
	require.NoError(t, err)
	require.Equal(t, map[string]string{"900000000003": "number_collides 900000000003, B"}, codesOf(refused))
	numbers, _, err = n.Of(t.Context(), "shop", numberRules, []string{"B", "C"})
	require.NoError(t, err)
	require.Equal(t, map[string]string{"B": "900000000003", "C": "900000000005"}, numbers)
}

func TestNumbers_ARangeThatIsFullSaysSo(t *testing.T) {
	t.Parallel()
	n := db.Numbers{DB: testkit.Database(t)}
	rules := numberRules
	rules.First, rules.Last = 10, 12
	numbers, refused, err := n.Of(t.Context(), "shop", rules, []string{"A", "B", "11", "C", "D"})
	require.NoError(t, err)
	require.Equal(t, map[string]string{"A": "10", "B": "12", "11": "11"}, numbers)
	require.Equal(t, map[string]string{"C": "numbers_exhausted C", "D": "numbers_exhausted D"}, codesOf(refused))
	rules.Last = 13
	numbers, _, err = n.Of(t.Context(), "shop", rules, []string{"C"})
	require.NoError(t, err)
	require.Equal(t, "13", numbers["C"])
}

func TestNumbers_ATakenAliasIsNeverGivenAgain(t *testing.T) {
	t.Parallel()
	n := db.Numbers{DB: testkit.Database(t)}
	numbers, _, err := n.Of(t.Context(), "shop", numberRules, []string{"A", "5"})
	require.NoError(t, err)
	another, refused, err := n.Another(t.Context(), "shop", numberRules, "a", numbers["A"])
	require.NoError(t, err)
	require.Nil(t, refused)
	require.Equal(t, "900000000001", another)
	same, _, err := n.Another(t.Context(), "shop", numberRules, "A", numbers["A"])
	require.NoError(t, err)
	require.Equal(t, another, same, "who comes second finds the new one")
	numbers, _, err = n.Of(t.Context(), "shop", numberRules, []string{"A", "B"})
	require.NoError(t, err)
	require.Equal(t, map[string]string{"A": "900000000001", "B": "900000000002"}, numbers)

	_, refused, err = n.Another(t.Context(), "shop", numberRules, "5", "5")
	require.NoError(t, err)
	require.Equal(t, "Conflict: number_taken (number articles) [5: 5]", refused.Error())
	full := numberRules
	full.Last = 900_000_000_002
	_, refused, err = n.Another(t.Context(), "shop", full, "B", "900000000002")
	require.NoError(t, err)
	require.Equal(t, "numbers_exhausted", refused.Code)
}

func TestNumbers_ADryRunKeepsNothing(t *testing.T) {
	t.Parallel()
	n := db.Numbers{DB: testkit.Database(t)}
	would, refused, err := n.Would(t.Context(), "shop", stripping(), []string{"A", "7", "07"})
	require.NoError(t, err)
	require.Equal(t, map[string]string{"A": "900000000000"}, would)
	require.Len(t, refused, 2)
	numbers, _, err := n.Of(t.Context(), "shop", stripping(), []string{"B", "7"})
	require.NoError(t, err)
	require.Equal(t, map[string]string{"B": "900000000000", "7": "7"}, numbers)
}

func TestNumbers_GiversAtOneTimeGiveEachCodeOneNumber(t *testing.T) {
	t.Parallel()
	n := db.Numbers{DB: testkit.Database(t)}
	var mu sync.Mutex
	seen := map[string]string{}
	var all sync.WaitGroup
	for giver := range 6 {
		all.Go(func() {
			for page := range 8 {
				var codes []string
				for i := range 40 {
					codes = append(codes, fmt.Sprintf("X%d", (giver*17+page*31+i)%150), strconv.Itoa(1+(giver+page*40+i)%200))
				}
				numbers, refused, err := n.Of(t.Context(), "shop", numberRules, codes)
				if err != nil || len(refused) > 0 || len(numbers) == 0 {
					t.Errorf("giver %d: %v %v", giver, err, refused)
					return
				}
				mu.Lock()
				for sku, number := range numbers {
					if was, known := seen[sku]; known && was != number {
						t.Errorf("%s was %s and is %s", sku, was, number)
					}
					seen[sku] = number
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	require.Len(t, slices.Compact(slices.Sorted(maps.Values(seen))), len(seen))
	for sku, number := range seen {
		require.True(t, strings.HasPrefix(sku, "X") || sku == number, sku)
	}
}
