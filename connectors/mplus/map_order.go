package mplus

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// orderFromOrder maps a whole order, its customer aside from the card file. The
// error names what could not be read, never what it held.
func orderFromOrder(w order, a assumptions) (domain.Order, error) {
	r := &reading{assumptions: a}
	id, number, version := r.head(w)
	method := r.vatMethod(w.VatMethod)
	groups := r.vatGroups(w.VatGroupList)
	o := domain.Order{
		ID:      id,
		Number:  number,
		Version: version,

		Type:          trimmed(string(w.OrderType)),
		Branch:        r.branch(w),
		Workplace:     r.number("workplaceNumber", w.WorkplaceNumber),
		Employee:      r.number("employeeNumber", w.EmployeeNumber),
		EnteredAt:     r.instant("entryTimestamp", w.EntryTimestamp),
		Date:          r.date("financialDate", w.FinancialDate),
		DeliveryDate:  r.date("deliveryDate", w.DeliveryDate),
		Reference:     trimmed(w.Reference),
		Category:      r.number("orderCategoryNumber", w.OrderCategoryNumber),
		Cancelled:     r.cancelled(w.CancelState),
		FullyPaid:     r.yes("fullyPaid", w.FullyPaid, false),
		PrepaidAmount: r.euros("prepaidAmount", w.PrepaidAmount),

		Customer:        r.customerFromOrder(w),
		InvoiceAddress:  addressFromOrderAddress(w.InvoiceAddress),
		DeliveryAddress: addressFromOrderAddress(w.DeliveryAddress),
		DeliveryMethod:  trimmed(w.DeliveryMethod),
		PaymentMethod:   trimmed(w.PaymentMethod),

		VATMethod:  method,
		VATCountry: trimmed(w.VatCountryIso3),
		Lines:      r.lines(w.LineList, method, groups),
		VATGroups:  groups,
	}
	if o.Date.IsZero() && !o.EnteredAt.IsZero() {
		o.Date = domain.DateIn(o.EnteredAt, a.zone)
	}
	if begin := r.instant("deliveryPeriodBegin", w.DeliveryPeriodBegin); o.DeliveryDate.IsZero() && !begin.IsZero() {
		o.DeliveryDate = domain.DateIn(begin, a.zone)
	}
	o.TotalIncl, o.TotalExcl = r.totals(w, o.Lines)
	if err := r.err(); err != nil {
		return domain.Order{}, fmt.Errorf("read order: %w", err)
	}
	return o, nil
}

// head reads what an order is known by. It is all that remains of an order that
// cannot be understood.
func (r *reading) head(w order) (domain.OrderID, string, domain.OrderVersion) {
	version := domain.OrderVersion{
		Marker:  r.integer("syncMarker", w.SyncMarker),
		Change:  r.count("changeCounter", w.ChangeCounter),
		Version: r.count("versionNumber", w.VersionNumber),
	}
	id := trimmed(w.OrderID)
	if !isOrderID(id) {
		r.fail("orderId", "is missing or not an identifier")
		id = ""
	}
	number := r.yearNumber("orderNumber", w.OrderNumber)
	if number == "" {
		number = id
	}
	return domain.OrderID(id), number, version
}

// isOrderID holds for the opaque identifiers of the till: UUIDs, with or without
// hyphens and braces. They become part of workflow names, so nothing else passes.
func isOrderID(id string) bool {
	if id == "" || len(id) > 100 {
		return false
	}
	for _, c := range []byte(id) {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !letter && c != '-' && c != '_' && c != '.' && c != '{' && c != '}' {
			return false
		}
	}
	return true
}

// branch is the branch whose turnover the order is, or else where it was entered.
func (r *reading) branch(w order) string {
	if financial := r.number("financialBranchNumber", w.FinancialBranchNumber); financial != "" {
		return financial
	}
	return r.number("entryBranchNumber", w.EntryBranchNumber)
}

// cancelled reads OrderCancelState: an order cancelled in part still stands.
func (r *reading) cancelled(w wireEnum) bool {
	switch trimmed(string(w)) {
	case "ORDER-CANCEL-STATE-COMPLETE":
		return true
	case "", "ORDER-CANCEL-STATE-NOTHING", "ORDER-CANCEL-STATE-PARTIAL":
		return false
	default:
		r.fail("cancelState", "is not one that is known")
		return false
	}
}

// totals are the till's own; only a total it leaves out is the sum of the lines.
func (r *reading) totals(w order, lines []domain.OrderLine) (incl, excl decimal.Decimal) {
	for _, l := range lines {
		incl, excl = incl.Add(l.TotalIncl), excl.Add(l.TotalExcl)
	}
	if w.TotalInclAmount.given() {
		incl = r.euros("totalInclAmount", w.TotalInclAmount)
	}
	if w.TotalExclAmount.given() {
		excl = r.euros("totalExclAmount", w.TotalExclAmount)
	}
	return incl, excl
}
