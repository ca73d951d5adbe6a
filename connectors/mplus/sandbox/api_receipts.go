package sandbox

import (
	"cmp"
	"fmt"
	"net/http"
	"reflect"
	"slices"
)

const receiptStates = "RECEIPT-STATE-"

// ringReceipt saves a receipt. Each workplace numbers its own.
func (t *till) ringReceipt(_ string, asked documentJSON) (documentSaved, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	d, err := t.draw(asked, "RECEIPT-TYPE-", reflect.TypeFor[receiptType]())
	if err != nil {
		return documentSaved{}, err
	}
	o, at := d.order, t.now()
	b := t.begin()
	year := int32(at.Year())
	r := &receiptXML{
		ReceiptID: newID(), OrderIDs: d.orderIDs, ExtOrderIDs: d.extIDs,
		ReceiptNumber: &workplaceYearNumberXML{
			*o.FinancialBranchNumber, *o.WorkplaceNumber, year,
			b.number(fmt.Sprintf("number receipt %d %d/%d", year, *o.FinancialBranchNumber, *o.WorkplaceNumber)),
		},
		ReceiptType: receiptType(d.kind), EmployeeNumber: *o.EmployeeNumber, EmployeeName: value(o.EmployeeName), EntryTimestamp: momentOf(at),
		RelationNumber: o.RelationNumber, RelationName: o.RelationName, RelationCategoryID: o.RelationCategoryID,
		FinancialDate: *o.FinancialDate, FinancialBranchNumber: *o.FinancialBranchNumber, WorkplaceNumber: *o.WorkplaceNumber,
		EntryBranchNumber: o.EntryBranchNumber, Reference: o.Reference, TotalInclAmount: *o.TotalInclAmount, TotalExclAmount: *o.TotalExclAmount,
		VATMethod: *o.VATMethod, VATGroupList: o.VATGroupList, LineList: o.LineList, CreditedReceiptID: d.credits,
	}
	if r.CreditedReceiptID != nil && t.receipts[*r.CreditedReceiptID] == nil {
		return documentSaved{}, badInput("credits: there is no such receipt")
	}
	if len(asked.OrderIDs) == 0 {
		t.sell(b, r.FinancialBranchNumber, nil, r.LineList, soldBy{receipt: new(r.ReceiptID)})
	}
	return t.saveReceipt(b, r, d.payments, asked.State)
}

// alterReceipt takes a payment or sets a state or reference: what was sold stays.
func (t *till) alterReceipt(id string, asked documentJSON) (documentSaved, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	old := t.receipts[id]
	if old == nil {
		return documentSaved{}, errOrderMissing
	}
	if asked.Lines != nil {
		return documentSaved{}, badInput("lines: a receipt is printed; give it back with a credit-receipt")
	}
	r := new(*old)
	r.Reference = cmp.Or(filled(asked.Reference), r.Reference)
	more, err := t.paymentsOf(asked.Payments, orderXML{
		FinancialDate: &r.FinancialDate, FinancialBranchNumber: &r.FinancialBranchNumber, WorkplaceNumber: &r.WorkplaceNumber,
		EmployeeNumber: &r.EmployeeNumber, EmployeeName: &r.EmployeeName,
	}, r.TotalInclAmount-r.PaidAmount)
	if err != nil {
		return documentSaved{}, err
	}
	return t.saveReceipt(t.begin(), r, slices.Concat(value(old.PaymentList).Payment, more), asked.State)
}

func (t *till) saveReceipt(b *batch, r *receiptXML, payments []paymentXML, asked string) (documentSaved, error) {
	r.PaidAmount = paid(payments)
	state, err := stateOf(receiptStates, asked, r.PaidAmount, r.TotalInclAmount, reflect.TypeFor[receiptState]())
	if err != nil {
		return documentSaved{}, err
	}
	r.State = receiptState(state)
	r.PaymentList = &paymentListXML{payments}
	r.ChangeCounter, r.VersionNumber = new(value(r.ChangeCounter)+1), new(value(r.VersionNumber)+1)
	r.SyncMarker = new(b.marker(markReceipt))
	b.receipt(r)
	return r.saved(), b.commit()
}

func (r *receiptXML) saved() documentSaved {
	n := value(r.ReceiptNumber)
	return documentSaved{
		ID: r.ReceiptID, Number: fmt.Sprintf("%d-%d-%d.%d", n.BranchNumber, n.WorkplaceNumber, n.Year, n.Number),
		Type: string(r.ReceiptType), State: string(r.State), RelationNumber: value(r.RelationNumber), OrderIDs: value(r.OrderIDs).ID,
		TotalInclCents: r.TotalInclAmount, TotalExclCents: r.TotalExclAmount, PaidCents: r.PaidAmount, SyncMarker: value(r.SyncMarker),
		VAT: vatOf(r.VATGroupList),
	}
}

func (s *Server) listReceipts(w http.ResponseWriter, _ *http.Request) {
	s.till.mu.Lock()
	defer s.till.mu.Unlock()
	out := []documentSaved{}
	for _, r := range s.till.receipts {
		out = append(out, r.saved())
	}
	slices.SortFunc(out, func(a, b documentSaved) int { return cmp.Compare(a.SyncMarker, b.SyncMarker) })
	writeJSON(w, http.StatusOK, map[string]any{"receipts": out})
}
