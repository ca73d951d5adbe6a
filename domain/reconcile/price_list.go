package reconcile

import (
	"github.com/koppel/koppel/domain"
)

// PriceListRules say what may be done to a list of prices of the till.
type PriceListRules struct {
	Ours    func(key string) bool // whether the books had a row of this key before
	Leave   func(key string) bool // rows that stay as they are, whatever the books say now
	Create  bool                  // rows that the till does not have are made
	Update  bool                  // rows that it has are changed, and those that are over go
	Foreign domain.ForeignPrices
}

// PriceListChange is a list of prices as it is to be, and what is new in it.
type PriceListChange struct {
	Rows                   []domain.Draft
	Made, Changed, Removed int
	NotMade, NotChanged    int      // what the document does not allow
	Foreign                []string // keys of rows that the books never had, and that stay
}

// Differs reports whether there is anything to write.
func (c PriceListChange) Differs() bool { return c.Made+c.Changed+c.Removed > 0 }

// ChangePriceList lays the rows that the till is to hold over those that it holds.
// The order of rows that stay is the till's.
func ChangePriceList(held, wanted []domain.Draft, schema domain.Schema, rules PriceListRules) PriceListChange {
	var c PriceListChange
	byKey := make(map[string]domain.Draft, len(wanted))
	for _, row := range wanted {
		byKey[schema.RecordKey(row)] = row
	}
	met := map[string]bool{}
	for _, row := range held {
		key := schema.RecordKey(row)
		want, wants := byKey[key]
		again := met[key]
		met[key] = true
		switch {
		case rules.Leave(key):
			c.Rows = append(c.Rows, row)
		case wants && again: // the till has it twice
			c.drop(row, rules.Update)
		case wants && grantsAs(want, row, schema):
			c.Rows = append(c.Rows, row)
		case wants && rules.Update:
			c.Rows, c.Changed = append(c.Rows, want), c.Changed+1
		case wants:
			c.Rows, c.NotChanged = append(c.Rows, row), c.NotChanged+1
		case rules.Ours(key) || rules.Foreign == domain.ForeignRemove:
			c.drop(row, rules.Update)
		default:
			c.Rows, c.Foreign = append(c.Rows, row), append(c.Foreign, key)
		}
	}
	for _, row := range wanted {
		key := schema.RecordKey(row)
		switch {
		case met[key] || rules.Leave(key):
		case rules.Create:
			c.Rows, c.Made = append(c.Rows, row), c.Made+1
		default:
			c.NotMade++
		}
		met[key] = true
	}
	return c
}

func (c *PriceListChange) drop(row domain.Draft, may bool) {
	if may {
		c.Removed++
		return
	}
	c.Rows, c.NotChanged = append(c.Rows, row), c.NotChanged+1
}

// grantsAs reports whether a row of the till grants what is wanted. It may say more:
// the till works out the other side of VAT. A day that it has and that is not wanted
// makes another row of it.
func grantsAs(want, held domain.Draft, schema domain.Schema) bool {
	for _, spec := range schema.Fields {
		if !spec.Updatable {
			continue
		}
		w, wants := want.Get(spec.Name)
		h, has := held.Get(spec.Name)
		switch {
		case wants && spec.Kind == domain.KindDate && w.IsEmpty():
			wants = false
			fallthrough
		case !wants && spec.Kind == domain.KindDate:
			if has && !h.IsEmpty() {
				return false
			}
		case wants && (!has || !w.Equal(h)):
			return false
		}
	}
	return true
}
