package activities

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
	"github.com/koppel/koppel/settings"
)

// doubt is a field that a lookup table fills with what the books do not know, by
// the list that the last connection test fetched. They would refuse it; whether
// the list is of today nobody can say, so it stops nothing.
type doubt struct {
	field  string
	value  string // as the field holds it
	lookup PreviewedLookup
	lines  []int // of the order, from 1; none: it is not about one
}

// unknownValues are the values of the document's tables that the systems' lists
// do not have.
func (d *Desk) unknownValues(ctx context.Context, integration string, doc *Document) (settings.UnknownValues, error) {
	lists, err := d.Listings.Get(ctx, integration)
	if err != nil {
		return nil, err
	}
	return settings.UnknownValuesOf(doc.Document, lists), nil
}

// listsRead is what the orders of a dry run are held against.
type listsRead struct {
	unknown settings.UnknownValues
	schemas booksSchemas // not read when nothing is unknown
}

func (p *Previews) lists(ctx context.Context, integration string, doc *Document, inForce int) (listsRead, error) {
	var read listsRead
	var err error
	if read.unknown, err = p.unknownValues(ctx, integration, doc); err != nil || len(read.unknown) == 0 {
		return read, err
	}
	read.schemas, err = p.schemas(ctx, integration, inForce, doc)
	return read, err
}

// warned adds to what the flow would do with an order what the books would most
// likely refuse of it.
func (p *Previews) warned(ctx context.Context, integration string, doc *Document, against listsRead, known ledger, order domain.Order, flow RehearsedOrder) (RehearsedOrder, error) {
	if len(against.unknown) == 0 {
		return flow, nil
	}
	shown := PreviewedOrder{Canonical: order, Flow: flow}
	if err := p.explain(ctx, integration, doc, against.schemas, known, &shown); err != nil {
		return flow, err
	}
	shown.warn(against.unknown)
	return shown.Flow, nil
}

// warn says of an order what the books would most likely refuse.
func (o *PreviewedOrder) warn(unknown settings.UnknownValues) {
	switch o.Flow.Outcome {
	case OutcomeAdopted, OutcomeUnchanged, OutcomeSkipped: // the books have it already, or never will
		return
	}
	for _, d := range doubts(o.Records, unknown, o.Flow.writes) {
		o.Flow.Warnings = append(o.Flow.Warnings, d.words())
	}
}

// soldAs are the records that a sale itself becomes.
var soldAs = []domain.Entity{domain.EntityOrder, domain.EntityOrderLine, domain.EntityJournal, domain.EntityJournalLine}

// writes reports whether a field would reach the books. An order that is parked
// today would be written once what parks it is put right.
func (o RehearsedOrder) writes(f PreviewedField) bool {
	if slices.Contains(soldAs, domain.Entity(f.Entity)) {
		return true
	}
	return slices.ContainsFunc(o.Writes, func(w ShownWrite) bool {
		return w.Entity == f.Entity && slices.ContainsFunc(w.Fields, func(sent ShownField) bool { return strings.EqualFold(sent.Field, f.Field) })
	})
}

// doubts finds the fields, of those that matter, with a value that a list lacks.
func doubts(records []PreviewedRecord, unknown settings.UnknownValues, matters func(PreviewedField) bool) []doubt {
	var found []doubt
	for _, record := range records {
		for _, f := range record.Fields {
			if !f.Given || !matters(f) {
				continue
			}
			for _, hit := range f.Lookups {
				if unknown[hit.Table][hit.Value] {
					found = withDoubt(found, f, hit)
				}
			}
		}
	}
	return found
}

// withDoubt adds a field; the same in another line of the order is one doubt.
func withDoubt(found []doubt, f PreviewedField, hit PreviewedLookup) []doubt {
	d := doubt{field: f.Field, value: f.Value, lookup: hit}
	i := slices.IndexFunc(found, func(other doubt) bool { return other.same(d) })
	if i < 0 {
		i, found = len(found), append(found, d)
	}
	if f.Line > 0 && !slices.Contains(found[i].lines, f.Line) {
		found[i].lines = append(found[i].lines, f.Line)
	}
	return found
}

func (d doubt) same(other doubt) bool {
	return d.field == other.field && d.value == other.value && d.lookup.Table == other.lookup.Table && d.lookup.Row == other.lookup.Row
}

func (d doubt) words() string {
	return d.where() + d.what()
}

func (d doubt) where() string {
	if len(d.lines) == 0 {
		return d.field
	}
	lines := make([]string, len(d.lines))
	for i, n := range d.lines {
		lines[i] = strconv.Itoa(n)
	}
	if len(lines) == 1 {
		return "line " + lines[0] + " " + d.field
	}
	return "lines " + strings.Join(lines, ", ") + " " + d.field
}

// what words the doubt without its lines.
func (d doubt) what() string {
	from := fmt.Sprintf("lookups.%s.rows[%d]", d.lookup.Table, d.lookup.Row)
	if d.lookup.Row == mapping.HitDefault {
		from = "the default of lookups." + d.lookup.Table
	}
	known, _ := domain.LookupTableNamed(d.lookup.Table) // only these have lists
	if d.value == d.lookup.Value {
		return fmt.Sprintf(" is %s from %s, which is no %s by the list last fetched", d.value, from, known.Value)
	}
	return fmt.Sprintf(" comes from %s, which gives %s: no %s by the list last fetched", from, d.lookup.Value, known.Value)
}
