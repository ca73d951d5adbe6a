package mplus

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/koppel/koppel/domain"
)

// vatMethod reads VatMethod. An order without one cannot be booked.
func (r *reading) vatMethod(w wireEnum) domain.VATMethod {
	method, known := vatMethods[trimmed(string(w))]
	if !known {
		r.fail("vatMethod", "is not one that is known")
	}
	return method
}

// vatMethods are the values of VatMethod (WSDL).
var vatMethods = map[string]domain.VATMethod{
	"VAT-METHOD-INCLUSIVE": domain.VATInclusive, "VAT-METHOD-EXCLUSIVE": domain.VATExclusive,
	"VAT-METHOD-SHIFTED": domain.VATShifted, "VAT-METHOD-NONE": domain.VATNone,
}

// vatMethod writes VatMethod.
func (w *drafting) vatMethod(field, method string) string {
	for text, m := range vatMethods {
		if string(m) == method {
			return text
		}
	}
	w.fail(field, "must be inclusive, exclusive, shifted or none")
	return ""
}

// vatGroups are the order's totals by VAT code, as the till made them, one for
// each code and percentage and always in the same order.
func (r *reading) vatGroups(list []vatGroup) []domain.VATGroup {
	var groups []domain.VATGroup
	for i, w := range list {
		r.in(fmt.Sprintf("vatGroupList/%d", i+1), func() {
			group := domain.VATGroup{
				Code:    r.vatCode(w.VatCode),
				Percent: r.percent("vatPercentage", w.VatPercentage),
				Excl:    r.euros("exclAmount", w.ExclAmount),
				VAT:     r.euros("vatAmount", w.VatAmount),
			}
			if !w.ExclAmount.given() || !w.VatAmount.given() {
				r.fail("exclAmount", "or vatAmount is missing")
			}
			groups = addGroup(groups, group)
		})
	}
	slices.SortFunc(groups, func(a, b domain.VATGroup) int {
		return cmp.Or(cmp.Compare(len(a.Code), len(b.Code)), cmp.Compare(a.Code, b.Code), a.Percent.Cmp(b.Percent))
	})
	return groups
}

// addGroup adds a group to the one of the same code and percentage: the till
// keeps them apart by branch.
func addGroup(groups []domain.VATGroup, group domain.VATGroup) []domain.VATGroup {
	for i, g := range groups {
		if g.Code == group.Code && g.Percent.Equal(group.Percent) {
			groups[i].Excl, groups[i].VAT = g.Excl.Add(group.Excl), g.VAT.Add(group.VAT)
			return groups
		}
	}
	return append(groups, group)
}

// vatCode reads a VAT code as text. Code 0 is a code too ("none" at some tills),
// so that it must be mapped and cannot slip through.
func (r *reading) vatCode(w wireInt) string {
	if !w.given() {
		return ""
	}
	return strconv.FormatInt(r.integer("vatCode", w), 10)
}
