package settings

import "regexp"

// AccountViewRowActions say how lines of an order that exists are changed.
type AccountViewRowActions struct {
	Field        string `yaml:"field" required:"true" maxlen:"20" title:"Field of the action" unit:"field of AccountView" help:"Says in a line that is sent what becomes of it."`
	LineKeyField string `yaml:"line_key_field" required:"true" maxlen:"20" title:"Key of a line" unit:"field of AccountView" help:"Names the line (regel) of an order that is to be changed or deleted."`
	Add          string `yaml:"add" maxlen:"9" title:"To add" unit:"number" help:"Value that adds a line. Empty: not known. Lines of orders are changed only where add and delete are filled."`
	Change       string `yaml:"change" maxlen:"9" title:"To change" unit:"number" help:"Value that changes a line. Empty: not known; the line is deleted, and one is added."`
	Delete       string `yaml:"delete" maxlen:"9" title:"To delete" unit:"number" help:"Value that deletes a line. Empty: not known."`
}

var wholeNumber = regexp.MustCompile(`^-?[0-9]+$`)

func (a AccountViewRowActions) problems(path string) Problems {
	var problems Problems
	for key, value := range map[string]string{"add": a.Add, "change": a.Change, "delete": a.Delete} {
		if value != "" && !wholeNumber.MatchString(value) {
			problems = append(problems, Problem{Path: path + "." + key, Text: "must be a whole number, or empty"})
		}
	}
	return problems
}
