package accountview

import (
	"encoding/json"
	"strconv"

	"github.com/koppel/koppel/domain"
)

// envelope is the body of a POST or PUT (reference: three public clients). Its
// values are positional: they follow the fields of the definition.
type envelope struct {
	ID             string `json:"id,omitempty"`
	BookDate       string
	BusinessObject string
	Table          tableDefinition
	TableData      tableData
}

type tableDefinition struct {
	Definition        definition
	DetailDefinitions []definition `json:",omitempty"`
}

type definition struct {
	Name   string
	Fields []fieldDefinition
}

type fieldDefinition struct {
	Name      string
	FieldType letter
}

type tableData struct {
	Data       rowList
	DetailData []rowList `json:",omitempty"`
}

type rowList struct{ Rows []wireRow }

type wireRow struct{ Values []any }

// headerRowID labels the one header row; every detail row repeats it.
const headerRowID = "1"

// target says where a draft is written.
type target struct {
	object, table, lineTable string
	lineEntity               domain.Entity     // of the detail rows
	key                      string            // names the record in the table
	letters, lineLetters     map[string]letter // of the data dictionary
}

// newRecord is the envelope that creates a draft. What is empty is left out:
// the books take empty text for a wrong code.
func (t target) newRecord(d domain.Draft, bookDate domain.Date) envelope {
	return t.envelope(withoutEmpty(d), bookDate)
}

// change is the envelope that changes the given fields of a record.
func (t target) change(d domain.Draft, bookDate domain.Date) envelope {
	return t.envelope(d, bookDate)
}

func (t target) envelope(d domain.Draft, bookDate domain.Date) envelope {
	e := envelope{BusinessObject: t.object}
	if !bookDate.IsZero() {
		e.BookDate = midnight(bookDate)
	}
	header := definition{Name: t.table, Fields: []fieldDefinition{{"RowId", letterText}}}
	values := []any{headerRowID}
	for _, f := range d.Fields {
		header.Fields = append(header.Fields, fieldDefinition{f.Name, wireLetter(f.Value, t.letters[f.Name])})
		values = append(values, wireValue(f.Value))
	}
	e.Table.Definition = header
	e.TableData.Data = rowList{Rows: []wireRow{{values}}}
	if len(d.Lines) > 0 {
		details, rows := t.lines(d.Lines)
		e.Table.DetailDefinitions = []definition{details}
		e.TableData.DetailData = []rowList{rows}
	}
	return e
}

// lines gives all detail rows the same columns, in the order in which they
// first appear; a row without one of them holds null there.
func (t target) lines(lines []domain.Draft) (definition, rowList) {
	fields := t.lineFields(lines)
	details := definition{Name: t.lineTable, Fields: append([]fieldDefinition{{"RowId", letterText}, {"HeaderId", letterText}}, fields...)}
	var rows rowList
	for i, line := range lines {
		rows.Rows = append(rows.Rows, wireRow{append([]any{strconv.Itoa(i + 1), headerRowID}, lineValues(fields, line)...)})
	}
	return details, rows
}

func (t target) lineFields(lines []domain.Draft) []fieldDefinition {
	var fields []fieldDefinition
	seen := map[string]bool{}
	for _, line := range lines {
		for _, f := range line.Fields {
			if !seen[f.Name] {
				seen[f.Name] = true
				fields = append(fields, fieldDefinition{f.Name, wireLetter(f.Value, t.lineLetters[f.Name])})
			}
		}
	}
	return fields
}

func lineValues(fields []fieldDefinition, line domain.Draft) []any {
	var values []any
	for _, f := range fields {
		v, given := line.Get(f.Name)
		if !given {
			values = append(values, nil)
			continue
		}
		values = append(values, wireValue(v))
	}
	return values
}

// wireLetter is the letter of a value on the wire: only C, N, T, L and I are
// proven in a POST, so memo text goes as C, money as N and every date as T.
func wireLetter(v domain.Value, inBooks letter) letter {
	switch v.Kind {
	case domain.KindNumber:
		if inBooks == letterInteger && v.Number.IsInteger() {
			return letterInteger
		}
		return letterNumber
	case domain.KindDate:
		return letterMoment
	case domain.KindBool:
		return letterLogical
	default:
		return letterText
	}
}

func wireValue(v domain.Value) any {
	switch v.Kind {
	case domain.KindNumber:
		return json.Number(v.Number.String())
	case domain.KindDate:
		if v.Date.IsZero() {
			return nil
		}
		return midnight(v.Date)
	case domain.KindBool:
		return v.Bool
	default:
		return v.Text
	}
}

// withoutEmpty drops empty text and empty dates. Zero and false are values.
func withoutEmpty(d domain.Draft) domain.Draft {
	kept := domain.Draft{Entity: d.Entity, Key: d.Key}
	for _, f := range d.Fields {
		if hollow := f.Value.Kind == domain.KindText || f.Value.Kind == domain.KindDate; !hollow || !f.Value.IsEmpty() {
			kept.Fields = append(kept.Fields, f)
		}
	}
	for _, line := range d.Lines {
		kept.Lines = append(kept.Lines, withoutEmpty(line))
	}
	return kept
}
