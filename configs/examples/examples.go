// Package examples holds complete integration documents to begin from.
package examples

import _ "embed"

// Demo is the document of an integration between the two sandboxes. Addresses
// and ids in it are those of their default ports; who starts them elsewhere
// replaces those.
//
//go:embed demo.yaml
var Demo []byte
