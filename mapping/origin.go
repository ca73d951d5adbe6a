package mapping

import "github.com/koppel/koppel/domain"

// Origin tells how one field of a draft came to hold what it holds.
type Origin struct {
	Entity  domain.Entity
	Line    int    // line of the order from 1; 0 when it is not about one
	Field   string // in the target's own name
	Row     int    // place in mapping.<entity>, from 0
	Source  string // the expression
	Policy  domain.FieldPolicy
	Lookups []LookupHit // rows of lookup tables that the expression read, in that order
	Rules   []string    // what was done to make the text fit: "cut to 40 characters"
	Given   bool        // false: the expression gave nothing, so the field is not sent
	Value   domain.Value
}

// LookupHit is one answer of a lookup table.
type LookupHit struct {
	Table string
	Keys  []string // as asked
	Row   int      // place in lookups.<table>.rows, from 0; -1: the table's default
	Value string
}
