package sandbox

import (
	"bytes"
	"encoding/json"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// A row holds its values in one written form per type, so that nothing is lost on the way to disk and back: text as it
// is, numbers as plain decimals, logicals as "true" or "false", dates as YYYY-MM-DDTHH:MM:SS. What is empty is absent.
type row map[string]string

const momentLayout = "2006-01-02T15:04:05"

func (r row) number(name string) decimal.Decimal { return decimalOf(r[name]) }

func (r row) flag(name string) bool { return r[name] == "true" }

func decimalOf(written string) decimal.Decimal {
	d, err := decimal.NewFromString(written)
	if err != nil {
		return decimal.Zero
	}
	return d
}

// readValue turns one value of a written row into its stored form. given is false for null, which leaves a column as
// it is.
func readValue(raw json.RawMessage, c *column, o *Options) (value string, given bool, err error) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || string(raw) == "null" {
		return "", false, nil
	}
	if raw[0] == '{' || raw[0] == '[' {
		return "", false, invalid(wrongValue, "Veld %s: een enkele waarde wordt verwacht.", c.Name)
	}
	written, quoted := string(raw), raw[0] == '"'
	if quoted {
		if err := json.Unmarshal(raw, &written); err != nil {
			return "", false, invalid(badRequest, "Veld %s: de tekst kan niet worden gelezen.", c.Name)
		}
	}
	switch {
	case c.isText():
		if !quoted {
			return "", false, invalid(wrongValue, "Veld %s: een tekst wordt verwacht.", c.Name)
		}
		value, err = readText(written, c, o)
	case c.Type == integer:
		value, err = readInteger(written, c)
	case c.isNumber():
		value, err = readNumber(written, c, o)
	case c.Type == logical:
		value, err = readLogical(written, c)
	default:
		if !quoted {
			return "", false, invalid(wrongValue, "Veld %s: een datum wordt verwacht.", c.Name)
		}
		value, err = readDate(written, c)
	}
	return value, err == nil, err
}

func readText(written string, c *column, o *Options) (string, error) {
	value := strings.TrimRight(toCP1252(written), " ")
	if c.Upper {
		value = upper(value)
	}
	if c.Type == text && utf8.RuneCountInString(value) > c.Len {
		if o.Overflow == "reject" {
			return "", invalid(doesNotFit, "De waarde '%s' van veld %s is langer dan %d tekens.", value, c.Name, c.Len)
		}
		value = strings.TrimRight(string([]rune(value)[:c.Len]), " ")
	}
	return value, nil
}

// plainNumber is a decimal with a point. The length bound keeps a hostile exponent or a million digits out.
var plainNumber = regexp.MustCompile(`^[-+]?[0-9]{1,20}(\.[0-9]{1,20})?([eE][-+]?[0-9]{1,2})?$`)

func readDecimal(written string, c *column) (decimal.Decimal, error) {
	if !plainNumber.MatchString(written) {
		return decimal.Zero, invalid(wrongValue, "De waarde '%s' van veld %s is geen getal.", cutAt(written, 40), c.Name)
	}
	d, err := decimal.NewFromString(written)
	if err != nil {
		return decimal.Zero, invalid(wrongValue, "De waarde '%s' van veld %s is geen getal.", written, c.Name)
	}
	return d, nil
}

func readNumber(written string, c *column, o *Options) (string, error) {
	d, err := readDecimal(written, c)
	if err != nil {
		return "", err
	}
	if rounded := d.Round(int32(c.Dec)); !rounded.Equal(d) {
		if o.Overflow == "reject" {
			return "", invalid(doesNotFit, "De waarde %s van veld %s heeft meer dan %d decimalen.", written, c.Name, c.Dec)
		}
		d = rounded
	}
	if d.Abs().GreaterThan(c.largest()) {
		return "", invalid(doesNotFit, "De waarde %s past niet in veld %s.", written, c.Name)
	}
	return d.String(), nil
}

// largest is what a number column can hold: a currency is 64 bits with four decimals, a number has its positions, the
// point and the decimals among them.
func (c *column) largest() decimal.Decimal {
	if c.Type != number {
		return decimal.New(math.MaxInt64, -4)
	}
	whole := c.Len
	if c.Dec > 0 {
		whole -= c.Dec + 1
	}
	return decimal.New(1, int32(whole)).Sub(decimal.New(1, int32(-c.Dec)))
}

func readInteger(written string, c *column) (string, error) {
	d, err := readDecimal(written, c)
	if err != nil {
		return "", err
	}
	if !d.IsInteger() || d.Abs().GreaterThan(decimal.NewFromInt(math.MaxInt32)) {
		return "", invalid(doesNotFit, "De waarde %s past niet in veld %s.", written, c.Name)
	}
	return d.String(), nil
}

func readLogical(written string, c *column) (string, error) {
	switch strings.ToLower(written) {
	case "true":
		return "true", nil
	case "false":
		return "false", nil
	default:
		return "", invalid(wrongValue, "De waarde '%s' van veld %s is niet waar of onwaar.", cutAt(written, 40), c.Name)
	}
}

// dateForms are what clients send. A zone is accepted and not applied: clients write local time and call it Z.
var dateForms = []string{
	"2006-01-02", momentLayout, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04",
}

func readDate(written string, c *column) (string, error) {
	if strings.TrimSpace(written) == "" {
		return "", nil
	}
	for _, form := range dateForms {
		if t, err := time.Parse(form, written); err == nil {
			return c.storedMoment(t), nil
		}
	}
	return "", invalid(wrongValue, "De waarde '%s' van veld %s is geen datum.", cutAt(written, 40), c.Name)
}

// storedMoment writes the clock as it stands, without the time of day for a date.
func (c *column) storedMoment(t time.Time) string {
	if c.Type == date {
		return t.Format("2006-01-02") + "T00:00:00"
	}
	return t.Format(momentLayout)
}

func cutAt(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n])
}

// appendJSON writes a stored value with its true type; an exact number keeps every digit.
func appendJSON(out []byte, c *column, value string, o *Options) []byte {
	switch {
	case c.isDate():
		if value == "" && o.EmptyDate == "null" {
			return append(out, "null"...)
		}
		return strconv.AppendQuote(out, value)
	case c.isText():
		quoted, err := json.Marshal(value)
		if err != nil {
			return append(out, `""`...)
		}
		return append(out, quoted...)
	case c.Type == logical:
		return strconv.AppendBool(out, value == "true")
	case value == "":
		return append(out, '0')
	default:
		return append(out, value...)
	}
}

// compareValues orders two stored values of a column.
func compareValues(c *column, a, b string) int {
	switch {
	case c.isNumber(), c.Type == integer:
		return decimalOf(a).Cmp(decimalOf(b))
	case c.Type == logical:
		return strings.Compare(strconv.FormatBool(a == "true"), strconv.FormatBool(b == "true"))
	default:
		return strings.Compare(a, b)
	}
}
