package activities

import (
	"slices"

	"github.com/koppel/koppel/domain"
)

// Tally counts records by what would become of them. It holds no record, so it
// may enter a history.
type Tally []TallyLine

// TallyLine is one way in which records would end.
type TallyLine struct {
	Entity  string `json:"entity"`
	Outcome string `json:"outcome"`
	Code    string `json:"code,omitempty"` // why, of those that would be parked
	Records int    `json:"records"`
	Cents   int64  `json:"cents,omitempty"` // euro cents incl. VAT, of orders
}

// Plus adds another tally.
func (t Tally) Plus(more Tally) Tally {
	sum := slices.Clone(t)
	for _, line := range more {
		i := slices.IndexFunc(sum, func(l TallyLine) bool {
			return l.Entity == line.Entity && l.Outcome == line.Outcome && l.Code == line.Code
		})
		if i < 0 {
			sum = append(sum, line)
			continue
		}
		sum[i].Records += line.Records
		sum[i].Cents += line.Cents
	}
	return sum
}

// Orders counts the orders in it that were looked at.
func (t Tally) Orders() int {
	n := 0
	for _, line := range t {
		if line.Entity == string(domain.EntityOrder) {
			n += line.Records
		}
	}
	return n
}

// count adds an order and what would be written on its way.
func (t *Tally) count(o RehearsedOrder) {
	line := TallyLine{Entity: string(domain.EntityOrder), Outcome: o.Outcome, Records: 1, Cents: cents(o.Total)}
	if o.Reason != nil {
		line.Code = o.Reason.Code
	}
	more := Tally{line}
	for _, w := range o.Writes {
		if w.Entity != string(domain.EntityOrder) { // the order is counted above
			more = append(more, TallyLine{Entity: w.Entity, Outcome: w.Action + "d", Records: 1})
		}
	}
	*t = t.Plus(more)
}
