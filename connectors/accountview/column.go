package accountview

import "github.com/koppel/koppel/domain"

// letter is a type letter of AccountView's data dictionary (reference: field dumps).
type letter string

const (
	letterText    letter = "C" // fixed width
	letterMemo    letter = "M" // no limit
	letterNumber  letter = "N"
	letterMoney   letter = "Y" // four decimals inside
	letterDouble  letter = "B"
	letterInteger letter = "I"
	letterLogical letter = "L"
	letterDate    letter = "D"
	letterMoment  letter = "T" // date and time of day, no zone
)

// column is one column of a table in the books.
type column struct {
	Name     string
	Letter   letter
	Length   int  // of text; 0 means no limit
	Required bool // refused when missing on a new record, as far as clients have seen
	Blocked  bool // kept by AccountView itself
	Upper    bool // upper-cased on entry: a code rather than prose
	Label    string
}

func (c column) kind() domain.ValueKind {
	switch c.Letter {
	case letterNumber, letterMoney, letterDouble, letterInteger:
		return domain.KindNumber
	case letterLogical:
		return domain.KindBool
	case letterDate, letterMoment:
		return domain.KindDate
	default:
		return domain.KindText
	}
}

// spec is how the column is published to the mapping.
func (c column) spec(key string) domain.FieldSpec {
	return domain.FieldSpec{
		Name: c.Name, Label: c.Label, Kind: c.kind(), Length: c.Length,
		Required: c.Required, Updatable: !c.Blocked && c.Name != key,
	}
}
