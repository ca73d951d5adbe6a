package sandbox

import (
	"encoding/json"
	"strconv"
)

// answer writes rows the way the Web API does: an object keyed by table name, the main table first, detail tables beside
// it, and hidden integer columns that tie them together within this one answer.
type answer struct {
	options *Options
	out     []byte
	tables  int
}

func (a *answer) begin() { a.out = append(a.out, '{') }

func (a *answer) end() []byte { return append(a.out, '}') }

// table writes one table of the answer; each row is written by its own function.
func (a *answer) table(name string, count int, write func(i int)) {
	if count == 0 && a.options.EmptyAnswer == "missing_key" {
		return
	}
	if a.tables > 0 {
		a.out = append(a.out, ',')
	}
	a.tables++
	a.key(name)
	if count == 1 && a.options.SingleRowAsObject == On {
		write(0)
		return
	}
	a.out = append(a.out, '[')
	for i := range count {
		if i > 0 {
			a.out = append(a.out, ',')
		}
		write(i)
	}
	a.out = append(a.out, ']')
}

func (a *answer) key(name string) {
	quoted, err := json.Marshal(name)
	if err != nil {
		quoted = []byte(`""`)
	}
	a.out = append(append(a.out, quoted...), ':')
}

// columns writes all columns of a table's row, and EXT_KEY.
func (a *answer) columns(t *table, r row) {
	for i := range t.Columns {
		c := &t.Columns[i]
		if !c.shown(a.options) {
			continue
		}
		a.key(c.Name)
		a.out = append(appendJSON(a.out, c, r[c.Name], a.options), ',')
	}
	a.key(extKey)
	a.out = append(a.out, "0,"...)
}

// id writes a hidden relation column and ends the row.
func (a *answer) id(name string, value int) {
	a.key(name)
	a.out = append(strconv.AppendInt(a.out, int64(value), 10), '}')
}

// answerQuery writes what a read found. The lock of the books is the caller's.
func (q *query) answer(b *books, found page, o *Options) []byte {
	a := &answer{options: o}
	a.begin()
	main := q.object.Main
	a.table(main.Name, len(found.rows), func(i int) {
		r := found.rows[i]
		a.out = append(a.out, '{')
		if q.allMain {
			a.columns(main, r)
		}
		for _, f := range q.main {
			if q.allMain && f.via == nil {
				continue
			}
			a.key(f.name(o))
			a.out = append(appendJSON(a.out, f.column, f.of(b, r), o), ',')
		}
		a.id(main.idName(), q.idOf(found, i))
	})
	for _, d := range q.details {
		a.detail(b, q, d, found)
	}
	return a.end()
}

// idOf counts from 0 within the answer. Dictionary fields count within the whole dictionary, so that a page can go on
// from the last one.
func (q *query) idOf(found page, i int) int {
	if q.object.Main == &dctFldTable {
		return found.places[i]
	}
	return i
}

func (a *answer) detail(b *books, q *query, d detailFields, found page) {
	type child struct {
		row    row
		header int
	}
	var children []child
	for i, header := range found.rows {
		for _, r := range b.detailsOf(d.table, header[q.object.Main.Key]) {
			children = append(children, child{r, q.idOf(found, i)})
		}
	}
	a.table(d.table.Name, len(children), func(i int) {
		a.out = append(a.out, '{')
		if d.all {
			a.columns(d.table, children[i].row)
		} else {
			for _, f := range d.fields {
				a.key(f.column.Name)
				a.out = append(appendJSON(a.out, f.column, children[i].row[f.column.Name], a.options), ',')
			}
		}
		a.id(q.object.Main.idName(), children[i].header)
	})
}
