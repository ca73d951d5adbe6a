package domain_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

func TestCompareNatural_OrdersAsPeopleDo(t *testing.T) {
	t.Parallel()
	want := []string{"", "01", "1", "2", "10", "2025.99", "2026", "2026.2", "2026.02a", "2026.10", "2026.123456789012345678901234567890", "A2", "A10", "B"}
	for i, a := range want {
		for j, b := range want {
			require.Equal(t, i-j < 0, domain.CompareNatural(a, b) < 0, "%s and %s", a, b)
			require.Equal(t, i == j, domain.CompareNatural(a, b) == 0, "%s and %s", a, b)
		}
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, domain.CompareNatural)
	require.Equal(t, want, got)
}
