package activities

import (
	"maps"
	"slices"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/mapping"
)

// mapped says what the mapping made of a record.
func (r *record[T]) mapped(passes bool, err error) {
	switch {
	case err != nil:
		if f, ok := fault.As(unmappable(err, r.key)); ok {
			r.parks(f)
		}
	case !passes:
		r.leftOut = CodeFilteredRecord
	}
}

// isNew says that all of the draft is to be written.
func (r *record[T]) isNew() {
	r.changes, r.written = r.draft, mapping.Written{}
	r.remember("", mapping.WrittenFrom(r.draft))
	for _, line := range r.draft.Lines {
		r.remember(line.Key, mapping.WrittenFrom(line))
	}
}

// compare finds what of a draft differs from what the till holds, by the policy of
// each field.
func (r *record[T]) compare(m *mapping.Mapper, held []domain.Field, draft domain.Draft, schema domain.Schema) {
	r.written = maps.Clone(r.wrote)
	if r.written == nil {
		r.written = mapping.Written{}
	}
	r.changes = r.differing(m, held, draft, schema, "")
}

// compareLine does so for one line, and adds it to the changes when it differs.
func (r *record[T]) compareLine(m *mapping.Mapper, held connectors.HeldRecord, line domain.Draft, schema domain.Schema) {
	changes := r.differing(m, held.Fields, line, schema, line.Key)
	if len(changes.Fields) > 0 {
		changes.Key = held.Number
		r.changes.Lines = append(r.changes.Lines, changes)
	}
}

// addLine adds a line that the till's record does not have.
func (r *record[T]) addLine(number string, line domain.Draft) {
	r.remember(line.Key, mapping.WrittenFrom(line))
	line.Key = number
	r.changes.Lines = append(r.changes.Lines, line)
}

func (r *record[T]) differing(m *mapping.Mapper, held []domain.Field, draft domain.Draft, schema domain.Schema, level string) domain.Draft {
	last := r.recalled(level)
	changes, kept := m.Update(held, draft, schema, last)
	r.remember(level, last.After(draft, kept))
	// What a policy leaves alone by its nature is no news. What somebody changed at the
	// till is: the books say otherwise.
	r.kept = append(r.kept, slices.DeleteFunc(kept, func(k mapping.Kept) bool {
		return k.Reason != mapping.KeptChangedThere && k.Reason != mapping.KeptNotOurs
	})...)
	changes.Lines = nil
	return changes
}

// levelMark stands between the key of a line and the name of a field, in what is
// remembered of a record with lines.
const levelMark = "\x00"

func (r *record[T]) remember(level string, fields mapping.Written) {
	for field, print := range fields {
		r.written[level+levelMark+field] = print
	}
}

func (r *record[T]) recalled(level string) mapping.Written {
	fields := mapping.Written{}
	for field, print := range r.wrote {
		if name, ours := strings.CutPrefix(field, level+levelMark); ours && !strings.Contains(name, levelMark) {
			fields[name] = print
		}
	}
	return fields
}
