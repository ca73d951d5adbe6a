package mapping

import (
	"slices"
	"strings"

	"github.com/koppel/koppel/domain"
)

// Kept is a field of a record that Update leaves alone although the draft, or a
// row of the mapping, has something for it.
type Kept struct {
	Field  string
	Reason KeptReason
}

// KeptReason says why a field was left alone.
type KeptReason string

const (
	// KeptNever: the row's policy is never.
	KeptNever KeptReason = "never"
	// KeptOnCreate: the row's policy writes new records only.
	KeptOnCreate KeptReason = "on_create"
	// KeptNotEmpty: the row fills empty fields only, and this one is not.
	KeptNotEmpty KeptReason = "if_empty"
	// KeptChangedThere: the other side changed what we last wrote.
	KeptChangedThere KeptReason = "changed_there"
	// KeptNotOurs: the field holds something, and nothing tells that we wrote it.
	KeptNotOurs KeptReason = "not_ours"
	// KeptFixed: the target does not let this field change.
	KeptFixed KeptReason = "not_updatable"
	// KeptUnknown: the target has no such field.
	KeptUnknown KeptReason = "not_a_field"
)

// Update gives what a draft changes in a record that exists: the fields that
// their policy allows, that the target lets change, and that really differ. A
// field that the draft does not fill is left alone. What differs and is left
// alone all the same is told, and so are fields whose row is never written.
//
// Last is what we wrote there before; if_unchanged needs it. Without it, or
// where it does not tell of a field, an empty field is filled and any other is
// taken to be somebody else's.
func (m *Mapper) Update(existing []domain.Field, draft domain.Draft, schema domain.Schema, last Written) (domain.Draft, []Kept) {
	held := make(map[string]domain.Value, len(existing))
	for _, f := range existing {
		held[fieldKey(f.Name)] = f.Value
	}
	var kept []Kept
	policies := m.policies[draft.Entity]
	changes := domain.Draft{Entity: draft.Entity, Key: draft.Key}
	for _, f := range draft.Fields {
		old, has := held[fieldKey(f.Name)]
		value := f.Value
		if spec, _ := specOf(schema, f.Name); spec.Several {
			old, value = sorted(old), sorted(value)
		}
		if has && same(old, value) {
			continue
		}
		reason := refusedBySchema(schema, f.Name)
		if reason == "" {
			reason = refusedByPolicy(policies[fieldKey(f.Name)], old, has, f.Name, last)
		}
		if reason != "" {
			kept = append(kept, Kept{Field: f.Name, Reason: reason})
			continue
		}
		changes.Fields = append(changes.Fields, f)
	}
	for _, target := range m.never[draft.Entity] {
		kept = append(kept, Kept{Field: nameIn(schema, target), Reason: KeptNever})
	}
	return changes, kept
}

func refusedBySchema(schema domain.Schema, name string) KeptReason {
	switch spec, known := specOf(schema, name); {
	case !known:
		return KeptUnknown
	case !spec.Updatable:
		return KeptFixed
	default:
		return ""
	}
}

func refusedByPolicy(policy domain.FieldPolicy, old domain.Value, has bool, name string, last Written) KeptReason {
	empty := !has || blank(old)
	switch policy {
	case domain.PolicyNever:
		return KeptNever
	case domain.PolicyOnCreate:
		return KeptOnCreate
	case domain.PolicyIfEmpty:
		if !empty {
			return KeptNotEmpty
		}
	case domain.PolicyIfUnchanged:
		switch ours, known := last.holds(name, old, has); {
		case known && !ours:
			return KeptChangedThere
		case !known && !empty:
			return KeptNotOurs
		}
	}
	return ""
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

// sorted writes several values of one text in one way, since their order means
// nothing: what a draft has is then known again whatever order the target keeps.
func sorted(v domain.Value) domain.Value {
	if v.Kind != domain.KindText {
		return v
	}
	values := strings.FieldsFunc(v.Text, func(r rune) bool { return r == ' ' || r == ',' })
	slices.Sort(values)
	return domain.TextValue(strings.Join(slices.Compact(values), " "))
}

func blank(v domain.Value) bool {
	return v.IsEmpty() || v.Kind == domain.KindText && strings.TrimSpace(v.Text) == ""
}
