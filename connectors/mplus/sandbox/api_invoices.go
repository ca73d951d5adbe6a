package sandbox

import (
	"cmp"
	"fmt"
	"net/http"
	"reflect"
	"slices"
)

const (
	invoiceStates = "INVOICE-STATE-"
	daysToPay     = 14
)

// ringInvoice saves an invoice. An order that it is for knows it from then on.
func (t *till) ringInvoice(_ string, asked documentJSON) (documentSaved, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	d, err := t.draw(asked, "INVOICE-TYPE-", reflect.TypeFor[invoiceType]())
	if err != nil {
		return documentSaved{}, err
	}
	if d.credits != nil && t.invoices[*d.credits] == nil {
		return documentSaved{}, badInput("credits: there is no such invoice")
	}
	at := t.now()
	b := t.begin()
	year := int32(at.Year())
	i := &invoiceXML{
		InvoiceID: new(newID()), OrderIDs: d.orderIDs, ExtOrderIDs: d.extIDs,
		InvoiceNumber: &yearNumberXML{year, b.number(fmt.Sprintf("number invoice %d", year))},
		InvoiceType:   new(invoiceType(d.kind)), EntryTimestamp: new(momentOf(at)), DueDate: new(dayOf(at.AddDate(0, 0, daysToPay))),
		CreditedInvoiceID: d.credits, Finalized: new(false),
	}
	i.take(d.order)
	for _, id := range value(d.orderIDs).ID {
		o := t.orders[id].clone()
		o.InvoiceIDs = &idListXML{append(slices.Clone(value(o.InvoiceIDs).ID), *i.InvoiceID)}
		o.InvoiceNumbers = &yearNumberListXML{append(slices.Clone(value(o.InvoiceNumbers).YearNumber), *i.InvoiceNumber)}
		o.ChangeCounter, o.SyncMarker = new(*o.ChangeCounter+1), new(b.marker(markOrder))
		b.order(o)
	}
	if len(asked.OrderIDs) == 0 {
		t.sell(b, *i.FinancialBranchNumber, nil, i.LineList, soldBy{invoice: i.InvoiceID})
	}
	return t.saveInvoice(b, i, d.payments, asked.State)
}

// take makes the invoice hold what was sold, to whom and where.
func (i *invoiceXML) take(o orderXML) {
	i.EmployeeNumber, i.EmployeeName = o.EmployeeNumber, o.EmployeeName
	i.RelationNumber, i.RelationName, i.RelationVATNumber = o.RelationNumber, o.RelationName, o.RelationVATNumber
	i.RelationCategoryID, i.RelationBankAccountNumber = o.RelationCategoryID, o.RelationBankAccountNumber
	i.DeliveryAddress, i.InvoiceAddress = o.DeliveryAddress, o.InvoiceAddress
	i.FinancialDate, i.FinancialBranchNumber, i.WorkplaceNumber = o.FinancialDate, o.FinancialBranchNumber, o.WorkplaceNumber
	i.EntryBranchNumber, i.Reference, i.OrderCategoryNumber = o.EntryBranchNumber, o.Reference, o.OrderCategoryNumber
	i.TotalInclAmount, i.TotalExclAmount, i.VATMethod = o.TotalInclAmount, o.TotalExclAmount, o.VATMethod
	i.VATGroupList, i.LineList, i.VATCountryISO3 = o.VATGroupList, o.LineList, o.VATCountryISO3
}

// alterInvoice changes an invoice that is not final. Payments come on top.
func (t *till) alterInvoice(id string, asked documentJSON) (documentSaved, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	old := t.invoices[id]
	if old == nil {
		return documentSaved{}, errOrderMissing
	}
	i := new(*old)
	sold := orderXML{
		FinancialDate: i.FinancialDate, FinancialBranchNumber: i.FinancialBranchNumber, WorkplaceNumber: i.WorkplaceNumber,
		EmployeeNumber: i.EmployeeNumber, EmployeeName: i.EmployeeName,
	}
	if asked.Lines != nil {
		if value(i.Finalized) {
			return documentSaved{}, badInput("lines: the invoice is final; give it back with a credit-invoice")
		}
		lines, err := linesOf("lines", asked.Lines)
		if err != nil {
			return documentSaved{}, err
		}
		sold.EntryBranchNumber, sold.RelationNumber, sold.VATMethod = i.EntryBranchNumber, i.RelationNumber, i.VATMethod
		sold.DeliveryAddress, sold.InvoiceAddress, sold.Reference = i.DeliveryAddress, i.InvoiceAddress, i.Reference
		sold.OrderCategoryNumber, sold.VATCountryISO3, sold.LineList = i.OrderCategoryNumber, i.VATCountryISO3, &lineListXML{lines}
		if err := t.completeOrder(&sold); err != nil {
			return documentSaved{}, err
		}
		i.take(sold)
	}
	i.Reference = cmp.Or(filled(asked.Reference), i.Reference)
	more, err := t.paymentsOf(asked.Payments, sold, *i.TotalInclAmount-value(i.PaidAmount))
	if err != nil {
		return documentSaved{}, err
	}
	b := t.begin()
	if asked.Lines != nil && len(value(old.OrderIDs).ID) == 0 {
		t.sell(b, *i.FinancialBranchNumber, old.LineList, i.LineList, soldBy{invoice: i.InvoiceID})
	}
	return t.saveInvoice(b, i, slices.Concat(value(old.PaymentList).Payment, more), asked.State)
}

func (t *till) saveInvoice(b *batch, i *invoiceXML, payments []paymentXML, asked string) (documentSaved, error) {
	i.PaidAmount = new(paid(payments))
	state, err := stateOf(invoiceStates, asked, *i.PaidAmount, *i.TotalInclAmount, reflect.TypeFor[invoiceState]())
	if err != nil {
		return documentSaved{}, err
	}
	i.State = new(invoiceState(state))
	i.PaymentList = &paymentListXML{payments}
	i.ChangeCounter, i.VersionNumber = new(value(i.ChangeCounter)+1), new(value(i.VersionNumber)+1)
	i.SyncMarker = new(b.marker(markInvoice))
	b.invoice(i)
	return i.saved(), b.commit()
}

func (i *invoiceXML) saved() documentSaved {
	n := value(i.InvoiceNumber)
	return documentSaved{
		ID: value(i.InvoiceID), Number: fmt.Sprintf("%d.%d", n.Year, n.Number), Type: string(value(i.InvoiceType)), State: string(value(i.State)),
		RelationNumber: value(i.RelationNumber), OrderIDs: value(i.OrderIDs).ID, TotalInclCents: value(i.TotalInclAmount),
		TotalExclCents: value(i.TotalExclAmount), PaidCents: value(i.PaidAmount), SyncMarker: value(i.SyncMarker), VAT: vatOf(i.VATGroupList),
	}
}

func (s *Server) listInvoices(w http.ResponseWriter, _ *http.Request) {
	s.till.mu.Lock()
	defer s.till.mu.Unlock()
	out := []documentSaved{}
	for _, i := range s.till.invoices {
		out = append(out, i.saved())
	}
	slices.SortFunc(out, func(a, b documentSaved) int { return cmp.Compare(a.SyncMarker, b.SyncMarker) })
	writeJSON(w, http.StatusOK, map[string]any{"invoices": out})
}
