package mplus

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// drafting writes the fields of drafts as elements and collects what cannot be
// written. Its problems name fields and rules, never values.
type drafting struct {
	own           OwnFields
	card          string // whose own fields these are; empty: an article's
	percentPlaces int    // decimal places of a percentage: 2 for hundredths, 0 for whole
	problems      []domain.Problem
}

func (w *drafting) fail(field, rule string) {
	w.problems = append(w.problems, domain.Problem{Field: field, Rule: rule})
}

// elements writes a draft that keeps to the schema, in the order of the fields.
func (w *drafting) elements(fields []targetField, d domain.Draft) []elementOut {
	var out []elementOut
	for _, f := range fields {
		if f.form == formCustom {
			out = append(out, w.customFieldList(d)...)
			continue
		}
		if v, given := d.Get(f.name); given {
			out = append(out, w.element(f, v)...)
		}
	}
	return out
}

func (w *drafting) element(f targetField, v domain.Value) []elementOut {
	name := f.element()
	one := func(text string) []elementOut { return []elementOut{{name: name, text: text}} }
	switch f.form {
	case formNumber:
		return one(w.number(f.name, v.Text, 64))
	case formCode:
		return one(w.number(f.name, v.Text, 32))
	case formCodes:
		var out []elementOut
		for _, code := range severalIn(v.Text) {
			out = append(out, elementOut{name: name, text: w.number(f.name, code, 32)})
		}
		return out
	case formBarcodes:
		list := elementOut{name: name}
		for _, code := range severalIn(v.Text) {
			list.inside = append(list.inside, elementOut{name: "barcode", inside: []elementOut{{name: "barcode", text: code}}})
		}
		return []elementOut{list}
	case formWhole:
		return one(w.scaled(f.name, v.Number, 0, 32, "must be a whole number"))
	case formCents:
		return one(w.scaled(f.name, v.Number, 2, 64, "must be in whole cents"))
	case formPercent:
		return one(w.scaled(f.name, v.Number, w.percentPlaces, 32, fmt.Sprintf("must have %d decimals at most", w.percentPlaces)))
	case formQuantity:
		amount, places := w.quantity(f.name, v.Number)
		return []elementOut{{name: name, text: amount}, {name: f.places(), text: places}}
	case formVATMethod:
		return one(w.vatMethod(f.name, v.Text))
	case formDecimal:
		return one(v.Number.String())
	case formFlag:
		return one(strconv.FormatBool(v.Bool))
	case formDate:
		return []elementOut{dateOut(name, v.Date)}
	default:
		return one(v.Text)
	}
}

func severalIn(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
}

// number writes the number of a record. Only a code may be 0: that of the group
// above a group at the top.
func (w *drafting) number(field, text string, bits int) string {
	if _, err := strconv.ParseUint(text, 10, bits-1); err != nil || !isPlainNumber(text) && (text != "0" || bits != 32) {
		w.fail(field, fmt.Sprintf("must be a whole number of %d bits", bits))
	}
	return text
}

// scaled writes a number as a whole one with this many decimal places.
func (w *drafting) scaled(field string, n decimal.Decimal, places, bits int, rule string) string {
	shifted := n.Shift(int32(places))
	if !shifted.IsInteger() || !fits(shifted, bits) {
		w.fail(field, rule)
	}
	return shifted.String()
}

// quantity writes a number without its decimal point, and how many decimals it had.
func (w *drafting) quantity(field string, n decimal.Decimal) (amount, places string) {
	for count := range maxDecimalPlaces + 1 {
		if shifted := n.Shift(int32(count)); shifted.IsInteger() && fits(shifted, 64) {
			return shifted.String(), strconv.Itoa(count)
		}
	}
	w.fail(field, fmt.Sprintf("must have %d decimals at most", maxDecimalPlaces))
	return "0", "0"
}

func fits(n decimal.Decimal, bits int) bool {
	_, err := strconv.ParseInt(n.String(), 10, bits)
	return err == nil
}

func dateOut(name string, d domain.Date) elementOut {
	return elementOut{name: name, inside: []elementOut{
		{name: "day", text: strconv.Itoa(d.Day)}, {name: "mon", text: strconv.Itoa(int(d.Month))}, {name: "year", text: strconv.Itoa(d.Year)},
	}}
}

// customFieldList writes the fields that the retailer made, all in one list.
func (w *drafting) customFieldList(d domain.Draft) []elementOut {
	list := elementOut{name: "customFieldList"}
	for _, c := range w.own.of(cmp.Or(w.card, ofArticle)) {
		if v, given := d.Get(CustomPrefix + c.Name); given {
			list.inside = append(list.inside, elementOut{name: "customField", inside: w.customField(c, v)})
		}
	}
	if len(list.inside) == 0 {
		return nil
	}
	return []elementOut{list}
}

func (w *drafting) customField(c CustomField, v domain.Value) []elementOut {
	out := []elementOut{{name: "fieldName", text: c.Name}, {name: "dataType", text: c.Type}}
	switch customKinds[c.Type] {
	case domain.KindNumber:
		amount, places := w.quantity(CustomPrefix+c.Name, v.Number)
		if c.Type == "DATA-TYPE-INT" && places != "0" {
			w.fail(CustomPrefix+c.Name, "must be a whole number")
		}
		return append(out, elementOut{name: "intValue", text: amount}, elementOut{name: "decimalPlaces", text: places})
	case domain.KindBool:
		return append(out, elementOut{name: "boolValue", text: strconv.FormatBool(v.Bool)})
	case domain.KindDate:
		return append(out, dateOut("dateValue", v.Date))
	default:
		return append(out, elementOut{name: "strValue", text: v.Text})
	}
}
