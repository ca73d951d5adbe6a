package reconcile

import (
	"cmp"
	"slices"

	"github.com/koppel/koppel/domain"
)

// Branch is a category in its place in the tree.
type Branch struct {
	domain.Category
	Problem string // code of why it has no place; empty: it has
}

// Codes of why a category has no place in the tree; domain.ReasonFor explains each.
const (
	CategoryParentUnknown = "category_parent_unknown"
	CategoryCycle         = "category_cycle"
	CategoryTwice         = "category_twice"
)

// Tree puts categories in order: each after the one above it, sisters by their place
// and their code. What hangs under nothing, or under itself, comes last with its
// problem, and so does what hangs under that.
func Tree(all []domain.Category) []Branch {
	known, twice := map[string]bool{}, map[string]bool{}
	for _, c := range all {
		twice[c.Code] = known[c.Code]
		known[c.Code] = true
	}
	under := map[string][]domain.Category{}
	var tree, lost []Branch
	for _, c := range all {
		switch {
		case twice[c.Code]:
			lost = append(lost, Branch{c, CategoryTwice})
		case c.Parent != "" && !known[c.Parent]:
			lost = append(lost, Branch{c, CategoryParentUnknown})
		default:
			under[c.Parent] = append(under[c.Parent], c)
		}
	}
	placed := map[string]bool{}
	var hang func(parent string)
	hang = func(parent string) {
		sisters := under[parent]
		slices.SortFunc(sisters, func(a, b domain.Category) int {
			return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.Code, b.Code))
		})
		for _, c := range sisters {
			placed[c.Code] = true
			tree = append(tree, Branch{Category: c})
			hang(c.Code)
		}
	}
	hang("")
	lostCode := func(code string) bool {
		return slices.ContainsFunc(lost, func(b Branch) bool { return b.Code == code })
	}
	parent := map[string]string{}
	for _, c := range all {
		parent[c.Code] = c.Parent
	}
	var circling []Branch
	for _, c := range all {
		if placed[c.Code] || lostCode(c.Code) {
			continue
		}
		above, problem := c.Parent, CategoryCycle
		for range all {
			if lostCode(above) {
				problem = CategoryParentUnknown
				break
			}
			above = parent[above]
		}
		circling = append(circling, Branch{c, problem})
	}
	lost = append(lost, circling...)
	slices.SortStableFunc(lost, func(a, b Branch) int { return cmp.Compare(a.Code, b.Code) })
	return append(tree, slices.CompactFunc(lost, func(a, b Branch) bool { return a.Code == b.Code })...)
}
