package reconcile

import (
	"fmt"
	"slices"

	"github.com/koppel/koppel/domain"
)

// addedRoles are those of lines that the till has not.
var addedRoles = []domain.LineRole{domain.RoleDiscount, domain.RoleRounding, domain.RoleShipping}

// Added tells which lines stand in the books that the till has not, one for each
// reason and VAT code, with their euros.
func Added(lines []BookedLine) []domain.Decision {
	type of struct {
		role domain.LineRole
		code string
	}
	var order []of
	sums := map[of]BookedLine{}
	for _, l := range lines {
		if !slices.Contains(addedRoles, l.Role) {
			continue
		}
		key := of{l.Role, l.VATCode}
		sum, known := sums[key]
		if !known {
			order = append(order, key)
		}
		sum.Stated, sum.Excl = true, sum.Excl.Add(l.Amount())
		sums[key] = sum
	}
	var added []domain.Decision
	for _, key := range order {
		about := fmt.Sprintf("%s, VAT code %s, € %s", key.role, key.code, sums[key].Excl.StringFixed(2))
		added = append(added, domain.Decision{Code: domain.DecidedLineAdded, About: about})
	}
	return added
}
