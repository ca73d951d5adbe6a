package settings

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"gopkg.in/yaml.v3"
)

// Apply makes the changes to a document. It refuses, with Problems, a change that
// does not fit: where something else stands than the change says, or where what
// comes of it is not a document. Whether it is a good document is for Validate.
func Apply(base Document, changes []Change) (Document, error) {
	tree := treeOf(base)
	for _, change := range changes {
		if err := change.apply(tree); err != nil {
			return Document{}, Problems{{Path: change.Path, Text: err.Error()}}
		}
	}
	var doc Document
	d := &decoder{lines: map[string]int{}}
	d.value("", tree, reflect.ValueOf(&doc).Elem())
	if len(d.problems) == 0 {
		return doc, nil
	}
	for i := range d.problems {
		d.problems[i].Line = 0 // of a text that nobody wrote
	}
	return Document{}, d.problems
}

func (c Change) apply(tree *yaml.Node) error {
	steps, err := stepsOf(c.Path)
	if err != nil {
		return err
	}
	if c.Kind == Moved {
		list := tree
		for _, s := range steps {
			if list = s.find(list); list == nil {
				return errors.New("is not there")
			}
		}
		return reorder(list, c.From, c.To)
	}
	owner := tree
	for _, s := range steps[:len(steps)-1] {
		if owner = s.find(owner); owner == nil {
			return errors.New("is not there")
		}
	}
	return steps[len(steps)-1].put(owner, c)
}

// pathStep is one key of a mapping, or the name of one item of a list.
type pathStep string

// stepsOf takes a path of Diff apart.
func stepsOf(path string) ([]pathStep, error) {
	var steps []pathStep
	for rest := path; rest != ""; {
		if rest[0] == '[' {
			quoted, err := strconv.QuotedPrefix(rest[1:])
			if err != nil || len(rest) < len(quoted)+2 || rest[len(quoted)+1] != ']' {
				return nil, errors.New("is not a path: after [ comes a name in quotes and ]")
			}
			name, _ := strconv.Unquote(quoted) // it was quoted, by the line above
			steps, rest = append(steps, pathStep(name)), rest[len(quoted)+2:]
			continue
		}
		if len(steps) > 0 {
			if rest[0] != '.' {
				return nil, errors.New("is not a path: keys are joined by points")
			}
			rest = rest[1:]
		}
		end := slices.IndexFunc([]byte(rest), func(b byte) bool { return b == '.' || b == '[' })
		if end < 0 {
			end = len(rest)
		}
		if end == 0 {
			return nil, errors.New("is not a path: a key is empty")
		}
		steps, rest = append(steps, pathStep(rest[:end])), rest[end:]
	}
	if len(steps) == 0 {
		return nil, errors.New("is not a path: it is empty")
	}
	return steps, nil
}

// place is where the step leads in a mapping or list: the index of the value in
// its content; -1 when it is not there.
func (s pathStep) place(in *yaml.Node) int {
	if in.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(in.Content); i += 2 {
			if in.Content[i].Value == string(s) {
				return i + 1
			}
		}
		return -1
	}
	return slices.IndexFunc(in.Content, func(item *yaml.Node) bool { return nameOf(item) == string(s) })
}

func (s pathStep) find(in *yaml.Node) *yaml.Node {
	if i := s.place(in); i >= 0 {
		return in.Content[i]
	}
	return nil
}

// put makes a change at the last step of its path.
func (s pathStep) put(owner *yaml.Node, c Change) error {
	if owner.Kind == yaml.ScalarNode {
		return errors.New("is not there")
	}
	i := s.place(owner)
	switch {
	case c.Kind == Added && i >= 0:
		return errors.New("is there already")
	case c.Kind != Added && i < 0:
		return errors.New("is not there")
	case c.Kind != Added && onOneLine(owner.Content[i]) != c.From:
		return fmt.Errorf("is %s, not %s", onOneLine(owner.Content[i]), c.From)
	}
	if c.Kind == Removed {
		first := i
		if owner.Kind == yaml.MappingNode {
			first-- // its key
		}
		owner.Content = slices.Delete(owner.Content, first, i+1)
		return nil
	}
	value, err := valueOf(c.To)
	switch {
	case err != nil:
		return err
	case c.Kind == Changed:
		owner.Content[i] = value
	case owner.Kind == yaml.MappingNode:
		owner.Content = append(owner.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: string(s)}, value)
	case nameOf(value) != string(s):
		return errors.New("is not the name of what is added")
	case c.Place == nil:
		owner.Content = append(owner.Content, value)
	case *c.Place < 0 || *c.Place > len(owner.Content):
		return fmt.Errorf("cannot stand at place %d of %d", *c.Place, len(owner.Content))
	default:
		owner.Content = slices.Insert(owner.Content, *c.Place, value)
	}
	return nil
}

// valueOf reads what Diff wrote on one line.
func valueOf(text string) (*yaml.Node, error) {
	tree, problems := readTree([]byte(text))
	if problems != nil {
		return nil, fmt.Errorf("cannot become %q: it is not YAML", text)
	}
	return tree, nil
}

// reorder puts the named items of a list in another order.
func reorder(list *yaml.Node, from, to string) error {
	items := namedItems(list)
	if items == nil || onOneLine(names(items)) != from {
		return fmt.Errorf("does not have the order %s", from)
	}
	var want []string
	if err := yaml.Unmarshal([]byte(to), &want); err != nil || len(want) != len(items) {
		return fmt.Errorf("cannot have the order %s", to)
	}
	list.Content = nil
	for _, name := range want {
		i := placeOf(items, name)
		if i < 0 {
			return fmt.Errorf("cannot have the order %s", to)
		}
		list.Content, items[i].name = append(list.Content, items[i].node), "" // each once
	}
	return nil
}
