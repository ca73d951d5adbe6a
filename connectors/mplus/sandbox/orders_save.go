package sandbox

import (
	"encoding/xml"
	"fmt"
	"slices"
)

// errors of saving an order that have a result of their own.
type orderProblem string

func (p orderProblem) Error() string { return string(p) }

const (
	errOrderMissing  orderProblem = "NOT-FOUND"
	errOrderChanged  orderProblem = "ORDER-HAS-CHANGED"
	errNoChanges     orderProblem = "NO-CHANGES"
	errExtOrderTaken orderProblem = "EXT-ORDER-ID-ALREADY-EXISTS"
)

// noChangesMessage is what releases say that have no result for it (reference: the vendor's older client).
const noChangesMessage = "Order not saved because there were no changes in the order."

// newOrder makes an order of what a caller sent and stages it.
func (t *till) newOrder(b *batch, sent orderXML) (*orderXML, error) {
	o := sent.clone()
	if o.OrderID != "" {
		return nil, refusal("A new order must not have an orderId.")
	}
	if ext := value(o.ExtOrderID); ext != "" && t.orderByExtID(ext) != nil {
		return nil, errExtOrderTaken
	}
	now := t.now()
	if o.FinancialDate == nil || o.FinancialDate.none() {
		o.FinancialDate = new(dayOf(now))
	}
	if o.EntryTimestamp == nil {
		o.EntryTimestamp = new(momentOf(now))
	}
	if o.OrderType == nil {
		o.OrderType = new(orderType("ORDER-TYPE-SALES-ORDER"))
	}
	if o.OrderCategoryNumber == nil {
		o.OrderCategoryNumber = new(int32(1))
	}
	if err := t.completeOrder(o); err != nil {
		return nil, err
	}
	o.OrderID = newID()
	year := int32(now.Year())
	o.OrderNumber = &yearNumberXML{year, b.number(fmt.Sprintf("number order %d", year))}
	o.BranchOrderNumber = &workplaceYearNumberXML{
		*o.EntryBranchNumber, *o.WorkplaceNumber, year,
		b.number(fmt.Sprintf("number order %d %d/%d", year, *o.EntryBranchNumber, *o.WorkplaceNumber)),
	}
	o.PrepaidAmount, o.FullyPaid = new(int64(0)), new(false)
	o.DeliveryState = new(deliveryState("ORDER-DELIVERY-STATE-NOTHING"))
	o.CancelState = new(cancelState("ORDER-CANCEL-STATE-NOTHING"))
	o.CompleteState = new(completeState("ORDER-COMPLETE-STATE-NOTHING"))
	o.PaymentList = nil
	o.describeCategory()
	o.ChangeCounter, o.VersionNumber = new(int32(1)), new(int32(1))
	o.SyncMarker = new(b.marker(markOrder))
	b.order(o)
	t.touchStock(b, nil, o)
	return o, nil
}

// changeOrder lays an update over the order and stages it. The caller must send both counters as it last read them.
func (t *till) changeOrder(b *batch, sent orderXML) (*orderXML, error) {
	old := t.orders[sent.OrderID]
	switch {
	case old == nil:
		return nil, errOrderMissing
	case value(sent.ChangeCounter) != *old.ChangeCounter || value(sent.VersionNumber) != *old.VersionNumber:
		return nil, errOrderChanged
	}
	if ext := value(sent.ExtOrderID); ext != "" && ext != value(old.ExtOrderID) {
		if other := t.orderByExtID(ext); other != nil {
			return nil, errExtOrderTaken
		}
		if t.opts.RefuseLateExtOrderID {
			return nil, refusal("The extOrderId of an order cannot be changed.")
		}
	}
	if value(old.CancelState) == "ORDER-CANCEL-STATE-COMPLETE" {
		return nil, refusal("A cancelled order cannot be changed.")
	}
	o := old.clone()
	update := sent.clone()
	if t.opts.UpdateReplaces {
		o = &orderXML{OrderID: old.OrderID, VATMethod: old.VATMethod}
	}
	merge(o, update, t.opts.EmptyTextKeeps)
	o.keepOwn(old)
	if update.LineList != nil {
		o.recogniseLines(old)
	}
	if update.RelationNumber != nil && value(update.RelationNumber) != value(old.RelationNumber) {
		// Another customer brings other addresses, unless the caller sent some.
		o.InvoiceAddress, o.DeliveryAddress = update.InvoiceAddress, update.DeliveryAddress
	}
	if err := t.completeOrder(o); err != nil {
		return nil, err
	}
	o.describeCategory()
	if same(o, old) {
		return nil, errNoChanges
	}
	if important(o, old) {
		o.VersionNumber = new(*old.VersionNumber + 1)
	}
	o.ChangeCounter = new(*old.ChangeCounter + 1)
	o.SyncMarker = new(b.marker(markOrder))
	b.order(o)
	t.touchStock(b, old, o)
	return o, nil
}

