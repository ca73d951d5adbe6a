package settings

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// tagProblems checks every field of a document against its tags.
func tagProblems(doc Document) Problems {
	var problems Problems
	walk("", "", reflect.ValueOf(doc), func(path string, tag reflect.StructTag, v reflect.Value) {
		for _, text := range []string{requiredRule(tag, v), enumRule(tag, v), boundsRule(tag, v), uniqueRule(tag, v)} {
			if text != "" {
				problems = append(problems, Problem{Path: path, Text: text})
			}
		}
	})
	return problems
}

// walk visits every field, item and table entry. A plain item of a list or
// table goes by the tag of its list or table.
func walk(path string, tag reflect.StructTag, v reflect.Value, visit func(string, reflect.StructTag, reflect.Value)) {
	if v.Type() == reflect.TypeFor[decimal.Decimal]() || v.Type() == reflect.TypeFor[domain.Date]() {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for field := range keysOf(v.Type()) {
			walk(join(path, keyOf(field)), field.Tag, v.FieldByIndex(field.Index), visit)
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, key := range keys {
			walk(join(path, key.String()), tag, v.MapIndex(key), visit)
		}
	case reflect.Slice:
		visit(path, tag, v)
		for i := range v.Len() {
			walk(fmt.Sprintf("%s[%d]", path, i), tag, v.Index(i), visit)
		}
	default:
		visit(path, tag, v)
	}
}

func requiredRule(tag reflect.StructTag, v reflect.Value) string {
	if tag.Get("required") == "true" && v.Kind() == reflect.String && strings.TrimSpace(v.String()) == "" {
		return "is required"
	}
	return ""
}

func enumRule(tag reflect.StructTag, v reflect.Value) string {
	allowed, ok := tag.Lookup("enum")
	if !ok || v.Kind() != reflect.String || slices.Contains(strings.Split(allowed, "|"), v.String()) {
		return ""
	}
	return "must be one of: " + strings.ReplaceAll(strings.TrimPrefix(allowed, "|"), "|", ", ")
}

func uniqueRule(tag reflect.StructTag, v reflect.Value) string {
	if tag.Get("unique") == "" || v.Kind() != reflect.Slice {
		return ""
	}
	seen := map[string]bool{}
	for i := range v.Len() {
		item := fmt.Sprint(v.Index(i).Interface())
		if seen[item] {
			return "names " + item + " twice"
		}
		seen[item] = true
	}
	return ""
}

// boundsRule checks min and max (numbers and durations) and maxlen (text).
func boundsRule(tag reflect.StructTag, v reflect.Value) string {
	if longest := bound(tag, "maxlen", v, math.Inf(1)); v.Kind() == reflect.String && float64(utf8.RuneCountInString(v.String())) > longest {
		return fmt.Sprintf("must be %s characters or shorter", tag.Get("maxlen"))
	}
	size, ok := magnitude(v)
	if !ok {
		return ""
	}
	if size < bound(tag, "min", v, math.Inf(-1)) || size > bound(tag, "max", v, math.Inf(1)) {
		return fmt.Sprintf("must be from %s to %s", tag.Get("min"), tag.Get("max"))
	}
	return ""
}

func magnitude(v reflect.Value) (float64, bool) {
	switch v.Kind() {
	case reflect.Int, reflect.Int64:
		return float64(v.Int()), true
	case reflect.Float64:
		return v.Float(), true
	default:
		return 0, false
	}
}

// bound reads a limit from a tag, in the unit of the field.
func bound(tag reflect.StructTag, name string, v reflect.Value, none float64) float64 {
	text, ok := tag.Lookup(name)
	if !ok {
		return none
	}
	if v.Type() == reflect.TypeFor[Duration]() {
		limit, err := time.ParseDuration(text)
		if err != nil {
			return none
		}
		return float64(limit)
	}
	limit, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return none
	}
	return limit
}
