package settings

import (
	"encoding"
	"fmt"
	"iter"
	"reflect"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"gopkg.in/yaml.v3"

	"github.com/koppel/koppel/domain"
)

// decoder fills Go values from YAML nodes. It goes on after a problem, so that
// one reading finds them all, and remembers on which line each key stood.
type decoder struct {
	problems Problems
	lines    map[string]int
}

func (d *decoder) problem(path string, node *yaml.Node, format string, args ...any) {
	if len(d.problems) > MaxProblems { // one more than is told: the reader learns that there are more
		return
	}
	d.problems = append(d.problems, Problem{Path: path, Line: node.Line, Text: fmt.Sprintf(format, args...)})
}

var (
	decimalType   = reflect.TypeFor[decimal.Decimal]()
	lookupKeyType = reflect.TypeFor[domain.LookupKey]()
)

// value reads one node into a settable value.
func (d *decoder) value(path string, node *yaml.Node, into reflect.Value) {
	if node.Kind == yaml.AliasNode {
		d.problem(path, node, "must be written out: references (*name) are not read")
		return
	}
	text, isText := into.Addr().Interface().(encoding.TextUnmarshaler)
	switch {
	case into.Type() == decimalType:
		d.number(path, node, into)
	case into.Type() == lookupKeyType && node.Kind == yaml.ScalarNode: // one key, written plainly
		one := reflect.New(reflect.TypeFor[string]()).Elem()
		d.scalar(path, node, one)
		into.Set(reflect.ValueOf(domain.LookupKey{one.String()}))
	case isText:
		d.text(path, node, text)
	case into.Kind() == reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		d.value(path, node, into.Elem())
	case into.Kind() == reflect.Struct:
		d.structure(path, node, into)
	case into.Kind() == reflect.Map:
		d.table(path, node, into)
	case into.Kind() == reflect.Slice:
		d.list(path, node, into)
	default:
		d.scalar(path, node, into)
	}
}

// structure reads a mapping whose keys are known.
func (d *decoder) structure(path string, node *yaml.Node, into reflect.Value) {
	fields := map[string]reflect.Value{}
	var names []string
	for field := range keysOf(into.Type()) {
		name := keyOf(field)
		fields[name] = into.FieldByIndex(field.Index)
		names = append(names, name)
	}
	d.eachKey(path, node, func(at string, key, value *yaml.Node) {
		field, ok := fields[key.Value]
		if !ok {
			d.problem(at, key, "is not a known key; known here: %s", strings.Join(names, ", "))
			return
		}
		d.value(at, value, field)
	})
}

// table reads a mapping whose keys are names that a person gave.
func (d *decoder) table(path string, node *yaml.Node, into reflect.Value) {
	if into.IsNil() {
		into.Set(reflect.MakeMap(into.Type()))
	}
	d.eachKey(path, node, func(at string, key, value *yaml.Node) {
		item := fresh(into.Type().Elem())
		d.value(at, value, item)
		into.SetMapIndex(reflect.ValueOf(key.Value), item)
	})
}

// list reads a sequence; it replaces what stood there.
func (d *decoder) list(path string, node *yaml.Node, into reflect.Value) {
	if node.Kind != yaml.SequenceNode {
		d.problem(path, node, "must be a list")
		return
	}
	items := reflect.MakeSlice(into.Type(), 0, len(node.Content))
	for i, child := range node.Content {
		at := fmt.Sprintf("%s[%d]", path, i)
		d.lines[at] = child.Line
		item := fresh(into.Type().Elem())
		d.value(at, child, item)
		items = reflect.Append(items, item)
	}
	into.Set(items)
}

// eachKey walks a mapping, reporting keys that stand there twice.
func (d *decoder) eachKey(path string, node *yaml.Node, visit func(at string, key, value *yaml.Node)) {
	if node.Kind != yaml.MappingNode {
		d.problem(path, node, "must hold keys and values")
		return
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			d.problem(path, key, "has a key that is not plain text")
			continue
		}
		at := join(path, key.Value)
		if first, twice := seen[key.Value]; twice {
			d.problem(at, key, "stands here twice; the first is on line %d", first)
			continue
		}
		seen[key.Value], d.lines[at] = key.Line, key.Line
		visit(at, key, value)
	}
}

