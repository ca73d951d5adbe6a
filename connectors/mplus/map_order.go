package mplus

import (
	"cmp"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// orderFromSale maps a whole sale of any kind, its customer aside from the card file. The
// error names what could not be read, never what it held.
func orderFromSale(w wireSale, a assumptions) (domain.Order, error) {
	r := &reading{assumptions: a}
	id, number, version := r.head(w)
	method := r.vatMethod(w.VatMethod)
	groups := r.vatGroups(w.VatGroupList)
	o := domain.Order{
		ID:      id,
		Source:  w.kind,
		Number:  number,
		Version: version,

		Type:          cmp.Or(trimmed(string(w.OrderType)), trimmed(string(w.ReceiptType)), trimmed(string(w.InvoiceType))),
		Branch:        r.branch(w),
		Workplace:     r.number("workplaceNumber", w.WorkplaceNumber),
		Employee:      r.number("employeeNumber", w.EmployeeNumber),
		EnteredAt:     r.instant("entryTimestamp", w.EntryTimestamp),
		Date:          r.date("financialDate", w.FinancialDate),
		DeliveryDate:  r.date("deliveryDate", w.DeliveryDate),
		Reference:     trimmed(w.Reference),
		Category:      r.number("orderCategoryNumber", w.OrderCategoryNumber),
		Cancelled:     r.cancelled(w.CancelState),
		DeliveryState: r.state("deliveryState", w.DeliveryState, "ORDER-DELIVERY-STATE-"),
		CancelState:   r.state("cancelState", w.CancelState, "ORDER-CANCEL-STATE-"),
		CompleteState: r.state("completeState", w.CompleteState, "ORDER-COMPLETE-STATE-"),
		FullyPaid:     r.fullyPaid(w),
		PrepaidAmount: r.euros("prepaidAmount", w.PrepaidAmount),
		Payments:      r.payments(w.PaymentList),

		OrderIDs: orderIDs(w.OrderIDs),
		Credits:  r.credits(w),

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
	if cash := cashMovement(w, o); cash != nil {
		o.Lines = cash
	}
	if err := r.err(); err != nil {
		return domain.Order{}, fmt.Errorf("read order: %w", err)
	}
	return o, nil
}

// head reads what an order is known by. It is all that remains of an order that
// cannot be understood.
func (r *reading) head(w wireSale) (domain.OrderID, string, domain.OrderVersion) {
	version := domain.OrderVersion{
		Marker:  r.integer("syncMarker", w.SyncMarker),
		Change:  r.count("changeCounter", w.ChangeCounter),
		Version: r.count("versionNumber", w.VersionNumber),
	}
	own := w.ownID()
	if !isOrderID(own) {
		r.fail("orderId", "is missing or not an identifier")
		own = ""
	}
	id := idOf(w.kind, own)
	return id, cmp.Or(r.numberOf(w), string(id)), version
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
func (r *reading) branch(w wireSale) string {
	if financial := r.number("financialBranchNumber", w.FinancialBranchNumber); financial != "" {
		return financial
	}
	return r.number("entryBranchNumber", w.EntryBranchNumber)
}

// totals are the till's own; only a total it leaves out is the sum of the lines.
func (r *reading) totals(w wireSale, lines []domain.OrderLine) (incl, excl decimal.Decimal) {
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
