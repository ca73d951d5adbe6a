package mapping

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/koppel/koppel/domain"
)

// fitted is a value after the rules of its row.
type fitted struct {
	value domain.Value
	rules []string // what was done, for people
	rest  string   // what goes to the note field
}

// fit makes a value fit its field: characters first, because plain letters may
// be more of them.
func (r row) fit(value domain.Value, length int, set domain.CharacterSet) (fitted, *Refused) {
	out := fitted{value: value}
	if value.Kind != domain.KindText {
		return out, nil
	}
	if set == domain.CharactersWindows1252 {
		text, rule, ok := storable(value.Text, r.Characters)
		if !ok {
			return out, &Refused{Reason: CodeCharacters, Rule: "holds a character that the target cannot store"}
		}
		if rule != "" {
			out.value, out.rules = domain.TextValue(text), append(out.rules, rule)
		}
	}
	return out.fitLength(length, r.MappingRow)
}

func (f fitted) fitLength(length int, r domain.MappingRow) (fitted, *Refused) {
	text := f.value.Text
	if length <= 0 || utf8.RuneCountInString(text) <= length {
		return f, nil
	}
	short := cut(text, length)
	switch r.TooLong {
	case domain.TooLongTruncate:
		f.rules = append(f.rules, fmt.Sprintf("cut to %d characters", length))
	case domain.TooLongOverflow:
		f.rest = strings.TrimSpace(string([]rune(text)[length:]))
		f.rules = append(f.rules, fmt.Sprintf("cut to %d characters, the rest stands in %s", length, r.OverflowTo))
	default:
		return f, tooLong(length)
	}
	f.value = domain.TextValue(short)
	return f, nil
}

func tooLong(length int) *Refused {
	return &Refused{Reason: CodeTooLong, Rule: fmt.Sprintf("is longer than %d characters", length)}
}

// overflow appends to a note what did not fit in another field, on a line of its
// own that names the field. The note's own length rule bounds it.
func (f fitted) overflow(field, rest string, length int, note domain.MappingRow) (fitted, *Refused) {
	text := field + ": " + rest
	if f.value.Text != "" {
		text = f.value.Text + "\n" + text
	}
	f.value = domain.TextValue(text)
	f.rules = append(f.rules, fmt.Sprintf("the rest of %s appended", field))
	return f.fitLength(length, note)
}
