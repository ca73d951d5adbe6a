package settings

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/koppel/koppel/domain"
)

// node is a field with what belongs below it.
type node struct {
	Field
	key      string
	children []*node // of a section, in order
	item     *node   // of a list or table
	preset   any     // the default as YAML reads it; nil: none
	exact    bool    // of a number: a decimal, which may stand in quotes
	tag      reflect.StructTag
}

// documentTree is the whole document as a tree of fields.
func documentTree() *node {
	var defaults map[string]any
	// default.yaml is part of the program; a test proves that it reads without a problem.
	if text, err := Marshal(Default("")); err == nil {
		_ = yaml.Unmarshal(text, &defaults)
	}
	root := &node{Field: Field{Title: "Integration document", Help: "Everything about one integration that a person decides, except secrets."}}
	root.describe(reflect.TypeFor[Document](), defaults)
	return root
}

// describe fills in what follows from the type. Defaults of an item's fields
// stand in their tags, all others in the default document.
func (n *node) describe(t reflect.Type, preset any) {
	n.Kind, n.preset = kindOf(t), preset
	n.exact = t == decimalType || t == reflect.PointerTo(decimalType)
	switch n.Kind {
	case KindSection:
		defaults, _ := preset.(map[string]any)
		for field := range keysOf(t) {
			n.children = append(n.children, n.child(field, defaults))
		}
	case KindList, KindTable:
		n.item = &node{Field: Field{Path: n.Path + "[]", Title: n.Title, Help: n.Help, Unit: n.Unit}, tag: n.tag}
		if n.Kind == KindTable {
			n.item.Path, n.item.Title = join(n.Path, "<name>"), n.Title+", each"
		}
		n.item.describe(t.Elem(), nil)
		n.Of = n.item.Kind
	}
	n.rules(t)
	n.Default = defaultWords(n)
}

func (n *node) child(field reflect.StructField, defaults map[string]any) *node {
	tag := field.Tag
	c := &node{key: keyOf(field), tag: tag}
	c.Path, c.Title, c.Help, c.Unit = join(n.Path, c.key), tag.Get("title"), tag.Get("help"), tag.Get("unit")
	preset, stated := defaults[c.key]
	if !stated && tag.Get("default") != "" {
		preset = itemDefault(field)
	}
	c.describe(field.Type, preset)
	return c
}

// itemDefault is the default of a field of an item, as YAML would read it.
func itemDefault(field reflect.StructField) any {
	value := reflect.New(field.Type).Elem()
	presetField(value, field.Tag.Get("default"))
	var read any
	if text, err := yaml.Marshal(value.Interface()); err == nil {
		_ = yaml.Unmarshal(text, &read)
	}
	return read
}

func kindOf(t reflect.Type) Kind {
	if t.Kind() == reflect.Pointer {
		return kindOf(t.Elem())
	}
	switch {
	case t == decimalType:
		return KindNumber
	case t == reflect.TypeFor[Duration]():
		return KindDuration
	case t == reflect.TypeFor[domain.Date]():
		return KindDate
	case reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		return KindText
	case t.Kind() == reflect.Slice && t.Implements(reflect.TypeFor[yaml.Marshaler]()):
		return KindTextOrList
	}
	return map[reflect.Kind]Kind{
		reflect.Struct: KindSection, reflect.Map: KindTable, reflect.Slice: KindList, reflect.String: KindText,
		reflect.Bool: KindYesNo, reflect.Int: KindWhole, reflect.Float64: KindNumber,
	}[t.Kind()]
}

// rules takes the rules from the tag. Those of a plain item are told of its list
// too, because that is where people write it.
func (n *node) rules(t reflect.Type) {
	if n.Kind == KindSection || n.Of == KindSection {
		return
	}
	n.Min, n.Max = n.tag.Get("min"), n.tag.Get("max")
	n.MaxLen, _ = strconv.Atoi(n.tag.Get("maxlen")) // no limit without one; a test reads every tag
	n.Unique = n.Kind == KindList && n.tag.Get("unique") != ""
	n.Required = n.tag.Get("required") == "true" && (n.preset == nil || n.preset == "")
	if n.item != nil {
		n.Choices = n.item.Choices
		return
	}
	allowed, limited := n.tag.Lookup("enum")
	if !limited {
		return
	}
	for value := range strings.SplitSeq(allowed, "|") {
		n.Choices = append(n.Choices, Choice{Value: value, Help: choiceHelp(t, value)})
	}
}

func choiceHelp(t reflect.Type, value string) string {
	v := reflect.New(t).Elem()
	v.SetString(value)
	if explained, ok := v.Interface().(interface{ Help() string }); ok {
		return explained.Help()
	}
	return ""
}

// defaultWords writes a default as it would stand in a document.
func defaultWords(n *node) string {
	rows, _ := n.preset.([]any)
	switch {
	case n.preset == nil || n.preset == "" || n.Kind == KindSection || n.Kind == KindTable && n.Of == KindSection:
		return ""
	case n.Of == KindSection && len(rows) > 0:
		return fmt.Sprintf("%d rows", len(rows))
	default:
		return onOneLine(n.preset)
	}
}

// onOneLine writes a value as YAML on one line.
func onOneLine(value any) string {
	var tree yaml.Node
	if err := tree.Encode(value); err != nil {
		return ""
	}
	unfold(&tree)
	text, err := yaml.Marshal(&tree)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(string(text), "\n")
}

// unfold takes the line breaks out of how a tree is written.
func unfold(tree *yaml.Node) {
	switch {
	case tree.Kind != yaml.ScalarNode:
		tree.Style = yaml.FlowStyle
	case strings.ContainsAny(tree.Value, "\n\r\u0085\u2028\u2029"):
		tree.Style = yaml.DoubleQuotedStyle
	default:
		tree.Style &^= yaml.LiteralStyle | yaml.FoldedStyle
	}
	for _, child := range tree.Content {
		unfold(child)
	}
}
