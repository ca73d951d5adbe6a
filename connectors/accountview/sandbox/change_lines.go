package sandbox

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// changeOrderLine does with one line of an order that exists what the switch and the row say.
func changeOrderLine(w *writing, header row, given *sentRow, _, headerPlace int) error {
	actions := w.options.RowActions
	switch {
	case w.options.OrderLineUpdates == "add", given.action == strconv.Itoa(actions.Add):
		last := 0
		for _, line := range w.orderLines(header["ORD_NR"]) {
			n, _ := strconv.Atoi(line["REC_ORD"])
			last = max(last, n)
		}
		return writeOrderLine(w, header, given, last+1, headerPlace)
	case given.action == strconv.Itoa(actions.Change):
		return w.changeLine(header, given, headerPlace)
	case given.action == strconv.Itoa(actions.Delete):
		line, err := w.lineNamed(header, given)
		if err != nil {
			return err
		}
		w.remove(&soLineTable, line["REC_ID"])
		return nil
	default:
		return invalid(wrongValue, "RowAction '%s' is onbekend.", cutAt(given.action, 40))
	}
}

// changeLine lays the given values over a line. What is not given stays.
func (w *writing) changeLine(header row, given *sentRow, headerPlace int) error {
	stored, err := w.lineNamed(header, given)
	if err != nil {
		return err
	}
	delete(given.values, "REC_ID")
	if err := w.checkGiven(&soLineTable, given, false); err != nil {
		return err
	}
	r := maps.Clone(stored)
	maps.Copy(r, given.values)
	if err := w.checkForeignVAT(header, r); err != nil {
		return err
	}
	if err := w.finish(&soLineTable, r, false); err != nil {
		return err
	}
	w.written = append(w.written, writtenRow{&soLineTable, r, given, headerPlace})
	return nil
}

// lineNamed finds the line of the order that a row names.
func (w *writing) lineNamed(header row, given *sentRow) (row, error) {
	line, known := w.row(soLineTable.Name, given.values["REC_ID"])
	if !known || line["ORD_NR"] != header["ORD_NR"] {
		return nil, invalid(doesNotExist, "Regel '%s' hoort niet bij order %s.", given.values["REC_ID"], header["ORD_NR"])
	}
	return line, nil
}

// orderLines gives the lines of an order as they will be when all is saved.
func (w *writing) orderLines(number string) []row {
	lines := map[string]row{}
	for _, line := range w.books.detailsOf(&soLineTable, number) {
		lines[line["REC_ID"]] = line
	}
	for key, line := range w.latest[soLineTable.Name] {
		switch {
		case line == nil:
			delete(lines, key)
		case line["ORD_NR"] == number:
			lines[key] = line
		}
	}
	return slices.SortedFunc(maps.Values(lines), func(a, b row) int { return strings.Compare(a["REC_ID"], b["REC_ID"]) })
}
