package sandbox

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// decoder fills a wire type from a request as the service does: by the sequence of the schema, which the fields of the
// type stand for. A pointer is an optional element, a slice a repeated one, anything else is mandatory.
type decoder struct {
	lenient  bool
	problems []string
}

// maxProblems keeps a hopeless request from making an endless fault.
const maxProblems = 10

func (d *decoder) problem(path, format string, args ...any) {
	if len(d.problems) < maxProblems {
		d.problems = append(d.problems, path+": "+fmt.Sprintf(format, args...))
	}
}

// wireField is one element of a sequence.
type wireField struct {
	name  string
	index []int
}

// wireFields lists the elements of a wire type in order; embedded types stand for the elements they hold.
func wireFields(t reflect.Type) []wireField {
	var fields []wireField
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			for _, inner := range wireFields(f.Type) {
				fields = append(fields, wireField{inner.name, append([]int{i}, inner.index...)})
			}
			continue
		}
		fields = append(fields, wireField{f.Tag.Get("xml"), []int{i}})
	}
	return fields
}

func (d *decoder) fill(path string, e *element, v reflect.Value) {
	switch {
	case v.Type() == reflect.TypeFor[unread]():
	case v.Kind() == reflect.Struct:
		d.fillStruct(path, e, v)
	case len(e.children) > 0:
		d.problem(path, "unexpected element inside a value")
	default:
		d.fillValue(path, e.text, v)
	}
}

func (d *decoder) fillStruct(path string, e *element, v reflect.Value) {
	if strings.TrimSpace(e.text) != "" {
		d.problem(path, "unexpected text between elements")
	}
	fields := wireFields(v.Type())
	seen := make([]int, len(fields))
	place := 0
	for _, child := range e.children {
		at := path + "/" + printable(child.name.Local)
		i := slices.IndexFunc(fields, func(f wireField) bool { return f.name == child.name.Local })
		switch {
		case i < 0 && d.lenient:
			continue
		case i < 0:
			d.problem(at, "unknown element")
			continue
		case child.name.Space != namespace && !d.lenient:
			d.problem(at, "element is not of namespace %s", namespace)
		case i < place && !d.lenient:
			d.problem(at, "element is out of order, it belongs before %s", fields[place].name)
		}
		place = max(place, i)
		seen[i]++
		d.fillField(at, child, v.FieldByIndex(fields[i].index), seen[i])
	}
	if d.lenient {
		return
	}
	for i, f := range fields {
		kind := v.FieldByIndex(f.index).Kind()
		if seen[i] == 0 && kind != reflect.Pointer && kind != reflect.Slice {
			d.problem(path+"/"+f.name, "mandatory element is missing")
		}
	}
}

func (d *decoder) fillField(path string, e *element, v reflect.Value, time int) {
	unreadType := reflect.TypeFor[unread]()
	switch {
	case v.Kind() == reflect.Slice && v.Type().Elem() == unreadType:
	case v.Kind() == reflect.Slice:
		item := reflect.New(v.Type().Elem()).Elem()
		d.fill(path, e, item)
		v.Set(reflect.Append(v, item))
	case time > 1:
		d.problem(path, "element occurs more than once")
	case v.Kind() == reflect.Pointer && v.Type().Elem() == unreadType:
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.fill(path, e, v.Elem())
	default:
		d.fill(path, e, v)
	}
}

var (
	wholeNumber = regexp.MustCompile(`^[+-]?[0-9]+$`)
	textForms   = map[reflect.Type]*regexp.Regexp{
		reflect.TypeFor[base64Text]():   regexp.MustCompile(`^[A-Za-z0-9+/\s]*=?\s*=?$`),
		reflect.TypeFor[decimalText]():  regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$`),
		reflect.TypeFor[dateText]():     regexp.MustCompile(`^-?[0-9]{4,}-[01][0-9]-[0-3][0-9](Z|[+-][0-9]{2}:[0-9]{2})?$`),
		reflect.TypeFor[dateTimeText](): regexp.MustCompile(`^-?[0-9]{4,}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$`),
	}
)

func (d *decoder) fillValue(path, text string, v reflect.Value) {
	trimmed := strings.TrimSpace(text)
	switch v.Kind() {
	case reflect.String:
		d.fillText(path, text, v)
	case reflect.Bool:
		switch trimmed {
		case "true", "1":
			v.SetBool(true)
		case "false", "0":
			v.SetBool(false)
		default:
			d.problem(path, "not a boolean")
		}
	case reflect.Int16, reflect.Int32, reflect.Int64:
		n, err := strconv.ParseInt(trimmed, 10, v.Type().Bits())
		if err != nil || !wholeNumber.MatchString(trimmed) {
			d.problem(path, "not a whole number of %d bits", v.Type().Bits())
			return
		}
		v.SetInt(n)
	default:
		d.problem(path, "the sandbox cannot read this element")
	}
}

func (d *decoder) fillText(path, text string, v reflect.Value) {
	if values, ok := enumValues[v.Type()]; ok && !slices.Contains(values, text) {
		d.problem(path, "not a value of the enumeration")
		return
	}
	if form, ok := textForms[v.Type()]; ok {
		text = strings.TrimSpace(text)
		if !form.MatchString(text) {
			d.problem(path, "not a %s", strings.TrimSuffix(v.Type().Name(), "Text"))
			return
		}
	}
	v.SetString(text)
}

// printable keeps a hostile element name out of a fault.
func printable(name string) string {
	for _, c := range []byte(name) {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			return "?"
		}
	}
	if len(name) > 64 {
		return "?"
	}
	return name
}
