package mapping

import (
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

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
	Row   int      // place in lookups.<table>.rows, from 0; or one of those below
	Value string
}

// Answers of a lookup table that are no row.
const (
	// HitDefault: the table's default.
	HitDefault = -1
	// HitNothing: there was no code to look up, so there is no answer.
	HitNothing = -2
)

// Explained is a draft and where each of its fields came from. The draft is the
// one that would be written: it comes out of the same pass.
type Explained struct {
	Draft   domain.Draft
	Booked  []reconcile.BookedLine // orders only: the lines as the VAT proof reads them
	Origins []Origin               // in the order of the rows; after an error, those of the rows before it
}
