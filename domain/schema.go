package domain

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Schema is what a target says about the fields of one kind of record.
type Schema struct {
	Entity Entity
	Fields []FieldSpec
	Lines  *Schema // of the detail rows; nil when there are none

	CharacterSet CharacterSet // what its text fields can store; empty: any text
}

// CharacterSet is what characters a target can store.
type CharacterSet string

const (
	// CharactersUnicode is any text.
	CharactersUnicode CharacterSet = "unicode"
	// CharactersWindows1252 is the Western European letters of Windows.
	CharactersWindows1252 CharacterSet = "windows-1252"
)

// Help says what the character set holds.
func (c CharacterSet) Help() string {
	return map[CharacterSet]string{
		CharactersUnicode:     "Any character.",
		CharactersWindows1252: "The letters of Western Europe. The rules of the mapping say what becomes of others.",
	}[c]
}

// FieldSpec describes one field of a target.
type FieldSpec struct {
	Name      string
	Label     string // what a person sees on the target's screen
	Kind      ValueKind
	Length    int  // greatest number of characters; 0 means no limit
	Required  bool // must be given when a record is created
	Updatable bool // may be changed later
	Several   bool // a text of several values, separated by blanks or commas, in an order that means nothing
}

// Field finds the description of a field.
func (s Schema) Field(name string) (FieldSpec, bool) {
	for _, f := range s.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return FieldSpec{}, false
}

// Problem is one way in which a draft breaks a schema. It names the field and
// the rule, never the value.
type Problem struct {
	Field string
	Rule  string
}

// String words the problem.
func (p Problem) String() string { return p.Field + ": " + p.Rule }

// Check lists all that is wrong with a draft about to be created.
func (s Schema) Check(d Draft) []Problem {
	problems := s.checkValues(d)
	for _, spec := range s.Fields {
		if v, given := d.Get(spec.Name); spec.Required && (!given || v.Kind == KindText && v.Text == "") {
			problems = append(problems, Problem{spec.Name, "is required"})
		}
	}
	if s.Lines == nil {
		return problems
	}
	for i, line := range d.Lines {
		for _, p := range s.Lines.Check(line) {
			problems = append(problems, Problem{fmt.Sprintf("line %d %s", i+1, p.Field), p.Rule})
		}
	}
	return problems
}

// RecordKey says which record a draft is of: what the fields that cannot be changed
// hold. It is plain text, and the same for numbers of the same amount.
func (s Schema) RecordKey(d Draft) string {
	var parts []string
	for _, spec := range s.Fields {
		if v, given := d.Get(spec.Name); given && !spec.Updatable && !v.IsEmpty() {
			text := v.Words()
			if v.Kind == KindNumber {
				text = v.Number.String()
			}
			parts = append(parts, spec.Name+"="+text)
		}
	}
	return strings.Join(parts, " ")
}

// CheckUpdate lists all that is wrong with a draft that changes a record:
// nothing is required, but what is given must be updatable.
func (s Schema) CheckUpdate(d Draft) []Problem {
	problems := s.checkValues(d)
	for _, f := range d.Fields {
		if spec, ok := s.Field(f.Name); ok && !spec.Updatable {
			problems = append(problems, Problem{f.Name, "cannot be changed"})
		}
	}
	return problems
}

func (s Schema) checkValues(d Draft) []Problem {
	var problems []Problem
	for _, f := range d.Fields {
		spec, ok := s.Field(f.Name)
		switch {
		case !ok:
			problems = append(problems, Problem{f.Name, "is not a field of the target"})
		case spec.Kind != f.Value.Kind:
			problems = append(problems, Problem{f.Name, fmt.Sprintf("must be a %s, not a %s", spec.Kind, f.Value.Kind)})
		case spec.Kind == KindText && spec.Length > 0 && utf8.RuneCountInString(f.Value.Text) > spec.Length:
			problems = append(problems, Problem{f.Name, fmt.Sprintf("is longer than %d characters", spec.Length)})
		}
	}
	return problems
}
