package settings

// Field is one key of the document as people are told about it. Fields are made
// of the Go types, their tags and the default document, and of nothing else:
// the JSON Schema, the reference page and forms show the same.
type Field struct {
	Path     string   // in the words of Parse; "[]" for an item of a list, "<name>" for an entry of a table
	Kind     Kind     // what is written there
	Of       Kind     // of a list or table: what each of its items is
	Title    string   // a few words
	Help     string   // sentences
	Unit     string   // what a number counts, or what a text names
	Default  string   // what holds where nothing is written; empty: nothing
	Choices  []Choice // all that may be written; none: not limited to a list
	Min, Max string   // bounds of a number or duration, in its unit; empty: none
	MaxLen   int      // longest text, in characters; 0: no limit
	Required bool     // must be written, because there is no default
	Unique   bool     // of a list: names nothing twice
}

// Choice is one value that a field may have, and what it means.
type Choice struct {
	Value string
	Help  string
}

// Kind is what is written at a key, in words.
type Kind string

// What Kind may be.
const (
	KindSection    Kind = "section"
	KindText       Kind = "text"
	KindWhole      Kind = "whole number"
	KindNumber     Kind = "number"
	KindYesNo      Kind = "true or false"
	KindDuration   Kind = "duration"
	KindDate       Kind = "date"
	KindList       Kind = "list"
	KindTextOrList Kind = "text or list of text"
	KindTable      Kind = "table"
)

// Help says how such a value is written.
func (k Kind) Help() string {
	return map[Kind]string{
		KindSection:    "Keys of its own, indented below it.",
		KindText:       "Text; in quotes where it looks like a number or holds a colon.",
		KindWhole:      "A whole number.",
		KindNumber:     "A number, with a point for decimals: 5.5.",
		KindYesNo:      "true or false.",
		KindDuration:   "A number with a unit: 500ms, 30s, 15m, 72h.",
		KindDate:       "A day, as 2026-11-24.",
		KindList:       "Several values: [a, b], or each on a line of its own after a hyphen.",
		KindTextOrList: "One text, or a list of them.",
		KindTable:      "Names of your own choice, each with a value.",
	}[k]
}

// Fields lists every key that a document can have, in the order in which it is
// written.
func Fields() []Field {
	var fields []Field
	var list func(n *node)
	list = func(n *node) {
		if n.Path != "" {
			fields = append(fields, n.Field)
		}
		for _, child := range n.children {
			list(child)
		}
		if n.item != nil && n.item.Kind == KindSection {
			if n.Kind == KindTable {
				fields = append(fields, n.item.Field)
			}
			for _, child := range n.item.children {
				list(child)
			}
		}
	}
	list(documentTree())
	return fields
}
