package mapping

import (
	"strings"

	"github.com/koppel/koppel/domain"
)

// Update gives what a draft changes in a record that exists: the fields that
// their policy allows, that the target lets change, and that really differ. A
// field that the draft does not fill is left alone.
func (m *Mapper) Update(existing []domain.Field, draft domain.Draft, schema domain.Schema) domain.Draft {
	held := make(map[string]domain.Value, len(existing))
	for _, f := range existing {
		held[fieldKey(f.Name)] = f.Value
	}
	policies := m.policies[draft.Entity]
	changes := domain.Draft{Entity: draft.Entity, Key: draft.Key}
	for _, f := range draft.Fields {
		spec, known := specOf(schema, f.Name)
		if !known || !spec.Updatable {
			continue
		}
		old, has := held[fieldKey(f.Name)]
		if has && same(old, f.Value) {
			continue
		}
		switch policies[fieldKey(f.Name)] {
		case domain.PolicyOnCreate:
			continue
		case domain.PolicyIfEmpty:
			if has && !blank(old) {
				continue
			}
		}
		changes.Fields = append(changes.Fields, f)
	}
	return changes
}

// same reports whether writing value would change nothing. Columns that the
// target turns into capitals hold their value so, which is no difference.
func same(old, value domain.Value) bool {
	if old.Kind != domain.KindText || value.Kind != domain.KindText {
		return old.Equal(value)
	}
	held := strings.TrimSpace(old.Text)
	return held == value.Text || held == strings.ToUpper(value.Text)
}

func blank(v domain.Value) bool {
	return v.IsEmpty() || v.Kind == domain.KindText && strings.TrimSpace(v.Text) == ""
}
