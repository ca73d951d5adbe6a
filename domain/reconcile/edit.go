package reconcile

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// Why an edit of a sale is refused. They are the codes that explain it to people.
const (
	EditIdentity = "fix_changes_identity"
	EditTotal    = "fix_changes_total"
	EditGroups   = "fix_groups_differ"
)

// EditProblem says why a person may not edit a sale so; empty when they may. It
// must stay the same sale, for the same money: what the customer pays is what the
// till says, and the VAT groups, which the books are proved against, must add up
// to it. A till that did not add up itself is held to the sums it had.
func EditProblem(till, edited domain.Order) string {
	switch {
	case till.ID != edited.ID || till.Number != edited.Number || till.Version != edited.Version || till.Source != edited.Source ||
		till.Cancelled != edited.Cancelled || till.Credits != edited.Credits || !slices.Equal(till.OrderIDs, edited.OrderIDs):
		return EditIdentity
	case !till.TotalIncl.Equal(edited.TotalIncl):
		return EditTotal
	}
	excl, incl := sumOfGroups(edited.VATGroups)
	tillExcl, tillIncl := sumOfGroups(till.VATGroups)
	addsUp := excl.Equal(edited.TotalExcl) && incl.Equal(edited.TotalIncl)
	asTill := excl.Equal(tillExcl) && incl.Equal(tillIncl) && till.TotalExcl.Equal(edited.TotalExcl)
	if !addsUp && !asTill {
		return EditGroups
	}
	return ""
}

func sumOfGroups(groups []domain.VATGroup) (excl, incl decimal.Decimal) {
	for _, g := range groups {
		excl, incl = excl.Add(g.Excl), incl.Add(g.Incl())
	}
	return excl, incl
}
