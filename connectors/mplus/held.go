package mplus

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// heldFields reads what a record holds, under the names that drafts use and with
// the kinds of the schema: the way back of drafting.elements. What the till leaves
// out is left out.
func (r *reading) heldFields(fields []targetField, own []CustomField, e elementOut) []domain.Field {
	held := make([]domain.Field, 0, len(e.inside))
	for _, f := range fields {
		if f.form == formCustom {
			held = append(held, r.heldCustom(own, e)...)
			continue
		}
		if v, given := r.heldValue(f, e); given {
			held = append(held, domain.Field{Name: f.name, Value: v})
		}
	}
	return held
}

// withNothing tells of numbers that a record leaves out that they are 0, so that a
// draft with 0 is seen to change nothing.
func withNothing(fields []targetField, held []domain.Field) []domain.Field {
	for _, f := range fields {
		if slices.ContainsFunc(held, func(h domain.Field) bool { return h.Name == f.name }) {
			continue
		}
		switch {
		case f.none:
			held = append(held, domain.Field{Name: f.name, Value: domain.TextValue("0")})
		case f.form == formWhole || f.form == formCents || f.form == formPercent:
			held = append(held, domain.Field{Name: f.name, Value: domain.NumberValue(decimal.Zero)})
		}
	}
	return held
}

func (r *reading) heldValue(f targetField, e elementOut) (domain.Value, bool) {
	name := f.element()
	sent := e.all(name)
	if len(sent) == 0 {
		return domain.Value{}, false
	}
	one, number := sent[0], wireInt(sent[0].text)
	switch f.form {
	case formNumber, formCode:
		return domain.TextValue(r.heldNumber(f, number)), true
	case formCodes:
		return domain.TextValue(r.heldCodes(name, sent)), true
	case formBarcodes:
		return domain.TextValue(strings.Join(furtherCodes(one, e.textOf("barcode")), " ")), true
	case formWhole:
		return domain.NumberValue(decimal.NewFromInt(r.integer(name, number))), number.given()
	case formCents:
		return domain.NumberValue(r.euros(name, number)), number.given()
	case formPercent:
		return domain.NumberValue(r.percent(name, number)), number.given()
	case formQuantity:
		return domain.NumberValue(r.quantity(name, number, wireInt(e.textOf(f.places())))), number.given()
	case formVATMethod:
		return domain.TextValue(string(vatMethods[trimmed(one.text)])), true
	case formDecimal:
		if trimmed(one.text) == "" {
			return domain.Value{}, false
		}
		return domain.NumberValue(r.plain(name, one.text)), true
	case formFlag:
		return domain.BoolValue(r.yes(name, wireBool(one.text), false)), trimmed(one.text) != ""
	case formDate:
		return domain.DateValue(r.dateIn(name, one)), true
	default:
		return domain.TextValue(trimmed(one.text)), true
	}
}

// heldNumber reads the number of another record; 0 is none. Only what every record
// must have can be number 0 itself: there is a turnover group 0. A field that may be
// written as 0 is read so.
func (r *reading) heldNumber(f targetField, w wireInt) string {
	if number := r.number(f.name, w); number != "" || !f.required && !f.none || !w.given() {
		return number
	}
	return "0"
}

// heldCodes reads several numbers, lowest first: their order means nothing.
func (r *reading) heldCodes(name string, sent []elementOut) string {
	var codes []int64
	for _, e := range sent {
		if n := r.integer(name, wireInt(e.text)); n > 0 {
			codes = append(codes, n)
		}
	}
	slices.Sort(codes)
	var texts []string
	for _, n := range slices.Compact(codes) {
		texts = append(texts, strconv.FormatInt(n, 10))
	}
	return strings.Join(texts, " ")
}

// furtherCodes are the codes of a barcodeList, without the article's first one.
func furtherCodes(list elementOut, first string) []string {
	var codes []string
	for _, b := range list.all("barcode") {
		if code := trimmed(b.textOf("barcode")); code != "" && code != trimmed(first) && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// heldCustom reads the fields that the retailer made, as far as drafts may fill them.
func (r *reading) heldCustom(own []CustomField, e elementOut) []domain.Field {
	var held []domain.Field
	for _, list := range e.all("customFieldList") {
		for _, sent := range list.all("customField") {
			at := slices.IndexFunc(own, func(c CustomField) bool { return c.Name == trimmed(sent.textOf("fieldName")) })
			if at < 0 {
				continue
			}
			if v, given := r.customValue(own[at], sent); given {
				held = append(held, domain.Field{Name: CustomPrefix + own[at].Name, Value: v})
			}
		}
	}
	return held
}

func (r *reading) customValue(c CustomField, sent elementOut) (domain.Value, bool) {
	name := CustomPrefix + c.Name
	switch customKinds[c.Type] {
	case domain.KindNumber:
		n := wireInt(sent.textOf("intValue"))
		return domain.NumberValue(r.quantity(name, n, wireInt(sent.textOf("decimalPlaces")))), n.given()
	case domain.KindBool:
		yes := sent.textOf("boolValue")
		return domain.BoolValue(r.yes(name, wireBool(yes), false)), trimmed(yes) != ""
	case domain.KindDate:
		dates := sent.all("dateValue")
		if len(dates) == 0 {
			return domain.Value{}, false
		}
		return domain.DateValue(r.dateIn(name, dates[0])), true
	default:
		texts := sent.all("strValue")
		return domain.TextValue(trimmed(sent.textOf("strValue"))), len(texts) > 0
	}
}

func (r *reading) dateIn(name string, e elementOut) domain.Date {
	return r.date(name, &soapMplusDate{Day: wireInt(e.textOf("day")), Mon: wireInt(e.textOf("mon")), Year: wireInt(e.textOf("year"))})
}

// all are the elements inside that have this name.
func (e elementOut) all(name string) []elementOut {
	var found []elementOut
	for _, child := range e.inside {
		if child.name == name {
			found = append(found, child)
		}
	}
	return found
}

// textOf is the text of the first element inside that has this name.
func (e elementOut) textOf(name string) string {
	for _, child := range e.inside {
		if child.name == name {
			return child.text
		}
	}
	return ""
}
