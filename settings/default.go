package settings

import (
	_ "embed"
	"reflect"
)

// defaultText is the default document: every default value and the default
// mapping, in the target's field names.
//
//go:embed default.yaml
var defaultText []byte

// Default is the document that a new integration starts from: complete but for
// the two connections and the rows of its lookup tables.
func Default(integration string) Document {
	var doc Document
	// default.yaml is part of the program; a test proves that it reads without a problem.
	if root, problems := readTree(defaultText); problems == nil {
		(&decoder{lines: map[string]int{}}).value("", root, reflect.ValueOf(&doc).Elem())
	}
	doc.Integration = integration
	return doc
}
