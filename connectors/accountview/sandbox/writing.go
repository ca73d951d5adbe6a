package sandbox

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// apiUser is who the books say made a change through the Web API.
const apiUser = "WEBAPI"

// writing is one POST or PUT on its way into the books.
type writing struct {
	*changes
	options *Options
	moment  time.Time
	given   *sentRow // the row being written
	written []writtenRow
}

type writtenRow struct {
	table  *table
	row    row
	given  *sentRow
	header int // place of the header row among the headers
}

// write does a POST or a PUT whole, or refuses it whole. The write lock is taken here.
func (s *Server) write(method string, received *sent, o *Options) ([]byte, error) {
	if err := s.checkBookDate(received.bookDate); err != nil {
		return nil, err
	}
	insert := method == http.MethodPost
	of := received.object
	if of.isReadOnly(o) {
		return nil, &refusal{http.StatusForbidden, []int{notAllowed}, "U hebt geen rechten om object " + of.Code + " te wijzigen."}
	}
	if (insert && !of.Insert) || (!insert && !of.mayUpdate(o)) {
		return nil, invalid(notAllowed, "Object %s kan niet via de Web API worden gewijzigd.", of.Code)
	}
	s.books.mu.Lock()
	defer s.books.mu.Unlock()
	w := &writing{changes: s.books.change(), options: o, moment: s.now()}
	for i := range received.headers {
		if err := w.writeHeader(received, i, insert); err != nil {
			return nil, err
		}
	}
	if err := w.save(); err != nil {
		return nil, err
	}
	return w.answer(of), nil
}

func (w *writing) writeHeader(received *sent, i int, insert bool) error {
	of, given := received.object, &received.headers[i]
	if !insert {
		for _, d := range received.details {
			if len(d.rows) > 0 && (d.table != &soLineTable || w.options.OrderLineUpdates == "off") {
				return invalid(notAllowed, "Regels van tabel %s kunnen niet worden gewijzigd.", d.table.Name)
			}
		}
	}
	r, err := w.start(of, given, insert)
	if err != nil {
		return err
	}
	w.given = given
	if err := of.Write(w, r, insert); err != nil {
		return err
	}
	if err := w.finish(of.Main, r, insert); err != nil {
		return err
	}
	w.written = append(w.written, writtenRow{of.Main, r, given, i})
	lines := 0
	for _, d := range received.details {
		for j := range d.rows {
			line := &d.rows[j]
			if line.header != given.label {
				continue
			}
			lines++
			writeLine := of.WriteLine
			if !insert {
				writeLine = changeOrderLine
			}
			if err := writeLine(w, r, line, lines, i); err != nil {
				return err
			}
		}
	}
	if of.Close != nil {
		return of.Close(w, r, lines)
	}
	return nil
}

// start gives the row that the given values make: a new one, or a copy of the stored one with the given values in place.
func (w *writing) start(of *object, given *sentRow, insert bool) (row, error) {
	if err := w.checkGiven(of.Main, given, insert); err != nil {
		return nil, err
	}
	if insert {
		return maps.Clone(given.values), nil
	}
	key := given.values[of.Main.Key]
	if key == "" {
		return nil, invalid(mustBeGiven, "Veld %s moet worden opgegeven om een record te wijzigen.", of.Main.Key)
	}
	stored, known := w.row(of.Main.Name, key)
	if !known || !of.includes(stored) {
		return nil, notFound("Record %s bestaat niet in tabel %s.", key, of.Main.Name)
	}
	r := maps.Clone(stored)
	maps.Copy(r, given.values)
	return r, nil
}

// checkGiven refuses columns that the system keeps; the key of an update is the exception. An empty text for a code is a
// code that does not exist, unless the switch says that it counts as not given.
func (w *writing) checkGiven(t *table, given *sentRow, insert bool) error {
	for _, name := range slices.Sorted(maps.Keys(given.values)) {
		c, _ := t.column(name)
		if c.Blocked && (insert && !c.OnInsert || !insert && name != t.Key) {
			return invalid(keptBySystem, "Veld %s wordt door AccountView bijgehouden en kan niet worden gewijzigd.", name)
		}
		if given.values[name] != "" || (c.Refers == "" && name != t.Key) {
			continue
		}
		if w.options.EmptyCode == "reject" {
			return invalid(doesNotExist, "De code '' van veld %s bestaat niet.", name)
		}
		delete(given.values, name)
	}
	return nil
}

// finish holds a row against the dictionary, notes the change and stores it.
func (w *writing) finish(t *table, r row, insert bool) error {
	for i := range t.Columns {
		c := &t.Columns[i]
		if c.Mandatory && r[c.Name] == "" {
			return invalid(mustBeGiven, "Veld %s moet worden ingevuld.", c.Name)
		}
		if c.Refers != "" && r[c.Name] != "" && !w.exists(c.Refers, r[c.Name]) {
			return invalid(doesNotExist, "De code '%s' van veld %s bestaat niet.", r[c.Name], c.Name)
		}
	}
	if _, known := w.row(t.Name, r[t.Key]); known && insert {
		return invalid(existsAlready, "Record %s bestaat al in tabel %s.", r[t.Key], t.Name)
	}
	w.stamp(r, insert)
	w.put(t, r)
	return nil
}

func (w *writing) exists(in, code string) bool {
	if list, ok := codelists[in]; ok {
		return list.has(code)
	}
	_, known := w.row(in, code)
	return known
}

func (w *writing) stamp(r row, insert bool) {
	now := w.moment.Format(momentLayout)
	r["CNG_DATE"], r["CNG_USR"] = now, apiUser
	if insert {
		r["INP_DATE"], r["INP_USR"] = now, apiUser
		r["CNG_NR"] = "1"
		return
	}
	counted, _ := strconv.Atoi(r["CNG_NR"])
	r["CNG_NR"] = strconv.Itoa(counted + 1)
}

// nextID draws a record id that no row of the table had before.
func (c *changes) nextID(t *table) string { return fmt.Sprintf("%010d", c.next(t.Name+".REC_ID", 1)) }

// answer gives the stored rows, as a read would.
func (w *writing) answer(of *object) []byte {
	a := &answer{options: w.options}
	a.begin()
	for _, t := range append([]*table{of.Main}, of.Details...) {
		var rows []writtenRow
		for _, r := range w.written {
			if r.table == t {
				rows = append(rows, r)
			}
		}
		a.table(t.Name, len(rows), func(i int) {
			a.out = append(a.out, '{')
			stored, _ := w.row(t.Name, rows[i].row[t.Key])
			if w.options.PostAnswer == "all" {
				a.columns(t, stored)
			} else {
				a.sentColumns(t, stored, rows[i].given)
			}
			a.id(of.Main.idName(), rows[i].header)
		})
	}
	return a.end()
}

// sentColumns writes the key and what the client sent.
func (a *answer) sentColumns(t *table, r row, given *sentRow) {
	names := given.names
	for _, name := range append([]string{t.Key}, t.AlsoKeys...) {
		if !slices.Contains(names, name) {
			names = append([]string{name}, names...)
		}
	}
	for _, name := range names {
		c, _ := t.column(name)
		a.key(name)
		a.out = append(appendJSON(a.out, c, r[name], a.options), ',')
	}
}
