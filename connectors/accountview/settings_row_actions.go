package accountview

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// RowActionSettings say how detail rows of a record that exists are changed.
type RowActionSettings struct {
	// Field says in a detail row what becomes of it, and LineKey names the line.
	Field   string `yaml:"field"`
	LineKey string `yaml:"line_key_field"`
	// Add, Change and Delete are its values, as numbers. Empty: not known, and then lines are not changed.
	// ASSUMED: nothing. Ask: which values does RowAction have, and how does a row name the line it is about?
	Add    string `yaml:"add"`
	Change string `yaml:"change"`
	Delete string `yaml:"delete"`
}

func defaultRowActions() RowActionSettings {
	return RowActionSettings{Field: "RowAction", LineKey: "REC_ID"}
}

// replaces reports whether lines can be made others: the old ones deleted, the new ones added.
func (s RowActionSettings) replaces() bool { return s.Add != "" && s.Delete != "" }

// told is how they are told to people.
func (s RowActionSettings) told() string {
	if s.Add == "" && s.Change == "" && s.Delete == "" {
		return "not known"
	}
	return fmt.Sprintf("add %q, change %q, delete %q", s.Add, s.Change, s.Delete)
}

func (s RowActionSettings) areNumbers() bool {
	for _, value := range []string{s.Add, s.Change, s.Delete} {
		if _, err := decimal.NewFromString(value); value != "" && err != nil {
			return false
		}
	}
	return true
}
