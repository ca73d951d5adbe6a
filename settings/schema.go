package settings

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// JSONSchema describes a document as a JSON Schema (2020-12), for editors and
// forms: what Fields says, in that language. It is stricter than Parse in one
// thing, that text which looks like a number must stand in quotes, and looser
// where rules tie keys together: those only Validate knows.
func JSONSchema() ([]byte, error) {
	root := documentTree().schema()
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // "<name>" is for people too
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(root); err != nil {
		return nil, fmt.Errorf("write the JSON Schema: %w", err)
	}
	return text.Bytes(), nil
}

// How durations and decimals are written.
const (
	durationPattern = `^([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$`
	decimalPattern  = `^[+-]?[0-9]*\.?[0-9]+$`
	datePattern     = `^([0-9]{4}-[0-9]{2}-[0-9]{2})?$`
	notBlank        = `\S`
)

// schema describes a field and all below it.
func (n *node) schema() map[string]any {
	s := map[string]any{}
	switch n.Kind {
	case KindSection:
		n.sectionSchema(s)
	case KindList:
		s["type"], s["items"] = "array", n.item.schema()
		if n.Unique {
			s["uniqueItems"] = true
		}
	case KindTable:
		s["type"], s["additionalProperties"] = "object", n.item.schema()
	case KindYesNo:
		s["type"] = "boolean"
	case KindWhole:
		s["type"] = "integer"
	case KindNumber:
		s["type"] = "number"
		if n.exact {
			s["type"], s["pattern"] = []string{"number", "string"}, decimalPattern
		}
	case KindDuration:
		s["type"], s["pattern"] = "string", durationPattern
	case KindDate:
		s["type"], s["pattern"] = "string", datePattern
	case KindTextOrList:
		s["type"], s["items"] = []string{"string", "array"}, map[string]any{"type": "string"}
	case KindText:
		n.textSchema(s)
	}
	if n.Kind == KindWhole || n.Kind == KindNumber {
		limit(s, "minimum", n.Min)
		limit(s, "maximum", n.Max)
	}
	n.annotate(s)
	return s
}

func (n *node) sectionSchema(s map[string]any) {
	properties, required := map[string]any{}, []string{}
	for _, child := range n.children {
		properties[child.key] = child.schema()
		if child.mustBeGiven() {
			required = append(required, child.key)
		}
	}
	s["type"], s["properties"], s["required"], s["additionalProperties"] = "object", properties, required, false
}

// mustBeGiven reports whether a document without this key lacks something.
func (n *node) mustBeGiven() bool {
	if n.Kind != KindSection {
		return n.Required
	}
	for _, child := range n.children {
		if child.mustBeGiven() {
			return true
		}
	}
	return false
}

func (n *node) textSchema(s map[string]any) {
	s["type"] = "string"
	if len(n.Choices) > 0 {
		var values []string
		for _, choice := range n.Choices {
			values = append(values, choice.Value)
		}
		s["enum"] = values
	} else if n.tag.Get("required") == "true" {
		s["pattern"] = notBlank
	}
	if n.MaxLen > 0 {
		s["maxLength"] = n.MaxLen
	}
}

func limit(s map[string]any, rule, text string) {
	if bound, err := strconv.ParseFloat(text, 64); err == nil {
		s[rule] = bound
	}
}

// annotate adds what people read. An item says what its list says already.
func (n *node) annotate(s map[string]any) {
	if strings.HasSuffix(n.Path, "[]") {
		return
	}
	if n.Title != "" {
		s["title"] = n.Title
	}
	if words := n.describeInWords(); words != "" {
		s["description"] = words
	}
	if n.preset != nil && n.Kind != KindSection {
		s["default"] = n.preset
	}
}

func (n *node) describeInWords() string {
	words := []string{n.Help}
	for _, choice := range n.Choices {
		if choice.Help != "" {
			words = append(words, fmt.Sprintf("%q: %s", choice.Value, choice.Help))
		}
	}
	if n.Unit != "" {
		words = append(words, "In: "+n.Unit+".")
	}
	if n.Kind == KindDuration && n.Min != "" {
		words = append(words, "From "+n.Min+" to "+n.Max+".")
	}
	return strings.TrimSpace(strings.Join(words, " "))
}
