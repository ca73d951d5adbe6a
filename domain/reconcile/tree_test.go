package reconcile_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

// TestTree_EachComesOnceAndAfterItsParent, whatever the books say hangs where.
func TestTree_EachComesOnceAndAfterItsParent(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		var all []domain.Category
		for i := range 1 + r.IntN(12) {
			parent := ""
			if r.IntN(3) > 0 {
				parent = fmt.Sprint(r.IntN(14))
			}
			all = append(all, domain.Category{Code: fmt.Sprint(i), Parent: parent, Order: r.IntN(3)})
		}
		tree := reconcile.Tree(all)
		require.Len(t, tree, len(all), "seed %d", seed)
		placed := map[string]bool{"": true}
		for _, branch := range tree {
			require.False(t, placed[branch.Code], "seed %d: %s comes twice", seed, branch.Code)
			if branch.Problem == "" {
				require.True(t, placed[branch.Parent], "seed %d: %s comes before its parent", seed, branch.Code)
				placed[branch.Code] = true
			}
		}
	}
}

func TestTree_SaysWhyACategoryHasNoPlace(t *testing.T) {
	t.Parallel()
	problems := map[string]string{}
	for _, branch := range reconcile.Tree([]domain.Category{{Code: "A"}, {Code: "A"}, {Code: "B", Parent: "?"}, {Code: "B1", Parent: "B"}, {Code: "C", Parent: "D"}, {Code: "D", Parent: "C"}, {Code: "E", Parent: "E"}, {Code: "D1", Parent: "D"}}) {
		problems[branch.Code] = branch.Problem
	}
	require.Equal(t, map[string]string{
		"A": "category_twice", "B": "category_parent_unknown", "B1": "category_parent_unknown", "C": "category_cycle", "D": "category_cycle", "E": "category_cycle",
		"D1": "category_cycle",
	}, problems)
}
