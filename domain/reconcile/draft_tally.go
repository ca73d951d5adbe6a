package reconcile

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// Mapped is one record of the source as a version of the document maps it.
type Mapped struct {
	Drafts  []domain.Draft // its drafts, at most one of each entity
	Amounts []CodeAmount   // what its order books
	Stopped string         // code of why it would not reach the books: parked, or left out; empty: it would
}

// DraftTally adds up, over many orders, what another version of the document
// would make of them. It stays small however many there are.
type DraftTally struct {
	Orders      int
	Differ      int             // orders of which anything would differ
	DifferTotal decimal.Decimal // euros incl. VAT of those orders, as the till has them
	Fields      []FieldTally
	Amounts     []AmountTally
	Stopped     []StoppedTally
}

// FieldTally counts the orders in which one field would differ.
type FieldTally struct {
	Entity   domain.Entity
	Field    string
	Orders   int
	Examples []FieldExample
}

// FieldExample is one order in which a field would differ. It holds values: it
// is kept and shown as the records themselves are.
type FieldExample struct {
	Number string
	Change FieldChange
}

// AmountTally is what would move from or to one VAT code of the books, in euros.
type AmountTally struct {
	CodeAmount     // the new amount less the old one
	Orders     int // of which the amount under this code would differ
}

// StoppedTally counts the orders that would begin or cease to be kept from the
// books for a reason.
type StoppedTally struct {
	Code     string
	Newly    int
	NoLonger int
	Examples []string // numbers of orders
}

// examples bounds how many orders are named for each thing that differs.
const examples = 5

// WithExample adds the number of an order to examples: the first ones as people
// count them are kept, in whatever order they come by.
func WithExample(numbers []string, number string) []string {
	return within(append(numbers, number), domain.CompareNatural)
}

func within[T any](all []T, order func(a, b T) int) []T {
	slices.SortStableFunc(all, order)
	return all[:min(len(all), examples)]
}

// Add counts one order: as it was mapped, and as it would be.
func (t *DraftTally) Add(number string, total decimal.Decimal, before, after Mapped) {
	t.Orders++
	if t.stopped(number, before, after) || t.compared(number, before, after) {
		t.Differ++
		t.DifferTotal = t.DifferTotal.Add(total)
	}
}

// stopped counts an order that does not pass under one version or both, and
// reports whether that is another thing than before.
func (t *DraftTally) stopped(number string, before, after Mapped) bool {
	if before.Stopped == after.Stopped {
		return false
	}
	note := func(code string, count func(*StoppedTally)) {
		if code == "" {
			return
		}
		i := slices.IndexFunc(t.Stopped, func(p StoppedTally) bool { return p.Code == code })
		if i < 0 {
			i = len(t.Stopped)
			t.Stopped = append(t.Stopped, StoppedTally{Code: code})
		}
		count(&t.Stopped[i])
		t.Stopped[i].Examples = WithExample(t.Stopped[i].Examples, number)
	}
	note(before.Stopped, func(p *StoppedTally) { p.NoLonger++ })
	note(after.Stopped, func(p *StoppedTally) { p.Newly++ })
	return true
}

// compared counts what differs in an order that passes under both versions.
func (t *DraftTally) compared(number string, before, after Mapped) bool {
	if before.Stopped != "" || after.Stopped != "" {
		return false
	}
	changes := mappedChanges(before, after)
	seen := map[string]bool{}
	for _, c := range changes {
		if key := string(c.Entity) + " " + strings.ToUpper(c.Field); !seen[key] { // an order counts once, however many lines it has
			seen[key] = true
			t.field(number, c)
		}
	}
	moved := amountChanges(before.Amounts, after.Amounts)
	for _, m := range moved {
		t.amount(m)
	}
	return len(changes) > 0 || len(moved) > 0
}

// mappedChanges compares drafts of the same entity; one that only one version
// makes differs in all its fields.
func mappedChanges(before, after Mapped) []FieldChange {
	var changes []FieldChange
	for _, old := range before.Drafts {
		changes = append(changes, DraftChanges(old, draftFor(after, old.Entity))...)
	}
	for _, d := range after.Drafts {
		if draftFor(before, d.Entity).Entity == "" {
			changes = append(changes, DraftChanges(domain.Draft{}, d)...)
		}
	}
	return changes
}

func draftFor(m Mapped, entity domain.Entity) domain.Draft {
	for _, d := range m.Drafts {
		if d.Entity == entity {
			return d
		}
	}
	return domain.Draft{}
}

func (t *DraftTally) field(number string, c FieldChange) {
	i := slices.IndexFunc(t.Fields, func(f FieldTally) bool { return f.Entity == c.Entity && strings.EqualFold(f.Field, c.Field) })
	if i < 0 {
		i = len(t.Fields)
		t.Fields = append(t.Fields, FieldTally{Entity: c.Entity, Field: c.Field})
	}
	t.Fields[i].Orders++
	t.Fields[i].Examples = within(append(t.Fields[i].Examples, FieldExample{Number: number, Change: c}), func(a, b FieldExample) int {
		return domain.CompareNatural(a.Number, b.Number)
	})
}

func (t *DraftTally) amount(moved CodeAmount) {
	i := slices.IndexFunc(t.Amounts, func(a AmountTally) bool { return a.Code == moved.Code })
	if i < 0 {
		i = len(t.Amounts)
		t.Amounts = append(t.Amounts, AmountTally{CodeAmount: CodeAmount{Code: moved.Code}})
	}
	t.Amounts[i].Orders++
	t.Amounts[i].Excl, t.Amounts[i].VAT = t.Amounts[i].Excl.Add(moved.Excl), t.Amounts[i].VAT.Add(moved.VAT)
}

// Sort puts amounts and reasons in the order in which people look for them.
func (t *DraftTally) Sort() {
	slices.SortFunc(t.Amounts, func(a, b AmountTally) int { return domain.CompareNatural(a.Code, b.Code) })
	slices.SortFunc(t.Stopped, func(a, b StoppedTally) int { return domain.CompareNatural(a.Code, b.Code) })
}
