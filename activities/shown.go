package activities

import (
	"github.com/koppel/koppel/connectors/recording"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// What a person is shown of a dry run, a preview or a what-if. All of it may
// hold personal data: it is kept encrypted, never in a history or a log.

// ShownReason says why a record would be parked, and what to do.
type ShownReason struct {
	Code    string `json:"code"`
	About   string `json:"about,omitempty"`
	Words   string `json:"words"`
	Fix     string `json:"fix"`
	Details string `json:"details,omitempty"` // in the words of what refused it
}

// ShownWrite is a write that a dry run recorded.
type ShownWrite struct {
	Entity  string         `json:"entity"`
	Action  string         `json:"action"` // create or update
	Number  string         `json:"number"` // of the record in the books; NEW-... for one that would be made
	Fields  []ShownField   `json:"fields"` // as they would be sent
	Lines   [][]ShownField `json:"lines,omitempty"`
	Changes []ShownChange  `json:"changes,omitempty"` // of an update
}

// ShownField is a field in the books' own name, and what it would hold.
type ShownField struct {
	Field string `json:"field"`
	Value string `json:"value"`
}

// ShownChange is a field that would hold something else than it does.
type ShownChange struct {
	Entity string  `json:"entity"`
	Line   int     `json:"line,omitempty"`
	Field  string  `json:"field"`
	Before *string `json:"before"` // null: not filled
	After  *string `json:"after"`  // null: no longer filled
}

func shownReason(f *fault.Error) *ShownReason {
	reason := domain.ReasonFor(f.Code)
	return &ShownReason{Code: f.Code, About: f.Key, Words: reason.Words, Fix: reason.Fix, Details: f.Detail()}
}

func shownWrites(writes []recording.Write) []ShownWrite {
	shown := make([]ShownWrite, len(writes))
	for i, w := range writes {
		shown[i] = ShownWrite{
			Entity: string(w.Entity), Action: string(w.Action), Number: w.Number,
			Fields: shownFields(w.Draft), Changes: shownChanges(w.Changes),
		}
		for _, line := range w.Draft.Lines {
			shown[i].Lines = append(shown[i].Lines, shownFields(line))
		}
	}
	return shown
}

func shownFields(d domain.Draft) []ShownField {
	shown := make([]ShownField, len(d.Fields))
	for i, f := range d.Fields {
		shown[i] = ShownField{Field: f.Name, Value: f.Value.Words()}
	}
	return shown
}

func shownChanges(changes []reconcile.FieldChange) []ShownChange {
	var shown []ShownChange
	for _, c := range changes {
		shown = append(shown, shownChange(c))
	}
	return shown
}

func shownChange(c reconcile.FieldChange) ShownChange {
	words := func(v *domain.Value) *string {
		if v == nil {
			return nil
		}
		w := v.Words()
		return &w
	}
	return ShownChange{Entity: string(c.Entity), Line: c.Line, Field: c.Field, Before: words(c.Before), After: words(c.After)}
}
