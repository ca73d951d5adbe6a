package settings

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// Change is one difference between two documents. Put one after the other, the
// changes of Diff lead from the one document to the other.
type Change struct {
	// Path is where, in the words of Parse. An item that has a name goes by it,
	// because its place in the list tells people nothing: mapping.order["FIELD"].source.
	Path string     `json:"path"`
	Kind ChangeKind `json:"kind"`
	From string     `json:"from,omitempty"` // what stood there, as YAML on one line
	To   string     `json:"to,omitempty"`   // what stands there now, likewise
	// Place is where an item that is new in a list stands there, from 0.
	Place *int `json:"place,omitempty"`
}

// ChangeKind is in which way something differs.
type ChangeKind string

// What ChangeKind may be.
const (
	Changed ChangeKind = "changed"
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
	Moved   ChangeKind = "moved" // the items of a list are the same, their order is not
)

// String words the change for people.
func (c Change) String() string {
	switch c.Kind {
	case Added:
		return fmt.Sprintf("%s: new: %s", c.Path, c.To)
	case Removed:
		return fmt.Sprintf("%s: gone, was %s", c.Path, c.From)
	case Moved:
		return fmt.Sprintf("%s: in another order: %s", c.Path, quoted(c.To))
	default:
		return fmt.Sprintf("%s: %s -> %s", c.Path, c.From, c.To)
	}
}

// quoted writes names on one line, each in quotes: YAML gives them to some only.
func quoted(list string) string {
	var names []string
	if err := yaml.Unmarshal([]byte(list), &names); err != nil {
		return list
	}
	for i, name := range names {
		names[i] = strconv.Quote(name)
	}
	return "[" + strings.Join(names, ", ") + "]"
}

// Diff lists how b differs from a, in the order of the document. Both are whole
// documents, defaults filled in.
func Diff(a, b Document) []Change {
	var d differ
	d.compare("", treeOf(a), treeOf(b))
	return d.changes
}

// treeOf is a document as the YAML tree that Marshal writes.
func treeOf(doc Document) *yaml.Node {
	var tree yaml.Node
	_ = tree.Encode(doc) // plain values: there is nothing in a document that cannot be encoded
	return &tree
}

type differ struct {
	changes []Change
}

func (d *differ) note(path string, kind ChangeKind, from, to string) {
	d.changes = append(d.changes, Change{Path: path, Kind: kind, From: from, To: to})
}

func (d *differ) compare(path string, a, b *yaml.Node) {
	switch {
	case a.Kind == yaml.MappingNode && b.Kind == yaml.MappingNode:
		d.keys(path, a, b)
	case a.Kind == yaml.SequenceNode && b.Kind == yaml.SequenceNode && namedItems(a) != nil && namedItems(b) != nil:
		d.items(path, namedItems(a), namedItems(b))
	case a.Kind == yaml.ScalarNode && b.Kind == yaml.ScalarNode && a.Value == b.Value && a.ShortTag() == b.ShortTag():
	default:
		if from, to := onOneLine(a), onOneLine(b); from != to {
			d.note(path, Changed, from, to)
		}
	}
}

// keys compares two mappings. Only tables, and keys that are written when they
// hold something, can be on one side alone.
func (d *differ) keys(path string, a, b *yaml.Node) {
	for i := 0; i+1 < len(a.Content); i += 2 {
		key, at := a.Content[i].Value, step(path, a.Content[i].Value)
		if there := valueAt(b, key); there != nil {
			d.compare(at, a.Content[i+1], there)
		} else {
			d.note(at, Removed, onOneLine(a.Content[i+1]), "")
		}
	}
	for i := 0; i+1 < len(b.Content); i += 2 {
		if key := b.Content[i].Value; valueAt(a, key) == nil {
			d.note(step(path, key), Added, "", onOneLine(b.Content[i+1]))
		}
	}
}

// items compares two lists whose items have names.
func (d *differ) items(path string, a, b []named) {
	var order []string // as it is after all changes before the last
	for _, item := range a {
		at := path + "[" + strconv.Quote(item.name) + "]"
		if i := placeOf(b, item.name); i >= 0 {
			d.compare(at, item.node, b[i].node)
			order = append(order, item.name)
		} else {
			d.note(at, Removed, onOneLine(item.node), "")
		}
	}
	for i, item := range b {
		if placeOf(a, item.name) < 0 {
			d.changes = append(d.changes, Change{Path: path + "[" + strconv.Quote(item.name) + "]", Kind: Added, To: onOneLine(item.node), Place: &i})
			order = slices.Insert(order, i, item.name) // all that stand before it in b are there by now
		}
	}
	if want := names(b); !slices.Equal(order, want) {
		d.note(path, Moved, onOneLine(order), onOneLine(want))
	}
}

// named is an item of a list, with what people know it by.
type named struct {
	name string
	node *yaml.Node
}

// namedItems gives the items of a list by name; nil when not every one has a
// name of its own.
func namedItems(list *yaml.Node) []named {
	items := []named{}
	for _, node := range list.Content {
		name := nameOf(node)
		if name == "" || placeOf(items, name) >= 0 {
			return nil
		}
		items = append(items, named{name, node})
	}
	return items
}

// nameOf is what people know an item by: the field that a mapping row fills, the
// codes of a lookup row and since when it holds, the name of a channel.
func nameOf(item *yaml.Node) string {
	if item.Kind != yaml.MappingNode {
		return ""
	}
	for _, key := range []string{"target", "name"} {
		if value := valueAt(item, key); value != nil {
			return value.Value
		}
	}
	key := valueAt(item, "key")
	if key == nil {
		return ""
	}
	name := key.Value
	if key.Kind != yaml.ScalarNode {
		name = onOneLine(key)
	}
	if since := valueAt(item, "valid_from"); since != nil && since.Value != "" {
		name += " from " + since.Value
	}
	return name
}

func placeOf(items []named, name string) int {
	return slices.IndexFunc(items, func(item named) bool { return item.name == name })
}

func names(items []named) []string {
	list := make([]string, len(items))
	for i, item := range items {
		list[i] = item.name
	}
	return list
}

// valueAt finds the value of a key; nil when it is not there.
func valueAt(mapping *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return mapping.Content[i+1]
		}
	}
	return nil
}

var plainKey = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// step adds a key to a path; one that could be misread goes in quotes.
func step(path, key string) string {
	if plainKey.MatchString(key) {
		return join(path, key)
	}
	return path + "[" + strconv.Quote(key) + "]"
}
