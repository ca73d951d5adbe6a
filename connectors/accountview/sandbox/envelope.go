package sandbox

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
)

// envelope is what a write carries, as the JSON says it. Keys match in any case.
type envelope struct {
	BookDate       *string
	BusinessObject string
	Table          struct {
		Definition        definition
		DetailDefinitions []definition
	}
	TableData struct {
		Data       rowValues
		DetailData []rowValues
	}
}

type definition struct {
	Name   string
	Fields []struct{ Name, FieldType string }
}

type rowValues struct {
	Rows []struct{ Values []json.RawMessage }
}

// sentRow is one row of a write, understood.
type sentRow struct {
	label  string   // RowId
	header string   // HeaderId, in detail rows
	action string   // RowAction, in detail rows
	values row      // what was given; null leaves a column out
	names  []string // of values, in the order sent
}

// sentTable is one table of a write.
type sentTable struct {
	table *table
	rows  []sentRow
}

// sent is a whole write, understood but not yet held against the books.
type sent struct {
	object   *object
	bookDate string
	headers  []sentRow
	details  []sentTable
}

// readEnvelope understands the body of a POST or a PUT, or refuses it.
func readEnvelope(body []byte, o *Options) (*sent, error) {
	if !utf8.Valid(body) {
		return nil, invalid(badRequest, "Het bericht is geen geldige UTF-8.")
	}
	var e envelope
	decoder := json.NewDecoder(bytes.NewReader(body))
	if err := decoder.Decode(&e); err != nil {
		return nil, invalid(badRequest, "Het bericht is geen geldige JSON.")
	}
	if decoder.More() {
		return nil, invalid(badRequest, "Na het bericht volgt nog iets anders.")
	}
	of, known := o.object(e.BusinessObject)
	if !known {
		return nil, invalid(unknownObject, "Business object '%s' bestaat niet.", cutAt(e.BusinessObject, 40))
	}
	s := &sent{object: of}
	if e.BookDate != nil {
		s.bookDate = *e.BookDate
	}
	if !sameName(e.Table.Definition.Name, of.Main.Name) {
		return nil, invalid(badRequest, "Tabel '%s' hoort niet bij object %s.", cutAt(e.Table.Definition.Name, 40), of.Code)
	}
	headers, err := readTable(of.Main, false, e.Table.Definition, e.TableData.Data, o)
	if err != nil {
		return nil, err
	}
	if s.headers = headers.rows; len(s.headers) == 0 {
		return nil, invalid(badRequest, "Het bericht bevat geen regels.")
	}
	if len(s.headers) > o.MaxHeaders {
		return nil, invalid(badRequest, "Het bericht bevat meer dan %d kopregel(s).", o.MaxHeaders)
	}
	if err := s.readDetails(&e, o); err != nil {
		return nil, err
	}
	return s, s.checkLabels()
}

func (s *sent) readDetails(e *envelope, o *Options) error {
	if len(e.Table.DetailDefinitions) != len(e.TableData.DetailData) {
		return invalid(badRequest, "DetailDefinitions en DetailData zijn niet even lang.")
	}
	for i, d := range e.Table.DetailDefinitions {
		var of *table
		for _, detail := range s.object.Details {
			if sameName(d.Name, detail.Name) && detail != &usrLinkTable {
				of = detail
			}
		}
		if of == nil {
			return invalid(badRequest, "Detailtabel '%s' kan niet bij object %s worden geschreven.", cutAt(d.Name, 40), s.object.Code)
		}
		if slices.ContainsFunc(s.details, func(t sentTable) bool { return t.table == of }) {
			return invalid(badRequest, "Detailtabel %s komt meer dan eens voor.", of.Name)
		}
		rows, err := readTable(of, true, d, e.TableData.DetailData[i], o)
		if err != nil {
			return err
		}
		if o.MaxLines > 0 && len(rows.rows) > o.MaxLines {
			return invalid(badRequest, "Het bericht bevat meer dan %d regels.", o.MaxLines)
		}
		s.details = append(s.details, rows)
	}
	return nil
}

// checkLabels makes sure that every detail row finds its header.
func (s *sent) checkLabels() error {
	labels := map[string]bool{}
	for _, h := range s.headers {
		if labels[h.label] {
			return invalid(badRequest, "RowId '%s' komt meer dan eens voor of ontbreekt.", cutAt(h.label, 40))
		}
		labels[h.label] = true
	}
	for _, d := range s.details {
		for _, r := range d.rows {
			if r.header == "" || !labels[r.header] {
				return invalid(badRequest, "HeaderId '%s' van tabel %s hoort bij geen kopregel.", cutAt(r.header, 40), d.table.Name)
			}
		}
	}
	return nil
}

const (
	rowID    = "ROWID"
	headerID = "HEADERID"
	// rowAction says what becomes of a detail row.
	rowAction = "ROWACTION"
)

