package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"

	"gopkg.in/yaml.v3"
)

// viewOf turns the text of a document into what JSON can show. Numbers keep the
// digits they are written with: 21.00 stays 21.00.
func viewOf(text []byte) (map[string]any, error) {
	var tree yaml.Node
	if err := yaml.Unmarshal(text, &tree); err != nil {
		return nil, fmt.Errorf("read the document: %w", err)
	}
	if len(tree.Content) != 1 || tree.Content[0].Kind != yaml.MappingNode {
		return nil, errors.New("read the document: it does not hold keys and values")
	}
	view, _ := viewOfNode(tree.Content[0]).(map[string]any)
	return view, nil
}

// number is a number as JSON writes it. YAML has more ways (0x1f, .inf): those stay text.
var number = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

func viewOfNode(node *yaml.Node) any {
	switch node.Kind {
	case yaml.MappingNode:
		view := map[string]any{}
		for i := 0; i+1 < len(node.Content); i += 2 {
			view[node.Content[i].Value] = viewOfNode(node.Content[i+1])
		}
		return view
	case yaml.SequenceNode:
		view := make([]any, len(node.Content))
		for i, child := range node.Content {
			view[i] = viewOfNode(child)
		}
		return view
	}
	switch node.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		var value bool
		if node.Decode(&value) == nil {
			return value
		}
	case "!!int", "!!float":
		if number.MatchString(node.Value) {
			return json.Number(node.Value)
		}
	}
	return node.Value
}
