package sandbox

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// filter is one numbered filter of a read.
type filter struct {
	field    field
	operator string
	values   []string // several for a list; of a number or a date in stored form
}

// operators by their name in lower case, with the letters of the columns they can be used on. Those of the second list
// are not proven.
var (
	operators = map[string][]letter{
		"equal":             {text, memo, number, money, double, integer, date, moment, logical},
		"notequal":          {text, memo, number, money, double, integer, date, moment, logical},
		"contains":          {text, memo},
		"dateonorafterdate": {date, moment},
	}
	extraOperators = map[string][]letter{
		"lessthan":           {number, money, double, integer},
		"greaterthan":        {number, money, double, integer},
		"startswith":         {text, memo},
		"dateonorbeforedate": {date, moment},
	}
	numericOperators = map[string]string{"42": "dateonorafterdate", "43": "dateonorbeforedate"}
)

func operatorNamed(written string, o *Options) (string, []letter, bool) {
	name := strings.ToLower(strings.TrimSpace(written))
	if letters, ok := operators[name]; ok {
		return name, letters, true
	}
	if o.ExtraOperators != On {
		return "", nil, false
	}
	if named, ok := numericOperators[name]; ok {
		name = named
		if letters, ok := operators[name]; ok {
			return name, letters, true
		}
	}
	letters, ok := extraOperators[name]
	return name, letters, ok
}

func (q *query) readFilters(p parameters, o *Options) error {
	var places []int
	for name := range p {
		if m := numbered.FindStringSubmatch(name); m != nil {
			n, err := strconv.Atoi(m[2])
			if err != nil {
				return invalid(badRequest, "Parameter %s is onbekend.", name)
			}
			if !slices.Contains(places, n) {
				places = append(places, n)
			}
		}
	}
	slices.Sort(places)
	for _, n := range places {
		f, err := q.readFilter(p, strconv.Itoa(n), o)
		if err != nil {
			return err
		}
		q.filters = append(q.filters, f)
	}
	switch strings.ToLower(p["matchanyfilter"]) {
	case "", "false":
	case "true":
		q.matchAny = true
	default:
		return invalid(badRequest, "MatchAnyFilter moet true of false zijn.")
	}
	if written := strings.TrimSpace(p["filter"]); written != "" {
		expression, err := q.readExpression(written)
		if err != nil {
			return err
		}
		q.expression = expression
	}
	return nil
}

func (q *query) readFilter(p parameters, n string, o *Options) (filter, error) {
	for _, part := range []string{"ControlSource", "Operator", "ValueType", "Value"} {
		if _, given := p["filter"+strings.ToLower(part)+n]; !given {
			return filter{}, invalid(badRequest, "Filter%s%s ontbreekt.", part, n)
		}
	}
	f := filter{}
	var err error
	if f.field, err = q.comparable(p["filtercontrolsource"+n]); err != nil {
		return f, err
	}
	c := f.field.column
	written := p["filteroperator"+n]
	name, letters, known := operatorNamed(written, o)
	if !known {
		return f, invalid(badRequest, "Operator '%s' is onbekend.", cutAt(written, 40))
	}
	if !slices.Contains(letters, c.Type) {
		return f, invalid(badRequest, "Operator %s kan niet op veld %s worden gebruikt.", cutAt(written, 40), c.Name)
	}
	f.operator = name
	valueType := strings.ToUpper(strings.TrimSpace(p["filtervaluetype"+n]))
	if !slices.Contains(filterLetters(c), valueType) {
		return f, invalid(badRequest, "FilterValueType '%s' past niet bij veld %s.", cutAt(valueType, 40), c.Name)
	}
	literals := []string{p["filtervalue"+n]}
	switch strings.ToLower(p["filterislistofvalues"+n]) {
	case "", "false":
	case "true":
		if o.ListFilters != On {
			return f, invalid(badRequest, "FilterIsListOfValues%s wordt niet ondersteund.", n)
		}
		literals = strings.Split(literals[0], ",")
	default:
		return f, invalid(badRequest, "FilterIsListOfValues%s moet true of false zijn.", n)
	}
	for _, literal := range literals {
		value, err := readLiteral(literal, c)
		if err != nil {
			return f, err
		}
		f.values = append(f.values, value)
	}
	return f, nil
}

