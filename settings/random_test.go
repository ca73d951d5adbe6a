package settings

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// RandomDocument is a valid document that no person would write: a default
// document, changed at random places within what the fields allow. It follows
// the fields, so a key that is new is tried too.
func RandomDocument(seed uint64) Document {
	g := generator{rand.New(rand.NewPCG(seed, 7))}
	doc := Default("shop")
	doc.AccountView.BaseURL, doc.AccountView.CompanyID, doc.AccountView.ClientID = "https://books.example.nl/api", "1", "app"
	doc.Mplus.BaseURL = "https://till.example.nl:443"
	fields, tree := documentTree(), treeOf(doc)
	for range g.IntN(40) {
		changed := copied(tree)
		g.change(fields, changed)
		var next Document
		d := &decoder{lines: map[string]int{}}
		if d.value("", changed, reflect.ValueOf(&next).Elem()); d.problems == nil && next.Validate() == nil {
			doc, tree = next, changed
		}
	}
	return doc
}

func copied(tree *yaml.Node) *yaml.Node {
	other := *tree
	other.Content = nil
	for _, child := range tree.Content {
		other.Content = append(other.Content, copied(child))
	}
	return &other
}

type generator struct{ *rand.Rand }

// change changes something in or below a field.
func (g generator) change(n *node, tree *yaml.Node) {
	switch n.Kind {
	case KindSection:
		child := n.children[g.IntN(len(n.children))]
		if at := valueAt(tree, child.key); at != nil {
			g.change(child, at)
		} else {
			tree.Content = append(tree.Content, text(child.key), g.fresh(child))
		}
	case KindList, KindTable:
		g.changeItems(n, tree)
	default:
		*tree = *g.fresh(n)
	}
}

func (g generator) changeItems(n *node, tree *yaml.Node) {
	size := 1 // nodes an item takes
	if n.Kind == KindTable {
		size = 2
	}
	items := slices.Collect(slices.Chunk(tree.Content, size))
	if len(items) == 0 || g.IntN(4) == 0 {
		added := []*yaml.Node{g.fresh(n.item)}
		if n.Kind == KindTable {
			added = []*yaml.Node{text(fmt.Sprintf("table_%d", g.IntN(5))), added[0]}
		}
		items = append(items, added)
	} else {
		i := g.IntN(len(items))
		switch g.IntN(4) {
		case 0:
			if n.Kind == KindList { // a table of the default document cannot be left out
				items = slices.Delete(items, i, i+1)
			}
		case 1:
			j := g.IntN(len(items))
			items[i], items[j] = items[j], items[i]
		default:
			g.change(n.item, items[i][size-1])
		}
	}
	tree.Content = slices.Concat(items...)
}

// fresh is a value that a field may have by itself.
func (g generator) fresh(n *node) *yaml.Node {
	switch n.Kind {
	case KindSection:
		tree := &yaml.Node{Kind: yaml.MappingNode}
		for _, child := range n.children {
			if g.IntN(3) > 0 || child.Required {
				tree.Content = append(tree.Content, text(child.key), g.fresh(child))
			}
		}
		return tree
	case KindList:
		tree := &yaml.Node{Kind: yaml.SequenceNode}
		for range g.IntN(3) {
			tree.Content = append(tree.Content, g.fresh(n.item))
		}
		return tree
	case KindTable:
		return &yaml.Node{Kind: yaml.MappingNode}
	case KindTextOrList:
		if g.IntN(2) == 0 {
			return text(g.word())
		}
		return &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{text(g.word()), text(g.word())}}
	case KindYesNo:
		return plain(strconv.FormatBool(g.IntN(2) == 0))
	case KindDate:
		return text(fmt.Sprintf("20%02d-%02d-%02d", g.IntN(100), 1+g.IntN(12), 1+g.IntN(28)))
	case KindDuration:
		least, _ := time.ParseDuration(n.Min)
		most, _ := time.ParseDuration(n.Max)
		return text(Duration(least + time.Duration(g.Int64N(int64(most-least)+1))).String())
	case KindWhole:
		least, _ := strconv.Atoi(n.Min)
		most, _ := strconv.Atoi(n.Max)
		return plain(strconv.Itoa(least + g.IntN(most-least+1)))
	case KindNumber:
		return plain(strconv.FormatFloat(float64(g.IntN(10000))/100, 'f', 2, 64))
	default:
		if len(n.Choices) > 0 {
			return text(n.Choices[g.IntN(len(n.Choices))].Value)
		}
		return text(g.word())
	}
}

// word is text that a YAML writer has to be careful with.
func (g generator) word() string {
	words := []string{
		"", "A", "B", "COMMENT2", "a b", "1", "007", "yes", "null", "~", "1e3", "0x1F", "{x: 1}", "[a]", "- a", "# no", "a: b", "'q'", `"q"`,
		" lead", "trail ", "two\nlines", "tab\there", "naïve €", "2026-11-24", "*", "&a", "!b", "%c", "line.sku", "reference", "a\u2028b", "\\", "MPLUS ",
		"name@example.nl", "https://example.nl/hook", "email", "order", strings.Repeat("long ", 40),
	}
	return words[g.IntN(len(words))]
}

func text(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
}

func plain(value string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: value} }
