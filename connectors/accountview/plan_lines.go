package accountview

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// lineChange is what becomes of one line.
type lineChange struct {
	action string
	key    string       // of the line; empty for a new one
	line   domain.Draft // empty for one that goes
}

// planLines says how the stored lines become those of a draft: equal ones stay,
// a line of the same article is changed where that hides nothing old, and the
// others go and come.
func (b *Books) planLines(stored []row, lines []domain.Draft) ([]lineChange, error) {
	s := b.settings.RowActions
	left := slices.Clone(stored)
	columns := b.lineColumns(lines)
	var missing []domain.Draft
	for _, line := range lines {
		if at := slices.IndexFunc(left, func(r row) bool { return b.isLine(r, line) && hidesNothing(r, line, columns) }); at >= 0 {
			left = slices.Delete(left, at, at+1)
			continue
		}
		missing = append(missing, line)
	}
	var changed, added []lineChange
	for _, line := range missing {
		at := -1
		if s.Change != "" {
			at = slices.IndexFunc(left, func(r row) bool { return sameArticle(r, line) && hidesNothing(r, line, columns) })
		}
		if at < 0 {
			added = append(added, lineChange{action: s.Add, line: line})
			continue
		}
		changed = append(changed, lineChange{action: s.Change, key: left[at].text(s.LineKey), line: line})
		left = slices.Delete(left, at, at+1)
	}
	for _, r := range left {
		changed = append(changed, lineChange{action: s.Delete, key: r.text(s.LineKey)})
	}
	for _, c := range changed {
		if c.key == "" {
			return nil, fault.New(fault.Misconfigured, codeColumnMissing, system+" GET "+b.settings.OrdersObject+": "+s.LineKey)
		}
	}
	return append(changed, added...), nil
}

// isLine reports whether a stored line is the line of a draft.
func (b *Books) isLine(r row, line domain.Draft) bool {
	return !slices.ContainsFunc(line.Fields, func(f domain.Field) bool { return !b.holds(r, f) })
}

// lineColumns are the columns in which a line must hold nothing that the draft
// does not give: those that any line of the draft gives, and all numbers, since a
// discount that stays behind is money.
func (b *Books) lineColumns(lines []domain.Draft) []string {
	var names []string
	for _, c := range salesOrderLineColumns {
		if c.kind() == domain.KindNumber {
			names = append(names, c.Name)
		}
	}
	for _, line := range lines {
		for _, f := range line.Fields {
			names = append(names, f.Name)
		}
	}
	return distinct(names...)
}

// hidesNothing reports whether a stored line is empty where the draft's line
// gives nothing.
func hidesNothing(r row, line domain.Draft, columns []string) bool {
	return !slices.ContainsFunc(columns, func(name string) bool {
		if _, given := line.Get(name); given {
			return false
		}
		n, err := r.number(name)
		return r.text(name) != "" && (err != nil || !n.IsZero())
	})
}

func sameArticle(r row, line domain.Draft) bool {
	return textOf(line, fieldArticleCode) != "" && same(r.text(fieldArticleCode), textOf(line, fieldArticleCode))
}

// changeLines is the envelope of a plan.
func (b *Books) changeLines(t target, id string, plan []lineChange) envelope {
	s := b.settings.RowActions
	e := t.envelope(domain.Draft{Fields: []domain.Field{{Name: t.key, Value: domain.TextValue(id)}}}, b.bookDate())
	details := definition{Name: t.lineTable, Fields: []fieldDefinition{
		{"RowId", letterText}, {"HeaderId", letterText}, {s.Field, letterNumber}, {s.LineKey, letterText},
	}}
	fixed := len(details.Fields)
	var lines []domain.Draft
	for _, c := range plan {
		lines = append(lines, c.line)
	}
	details.Fields = append(details.Fields, t.lineFields(lines)...)
	var rows rowList
	for i, c := range plan {
		values := []any{strconv.Itoa(i + 1), headerRowID, json.Number(c.action), nil}
		if c.key != "" {
			values[3] = c.key
		}
		rows.Rows = append(rows.Rows, wireRow{append(values, lineValues(details.Fields[fixed:], c.line)...)})
	}
	e.Table.DetailDefinitions, e.TableData.DetailData = []definition{details}, []rowList{rows}
	return e
}
