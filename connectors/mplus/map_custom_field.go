package mplus

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// customFromValues reads the fields that the shop made itself, as text by their
// name. Blank ones are left out, and so is one that cannot be read: no order
// waits for a field that nobody may use.
func (a assumptions) customFromValues(values []customFieldValue) map[string]string {
	var custom map[string]string
	for _, v := range values {
		name, text := trimmed(v.FieldName), a.customText(v)
		if name == "" || text == "" {
			continue
		}
		if custom == nil {
			custom = map[string]string{}
		}
		custom[name] = text
	}
	return custom
}

// customText writes a value as text: a number with a point, a day as 2026-01-31,
// yes and no as true and false. What kind it is says the field; one of an unknown
// kind is what it holds.
func (a assumptions) customText(v customFieldValue) string {
	kind := strings.TrimPrefix(trimmed(string(v.DataType)), "DATA-TYPE-")
	switch kind {
	case "STRING", "ARRAY", "TEXT-ARRAY":
		return trimmed(v.StrValue)
	case "INT":
		return customNumber(v.IntValue, "")
	case "DECIMAL":
		return customNumber(v.IntValue, v.DecimalPlaces)
	case "BOOL":
		return a.customBool(v.BoolValue)
	case "DATE", "DATETIME":
		return a.customDay(v)
	case "MULTISELECTINT":
		return strings.Join(v.MultiSelectInt, ",")
	}
	for _, text := range []string{
		trimmed(v.StrValue), customNumber(v.IntValue, v.DecimalPlaces), a.customBool(v.BoolValue), a.customDay(v), strings.Join(v.MultiSelectInt, ","),
	} {
		if text != "" {
			return text
		}
	}
	return ""
}

// customNumber shifts a whole number by its decimal places.
func customNumber(w, decimalPlaces wireInt) string {
	n, err := w.parse()
	if err != nil {
		return ""
	}
	places := int64(0)
	if decimalPlaces.given() {
		if places, err = decimalPlaces.parse(); err != nil || places < 0 || places > maxDecimalPlaces {
			return ""
		}
	}
	return decimal.New(n, -int32(places)).String()
}

func (a assumptions) customBool(w wireBool) string {
	r := &reading{assumptions: a}
	if trimmed(string(w)) == "" {
		return ""
	}
	yes := r.yes("boolValue", w, false)
	if r.err() != nil {
		return ""
	}
	return strconv.FormatBool(yes)
}

// customDay is the day of a date or of a moment.
func (a assumptions) customDay(v customFieldValue) string {
	r := &reading{assumptions: a}
	day := r.date("dateValue", v.DateValue)
	if day.IsZero() && v.DateTimeValue != nil {
		day = r.date("dateTimeValue", &soapMplusDate{Day: v.DateTimeValue.Day, Mon: v.DateTimeValue.Mon, Year: v.DateTimeValue.Year})
	}
	if r.err() != nil {
		return ""
	}
	return day.String()
}
