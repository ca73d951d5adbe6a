package settings

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// byteOrderMark is what spreadsheets put before text to say that it is UTF-8.
const byteOrderMark = "\ufeff"

// WriteLookupCSV writes the rows of a table for a spreadsheet: one column for
// each key, then value, percent, valid_from and valid_until, separated by ";".
// ReadLookupCSV reads it back to the same rows.
func WriteLookupCSV(table domain.Lookup) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	records := [][]string{slices.Concat(table.Columns(), rowColumns)}
	for i, row := range table.Rows {
		if len(row.Key) != len(table.Columns()) {
			return nil, fmt.Errorf("row [%d] has another number of keys than its table", i)
		}
		percent := ""
		if row.Percent != nil {
			percent = row.Percent.String()
		}
		record := slices.Concat(row.Key, []string{row.Value, percent, row.ValidFrom.String(), row.ValidUntil.String()})
		if slices.ContainsFunc(record, func(text string) bool { return strings.Contains(text, "\r") }) {
			return nil, fmt.Errorf("row [%d] holds a line end, which CSV does not keep as it is", i)
		}
		records = append(records, record)
	}
	if err := w.WriteAll(records); err != nil {
		return nil, fmt.Errorf("write a lookup table as CSV: %w", err)
	}
	return b.Bytes(), nil
}

// ReadLookupCSV gives the table with the rows of a CSV text in place of its own.
// The first line names the columns, in any order: the keys of the table, value,
// and, where they are wanted, percent, valid_from and valid_until. They are
// separated by ";" or ",". The error is of type Problems, with the line of each.
func ReadLookupCSV(name string, table domain.Lookup, text []byte) (domain.Lookup, error) {
	switch text = bytes.TrimPrefix(text, []byte(byteOrderMark)); {
	case len(text) > MaxBytes:
		return domain.Lookup{}, Problems{{Text: fmt.Sprintf("the text is larger than %d bytes", MaxBytes)}}
	case !utf8.Valid(text):
		return domain.Lookup{}, Problems{{Line: 1, Text: "is not UTF-8; in a spreadsheet, save it as CSV UTF-8"}}
	}
	r := &lookupReader{csv: csv.NewReader(bytes.NewReader(text)), columns: table.Columns()}
	r.csv.Comma, r.csv.FieldsPerRecord = separator(text), -1
	r.read()
	table.Rows = r.rows
	for _, p := range rowProblems("lookups."+name, table, func(i int) string { return fmt.Sprintf("line %d", r.lines[i]) }) {
		r.problems = append(r.problems, r.inText(p))
	}
	if len(r.problems) == 0 {
		return table, nil
	}
	slices.SortStableFunc(r.problems, func(a, b Problem) int { return a.Line - b.Line })
	return domain.Lookup{}, r.problems
}

// separator looks at the first line, which names columns and so holds neither
// sign but as separator.
func separator(text []byte) rune {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	if bytes.Contains(first, []byte(";")) {
		return ';'
	}
	return ','
}

// lookupReader reads the rows of one table.
type lookupReader struct {
	csv      *csv.Reader
	columns  []string
	header   []string
	rows     []domain.LookupRow
	lines    []int // of each row
	problems Problems
}

func (r *lookupReader) problem(line int, format string, args ...any) {
	r.problems = append(r.problems, Problem{Line: line, Text: fmt.Sprintf(format, args...)})
}

func (r *lookupReader) read() {
	r.rows = []domain.LookupRow{}
	for {
		record, err := r.csv.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if broken, ok := errors.AsType[*csv.ParseError](err); ok {
			r.problem(broken.StartLine, "is not readable as CSV: %s", broken.Err)
			continue
		}
		line, _ := r.csv.FieldPos(0)
		switch {
		case r.header == nil:
			if r.header = record; !r.headerFits(line) {
				return
			}
		case len(record) != len(r.header):
			r.problem(line, "has %d columns; the first line names %d", len(record), len(r.header))
		default:
			r.row(line, record)
		}
	}
	if r.header == nil && len(r.problems) == 0 {
		r.problem(1, "the text is empty; the first line must name the columns: %s", strings.Join(slices.Concat(r.columns, rowColumns), ", "))
	}
}

func (r *lookupReader) headerFits(line int) bool {
	before := len(r.problems)
	for i, name := range r.header {
		r.header[i] = strings.ToLower(strings.TrimSpace(name))
		switch name = r.header[i]; {
		case slices.Contains(r.header[:i], name):
			r.problem(line, "names column %q twice", name)
		case !slices.Contains(r.columns, name) && !slices.Contains(rowColumns, name):
			r.problem(line, "names column %q, which the table has not; it has: %s", name, strings.Join(slices.Concat(r.columns, rowColumns), ", "))
		}
	}
	for _, name := range append(slices.Clone(r.columns), "value") {
		if !slices.Contains(r.header, name) {
			r.problem(line, "must name column %q", name)
		}
	}
	return len(r.problems) == before
}

func (r *lookupReader) row(line int, record []string) {
	cell := func(name string) string {
		if i := slices.Index(r.header, name); i >= 0 {
			return record[i]
		}
		return ""
	}
	row, before := domain.LookupRow{Value: cell("value")}, len(r.problems)
	for _, name := range r.columns {
		row.Key = append(row.Key, cell(name))
	}
	if text := strings.TrimSpace(cell("percent")); text != "" {
		percent, err := percentFrom(text)
		if err != nil {
			r.problem(line, "percent must be a number such as 21 or 5.5")
		}
		row.Percent = &percent
	}
	var err error
	if row.ValidFrom, err = dateFrom(cell("valid_from")); err != nil {
		r.problem(line, "valid_from must be a date such as 2026-01-31")
	}
	if row.ValidUntil, err = dateFrom(cell("valid_until")); err != nil {
		r.problem(line, "valid_until must be a date such as 2026-01-31")
	}
	if len(r.problems) == before { // beside a row that was not understood, others would look wrong that are not
		r.rows, r.lines = append(r.rows, row), append(r.lines, line)
	}
}

// percentFrom also reads a decimal comma, as Dutch spreadsheets write it.
func percentFrom(text string) (decimal.Decimal, error) {
	text = strings.Replace(text, ",", ".", 1)
	if len(text) > 30 || strings.ContainsAny(text, "eE") {
		return decimal.Zero, errors.New("not a plain number")
	}
	return decimal.NewFromString(text)
}

var dutchDate = regexp.MustCompile(`^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$`)

// dateFrom also reads 31-1-2026: what a Dutch spreadsheet makes of 2026-01-31.
func dateFrom(text string) (domain.Date, error) {
	text = strings.TrimSpace(text)
	if m := dutchDate.FindStringSubmatch(text); m != nil {
		text = fmt.Sprintf("%s-%02s-%02s", m[3], m[2], m[1])
	}
	return domain.ParseDate(text)
}

// inText says where in the text a problem of a row stands: its line, and the
// column where one is meant.
func (r *lookupReader) inText(p Problem) Problem {
	_, at, _ := strings.Cut(p.Path, ".rows[")
	number, column, _ := strings.Cut(at, "]")
	row, err := strconv.Atoi(number)
	if err != nil || row >= len(r.lines) {
		return p
	}
	p.Path, p.Line = "", r.lines[row]
	if column = strings.TrimPrefix(column, "."); column != "" {
		p.Text = column + " " + p.Text
	}
	return p
}