// position is the meaning of one place in Values.
type position struct {
	label  string // rowID, headerID or rowAction
	column *column
}

func readTable(of *table, detail bool, d definition, data rowValues, o *Options) (sentTable, error) {
	positions, err := readDefinition(of, detail, d, o)
	if err != nil {
		return sentTable{}, err
	}
	read := sentTable{table: of}
	for i, r := range data.Rows {
		if len(r.Values) != len(positions) {
			return read, invalid(badRequest, "Regel %d van tabel %s heeft %d waarden voor %d velden.", i+1, of.Name, len(r.Values), len(positions))
		}
		one, err := readRow(positions, r.Values, o)
		if err != nil {
			return read, err
		}
		read.rows = append(read.rows, one)
	}
	return read, nil
}

func readRow(positions []position, values []json.RawMessage, o *Options) (sentRow, error) {
	r := sentRow{values: row{}}
	for i, at := range positions {
		var err error
		switch {
		case at.label == rowID:
			r.label, err = readLabel(values[i])
		case at.label == headerID:
			r.header, err = readLabel(values[i])
		case at.label == rowAction:
			r.action = strings.Trim(string(bytes.TrimSpace(values[i])), `"`)
		case at.column != nil:
			var value string
			var given bool
			if value, given, err = readValue(values[i], at.column, o); given {
				r.values[at.column.Name] = value
				r.names = append(r.names, at.column.Name)
			}
		}
		if err != nil {
			return r, err
		}
	}
	return r, nil
}

// readLabel reads a RowId or HeaderId: text or number, of which 1, "1" and "000001" are the same.
func readLabel(raw json.RawMessage) (string, error) {
	var written string
	if trimmed := bytes.TrimSpace(raw); len(trimmed) > 0 && trimmed[0] == '"' {
		if err := json.Unmarshal(trimmed, &written); err != nil {
			return "", invalid(badRequest, "RowId of HeaderId kan niet worden gelezen.")
		}
	} else {
		written = string(trimmed)
	}
	written = strings.TrimSpace(written)
	if written == "" || written == "null" || len(written) > 40 || strings.ContainsAny(written, "{}[]") {
		return "", invalid(badRequest, "RowId of HeaderId '%s' is geen regelnummer.", cutAt(written, 40))
	}
	if strings.Trim(written, "0123456789") == "" {
		if written = strings.TrimLeft(written, "0"); written == "" {
			written = "0"
		}
	}
	return written, nil
}

func readDefinition(of *table, detail bool, d definition, o *Options) ([]position, error) {
	var positions []position
	seen := map[string]bool{}
	for _, f := range d.Fields {
		name := strings.ToUpper(strings.TrimSpace(f.Name))
		if name == "" || seen[name] {
			return nil, invalid(badRequest, "Veld '%s' van tabel %s ontbreekt of komt meer dan eens voor.", cutAt(name, 40), of.Name)
		}
		seen[name] = true
		at := position{}
		if name == rowID || (name == headerID && detail) {
			at.label = name
			if !strings.EqualFold(f.FieldType, "C") {
				return nil, invalid(badRequest, "FieldType van %s moet C zijn.", f.Name)
			}
			positions = append(positions, at)
			continue
		}
		if name == rowAction && detail && o.OrderLineUpdates == "row_action" {
			if !strings.EqualFold(f.FieldType, "N") {
				return nil, invalid(badRequest, "FieldType van %s moet N zijn.", f.Name)
			}
			positions = append(positions, position{label: name})
			continue
		}
		c, known := of.column(name)
		known = known && c.shown(o)
		if !known && o.UnknownField == "error" {
			return nil, invalid(unknownField, "Veld %s bestaat niet in tabel %s.", cutAt(name, 40), of.Name)
		}
		if known {
			if err := checkLetter(c, strings.ToUpper(strings.TrimSpace(f.FieldType)), o); err != nil {
				return nil, err
			}
			at.column = c
		}
		positions = append(positions, at)
	}
	if detail && !seen[headerID] && len(d.Fields) > 0 {
		return nil, invalid(badRequest, "HeaderId ontbreekt in tabel %s.", of.Name)
	}
	return positions, nil
}

// checkLetter holds the declared letter against the column. Proven in writes are C, N, T, L and I; the dictionary's D, Y,
// B and M are refused unless the switch says otherwise.
func checkLetter(c *column, written string, o *Options) error {
	if o.DictionaryLetters == On && written == string(c.Type) {
		return nil
	}
	var fitting []string
	switch {
	case c.isText():
		fitting = []string{"C"}
	case c.isDate():
		fitting = []string{"T"}
	case c.Type == logical:
		fitting = []string{"L"}
	default:
		fitting = []string{"N", "I"}
	}
	if !slices.Contains(fitting, written) {
		return invalid(badRequest, "FieldType '%s' past niet bij veld %s.", cutAt(written, 10), c.Name)
	}
	return nil
}