// touchOrder saves an order again without changing it: its counter and marker rise, its version does not.
func (t *till) touchOrder(b *batch, id string) (*orderXML, error) {
	old := t.orders[id]
	if old == nil {
		return nil, errOrderMissing
	}
	o := old.clone()
	o.ChangeCounter = new(*old.ChangeCounter + 1)
	o.SyncMarker = new(b.marker(markOrder))
	b.order(o)
	return o, nil
}

func (t *till) orderByExtID(ext string) *orderXML {
	for _, o := range t.orders {
		if value(o.ExtOrderID) == ext {
			return o
		}
	}
	return nil
}

// clone copies an order as deep as the sandbox changes it.
func (o orderXML) clone() *orderXML {
	if o.LineList != nil {
		o.LineList = &lineListXML{cloneLines(o.LineList.Line)}
	}
	return &o
}

func cloneLines(lines []lineXML) []lineXML {
	out := slices.Clone(lines)
	for i := range out {
		if out[i].Data != nil {
			out[i].Data = new(*out[i].Data)
		}
		if out[i].PreparationList != nil {
			out[i].PreparationList = &lineListXML{cloneLines(out[i].PreparationList.Line)}
		}
	}
	return out
}

// keepOwn puts back what only the till decides, whatever the caller sent.
func (o *orderXML) keepOwn(old *orderXML) {
	o.OrderNumber, o.BranchOrderNumber, o.OrderType = old.OrderNumber, old.BranchOrderNumber, old.OrderType
	o.EntryTimestamp, o.SyncMarker = old.EntryTimestamp, old.SyncMarker
	o.ChangeCounter, o.VersionNumber = old.ChangeCounter, old.VersionNumber
	o.PrepaidAmount, o.FullyPaid, o.PaymentList = old.PrepaidAmount, old.FullyPaid, old.PaymentList
	o.DeliveryState, o.CancelState, o.CompleteState = old.DeliveryState, old.CancelState, old.CompleteState
	o.InvoiceIDs, o.InvoiceNumbers, o.PackingSlipIDs, o.PackingSlipNumbers = old.InvoiceIDs, old.InvoiceNumbers, old.PackingSlipIDs, old.PackingSlipNumbers
	if o.FinancialDate == nil || o.FinancialDate.none() {
		o.FinancialDate = old.FinancialDate
	}
}

// recogniseLines gives lines that came without an id the id of the line that stands in their place with the same
// article, so that sending an order again as it was changes nothing.
func (o *orderXML) recogniseLines(old *orderXML) {
	if old.LineList == nil {
		return
	}
	for i := range o.LineList.Line {
		line := &o.LineList.Line[i]
		if value(line.LineID) == "" && i < len(old.LineList.Line) && old.LineList.Line[i].ArticleNumber == line.ArticleNumber {
			line.LineID = old.LineList.Line[i].LineID
		}
	}
}

func (o *orderXML) describeCategory() {
	o.OrderCategoryDescription = nil
	for _, category := range orderCategories {
		if category.OrderCategoryNumber == value(o.OrderCategoryNumber) {
			o.OrderCategoryDescription = new(category.OrderCategoryDescription)
		}
	}
}

func same(a, b *orderXML) bool {
	one, err := xml.Marshal(a)
	if err != nil {
		return false
	}
	other, err := xml.Marshal(b)
	return err == nil && string(one) == string(other)
}

// important tells a change of the sale itself from one of the retailer's own remarks on it.
func important(o, old *orderXML) bool {
	plain := o.clone()
	plain.Reference, plain.ExtOrderID = old.Reference, old.ExtOrderID
	plain.OrderCategoryNumber, plain.OrderCategoryDescription = old.OrderCategoryNumber, old.OrderCategoryDescription
	plain.ActivityID, plain.OnDeliveryURL, plain.OnInvoiceURL = old.ActivityID, old.OnDeliveryURL, old.OnInvoiceURL
	return !same(plain, old)
}

// number is the order number as people write it: 2026.123.
func (o *orderXML) number() string {
	if o.OrderNumber == nil {
		return ""
	}
	return fmt.Sprintf("%d.%d", o.OrderNumber.Year, o.OrderNumber.Number)
}