func (d *decoder) scalar(path string, node *yaml.Node, into reflect.Value) {
	tag := node.ShortTag()
	switch into.Kind() {
	case reflect.String:
		if node.Kind != yaml.ScalarNode || tag != "!!str" && tag != "!!int" {
			d.problem(path, node, "must be text; put it in quotes")
			return
		}
		into.SetString(node.Value)
	case reflect.Bool:
		if tag != "!!bool" {
			d.problem(path, node, "must be true or false")
			return
		}
		into.SetBool(strings.EqualFold(node.Value, "true"))
	case reflect.Int:
		n, err := strconv.ParseInt(node.Value, 10, 64)
		if tag != "!!int" || err != nil {
			d.problem(path, node, "must be a whole number")
			return
		}
		into.SetInt(n)
	case reflect.Float64:
		n, err := strconv.ParseFloat(node.Value, 64)
		if tag != "!!int" && tag != "!!float" || err != nil || n-n != 0 { // infinity and not-a-number
			d.problem(path, node, "must be a number")
			return
		}
		into.SetFloat(n)
	default:
		d.problem(path, node, "cannot be read")
	}
}

// number reads an exact decimal. Exponents and endless digits are refused:
// nobody writes them on purpose, and they cost time and memory.
func (d *decoder) number(path string, node *yaml.Node, into reflect.Value) {
	if node.Kind == yaml.ScalarNode && len(node.Value) <= 30 && !strings.ContainsAny(node.Value, "eE") {
		if n, err := decimal.NewFromString(node.Value); err == nil {
			n, _ = decimal.NewFromString(n.String()) // 21.0 is 21: what is written back reads the same
			into.Set(reflect.ValueOf(n))
			return
		}
	}
	d.problem(path, node, "must be a number such as 21 or 5.5")
}

func (d *decoder) text(path string, node *yaml.Node, into encoding.TextUnmarshaler) {
	if node.Kind != yaml.ScalarNode {
		d.problem(path, node, "must be one value")
		return
	}
	if err := into.UnmarshalText([]byte(node.Value)); err != nil {
		d.problem(path, node, "%s", err)
	}
}

// fresh is a new item of a list or table, with the defaults of its type.
func fresh(t reflect.Type) reflect.Value {
	item := reflect.New(t).Elem()
	if t.Kind() != reflect.Struct {
		return item
	}
	for field := range keysOf(t) {
		presetField(item.FieldByIndex(field.Index), field.Tag.Get("default"))
	}
	return item
}

// presetField gives a field of a new item its default. A list without one is empty,
// not absent: what is written and read back must be the same.
func presetField(field reflect.Value, value string) {
	switch field.Kind() {
	case reflect.String:
		field.SetString(value)
	case reflect.Int:
		n, _ := strconv.Atoi(value) // 0 without default; a test reads every tag
		field.SetInt(int64(n))
	case reflect.Slice:
		field.Set(reflect.MakeSlice(field.Type(), 0, 0))
		for part := range strings.SplitSeq(value, "|") {
			if value != "" {
				entry := reflect.New(field.Type().Elem()).Elem()
				entry.SetString(part)
				field.Set(reflect.Append(field, entry))
			}
		}
	}
}

// keysOf lists the fields of a section, and among them those of a part that several
// sections share.
func keysOf(t reflect.Type) iter.Seq[reflect.StructField] {
	return func(yield func(reflect.StructField) bool) {
		for _, field := range reflect.VisibleFields(t) {
			if !field.Anonymous && !yield(field) {
				return
			}
		}
	}
}

// keyOf is the key under which a field stands in YAML.
func keyOf(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	return name
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
