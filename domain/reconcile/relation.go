package reconcile

import "slices"

// RelationMatches is what the till has for one debtor: its customers by each key, in
// the order of trust.
type RelationMatches struct {
	Debtor string
	ByKey  [][]string // numbers of customers
}

// RelationMatch is which customer a debtor is. The zero value: none of them.
type RelationMatch struct {
	Number    string
	Ambiguous bool // a key fits several, and no weaker key tells which
}

// MatchRelations says which customers debtors are. No two are the same customer: a
// stronger key goes first, whichever debtor has it, and then the debtor that comes
// first. Free says which customers a debtor may be at all. Where a key fits several,
// weaker ones may tell which of those it is.
func MatchRelations(debtors []RelationMatches, free func(debtor, customer string) bool) map[string]RelationMatch {
	matches, taken := map[string]RelationMatch{}, map[string]bool{}
	keys := 0
	for _, d := range debtors {
		keys = max(keys, len(d.ByKey))
	}
	for key := range keys {
		for _, d := range debtors {
			if _, known := matches[d.Debtor]; known || key >= len(d.ByKey) {
				continue
			}
			may := func(number string) bool { return !taken[number] && free(d.Debtor, number) }
			hits := only(d.ByKey[key], may)
			for _, weaker := range d.ByKey[key+1:] {
				if both := only(weaker, func(number string) bool { return slices.Contains(hits, number) }); len(hits) > 1 && len(both) > 0 {
					hits = both
				}
			}
			switch len(hits) {
			case 0:
			case 1:
				matches[d.Debtor], taken[hits[0]] = RelationMatch{Number: hits[0]}, true
			default:
				matches[d.Debtor] = RelationMatch{Ambiguous: true}
			}
		}
	}
	return matches
}

// only gives those that a condition holds for, each once.
func only(numbers []string, holds func(string) bool) []string {
	var kept []string
	for _, number := range numbers {
		if holds(number) && !slices.Contains(kept, number) {
			kept = append(kept, number)
		}
	}
	return kept
}
