package accountview

import (
	"slices"
	"strings"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// schema publishes the columns of a table.
func (c columns) schema(entity domain.Entity, key string) domain.Schema {
	s := domain.Schema{Entity: entity}
	for _, col := range c.list {
		s.Fields = append(s.Fields, col.spec(key))
	}
	return s
}

// storing tells what characters the columns can hold.
func (s Settings) storing(schema domain.Schema) domain.Schema {
	schema.CharacterSet = s.CharacterSet
	if schema.Lines != nil {
		schema.Lines.CharacterSet = s.CharacterSet
	}
	return schema
}

// letters are the dictionary's letters, from which those on the wire follow.
func (c columns) letters() map[string]letter {
	letters := make(map[string]letter, len(c.list))
	for _, col := range c.list {
		letters[col.Name] = col.Letter
	}
	return letters
}

// prose names the columns whose text may be cut: no codes, no keys.
func (c columns) prose(never []string) map[string]int {
	lengths := map[string]int{}
	for _, col := range c.list {
		if col.Letter == letterText && col.Length > 0 && !col.Upper && !slices.Contains(never, col.Name) {
			lengths[col.Name] = col.Length
		}
	}
	return lengths
}

// uncuttable are columns that identify or reach somebody: half of their text is worth nothing.
func (s Settings) uncuttable() []string {
	return []string{s.OrderRefField, s.OrderNumberField, s.Journal.RefField, s.DebtorExternalField, fieldDebtorEmail, "TO_EMAIL", "TEL_BUS", "TEL_MOB"}
}

// cut shortens the prose of a draft to what fits.
func cut(d domain.Draft, lengths, lineLengths map[string]int) domain.Draft {
	d.Fields = slices.Clone(d.Fields)
	for i, f := range d.Fields {
		most, prose := lengths[f.Name]
		if text := []rune(f.Value.Text); prose && len(text) > most {
			d.Fields[i].Value.Text = strings.TrimRight(string(text[:most]), " ")
		}
	}
	d.Lines = slices.Clone(d.Lines)
	for i := range d.Lines {
		d.Lines[i] = cut(d.Lines[i], lineLengths, nil)
	}
	return d
}

// tolerant lets fields pass that only the live dictionary could know.
func (c columns) tolerant(s domain.Schema, drafts ...domain.Draft) domain.Schema {
	if c.live {
		return s
	}
	s.Fields = slices.Clone(s.Fields)
	for _, d := range drafts {
		for _, f := range d.Fields {
			if _, known := s.Field(f.Name); !known {
				s.Fields = append(s.Fields, domain.FieldSpec{Name: f.Name, Kind: f.Value.Kind, Updatable: true})
			}
		}
	}
	return s
}

// upperNames writes the field names as the books do; they regard no case.
func upperNames(d domain.Draft) domain.Draft {
	d.Fields = slices.Clone(d.Fields)
	for i := range d.Fields {
		d.Fields[i].Name = strings.ToUpper(strings.TrimSpace(d.Fields[i].Name))
	}
	d.Lines = slices.Clone(d.Lines)
	for i := range d.Lines {
		d.Lines[i] = upperNames(d.Lines[i])
	}
	return d
}

// fieldRules is the fault of a draft that breaks the schema. Its operation names
// the fields and rules, which hold no values.
func fieldRules(op, key string, problems []domain.Problem) error {
	if len(problems) == 0 {
		return nil
	}
	const shown = 5
	words := make([]string, 0, len(problems))
	for _, p := range problems {
		words = append(words, p.String())
	}
	text := strings.Join(words[:min(shown, len(words))], "; ")
	if len(words) > shown {
		text += "; and more"
	}
	return fault.New(fault.Invalid, codeFieldRules, system+" "+op+": "+text).About(key).WithDetail(strings.Join(words, "; "))
}