// filterLetters are the value types that fit a column.
func filterLetters(c *column) []string {
	switch {
	case c.isText():
		return []string{"C"}
	case c.isDate():
		return []string{"T", "D"}
	case c.Type == logical:
		return []string{"L"}
	default:
		return []string{"N"}
	}
}

// foxproDate is the strict date literal.
var foxproDate = regexp.MustCompile(`^\{\^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2})(:\d{2})?)?\}$`)

func readLiteral(literal string, c *column) (string, error) {
	switch {
	case c.isText():
		return toCP1252(literal), nil
	case c.isDate():
		m := foxproDate.FindStringSubmatch(strings.TrimSpace(literal))
		if m == nil {
			return "", invalid(badRequest, "De filterwaarde '%s' is geen datum van de vorm {^JJJJ-MM-DD}.", cutAt(literal, 40))
		}
		clock := "00:00:00"
		if m[2] != "" {
			clock = m[2] + ":00"
			if m[3] != "" {
				clock = m[2] + m[3]
			}
		}
		t, err := time.Parse(momentLayout, m[1]+"T"+clock)
		if err != nil {
			return "", invalid(badRequest, "De filterwaarde '%s' is geen datum.", cutAt(literal, 40))
		}
		return c.storedMoment(t), nil
	case c.Type == logical:
		switch strings.ToLower(strings.Trim(strings.TrimSpace(literal), ".")) {
		case "true", "t":
			return "true", nil
		case "false", "f":
			return "false", nil
		}
		return "", invalid(badRequest, "De filterwaarde '%s' is niet waar of onwaar.", cutAt(literal, 40))
	default:
		d, err := readDecimal(strings.TrimSpace(literal), c)
		return d.String(), err
	}
}

// matches decides about a row.
func (f filter) matches(b *books, r row, o *Options) bool {
	stored := f.field.of(b, r)
	if f.operator == "notequal" {
		return !slices.ContainsFunc(f.values, func(v string) bool { return equal(f.field.column, stored, v, o) })
	}
	return slices.ContainsFunc(f.values, func(v string) bool { return f.matchesOne(stored, v, o) })
}

func (f filter) matchesOne(stored, value string, o *Options) bool {
	c := f.field.column
	switch f.operator {
	case "contains":
		return strings.Contains(fold(padded(c, stored), o), fold(value, o))
	case "startswith":
		return strings.HasPrefix(fold(padded(c, stored), o), fold(value, o))
	case "dateonorafterdate":
		return stored != "" && stored >= value
	case "dateonorbeforedate":
		return stored != "" && stored <= value
	case "lessthan":
		return decimalOf(stored).LessThan(decimalOf(value))
	case "greaterthan":
		return decimalOf(stored).GreaterThan(decimalOf(value))
	default:
		return equal(c, stored, value, o)
	}
}

// equal compares as the switches say. Texts are compared without their padding.
func equal(c *column, stored, value string, o *Options) bool {
	switch {
	case c.isText():
		stored, value = fold(stored, o), fold(strings.TrimRight(value, " "), o)
		if o.EqualMatching == "foxpro_prefix" {
			return strings.HasPrefix(stored, value)
		}
		return stored == value
	case c.isDate():
		return stored == value
	case c.Type == logical:
		return (stored == "true") == (value == "true")
	default:
		d, err := decimal.NewFromString(value)
		return err == nil && decimalOf(stored).Equal(d)
	}
}

func fold(s string, o *Options) string {
	if o.IgnoreCase == On {
		return upper(s)
	}
	return s
}

// padded gives a fixed-width text its blanks back: a value padded to the width then matches only the whole.
func padded(c *column, s string) string {
	if missing := c.Len - len([]rune(s)); c.Type == text && missing > 0 {
		return s + strings.Repeat(" ", missing)
	}
	return s
}

// wants tells whether a row of the main table is part of the answer.
func (q *query) wants(b *books, r row, o *Options) bool {
	if q.object.ByYear && cutAt(r["START_DATE"], 4) != q.year {
		return false
	}
	if !q.object.includes(r) || (q.expression != nil && !q.expression.holds(b, r, o)) {
		return false
	}
	if len(q.filters) == 0 {
		return true
	}
	for _, f := range q.filters {
		if f.matches(b, r, o) == q.matchAny {
			return q.matchAny
		}
	}
	return !q.matchAny
}
