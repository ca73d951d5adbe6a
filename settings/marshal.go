package settings

import (
	"bytes"
	"fmt"

	"gopkg.in/yaml.v3"
)

// Marshal writes the whole document, defaults included, so that what was stored
// keeps its meaning when a later program has other defaults. Parse reads it back
// to an equal document.
func Marshal(doc Document) ([]byte, error) {
	var b bytes.Buffer
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if err := encoder.Encode(doc); err != nil {
		return nil, fmt.Errorf("write document as YAML: %w", err)
	}
	if err := encoder.Close(); err != nil {
		return nil, fmt.Errorf("write document as YAML: %w", err)
	}
	return b.Bytes(), nil
}
