package sandbox

import (
	"net/http"
	"reflect"
	"slices"
	"strings"
)

// statesJSON sets how far an order is. What is left out stays.
type statesJSON struct {
	Delivery string `json:"delivery"` // nothing, partial or complete
	Cancel   string `json:"cancel"`   // likewise
	Complete string `json:"complete"` // likewise, or partial-delivery-pending
	// FullyPaid says whether all is paid; Payments are what is paid besides. Prepaid payments are deposits.
	FullyPaid    *bool         `json:"fully_paid"`
	PrepaidCents *int64        `json:"prepaid_cents"`
	Payments     []paymentJSON `json:"payments"`
}

func (t *till) setStates(id string, asked statesJSON) (*orderXML, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	old := t.orders[id]
	if old == nil {
		return nil, errOrderMissing
	}
	o := old.clone()
	for _, problem := range []error{
		setState(&o.DeliveryState, "delivery", "ORDER-DELIVERY-STATE-", asked.Delivery),
		setState(&o.CancelState, "cancel", "ORDER-CANCEL-STATE-", asked.Cancel),
		setState(&o.CompleteState, "complete", "ORDER-COMPLETE-STATE-", asked.Complete),
	} {
		if problem != nil {
			return nil, problem
		}
	}
	more, err := t.paymentsOf(asked.Payments, *o, *o.TotalInclAmount-paid(value(o.PaymentList).Payment))
	if err != nil {
		return nil, err
	}
	if len(more) > 0 {
		o.PaymentList = &paymentListXML{slices.Concat(value(o.PaymentList).Payment, more)}
		o.FullyPaid = new(paid(o.PaymentList.Payment) >= *o.TotalInclAmount)
	}
	if asked.FullyPaid != nil {
		o.FullyPaid = asked.FullyPaid
	}
	if asked.PrepaidCents != nil {
		o.PrepaidAmount = asked.PrepaidCents
	}
	b := t.begin()
	if value(o.DeliveryState) == "ORDER-DELIVERY-STATE-COMPLETE" && value(o.CancelState) != "ORDER-CANCEL-STATE-COMPLETE" {
		t.deliverAll(b, o)
	}
	o.ChangeCounter, o.SyncMarker = new(*o.ChangeCounter+1), new(b.marker(markOrder))
	b.order(o)
	t.touchStock(b, old, o)
	return o, b.commit()
}

func setState[T ~string](state **T, name, prefix, asked string) error {
	if asked == "" {
		return nil
	}
	full := prefix + strings.ToUpper(asked)
	if !slices.Contains(enumValues[reflect.TypeFor[T]()], full) {
		return badInput(name + ": is not a state of the till")
	}
	*state = new(T(full))
	return nil
}

func (s *Server) putOrderStates(w http.ResponseWriter, r *http.Request) {
	var asked statesJSON
	if err := readJSON(w, r, &asked); err != nil {
		s.refuseJSON(w, err)
		return
	}
	o, err := s.till.setStates(r.PathValue("id"), asked)
	if err != nil {
		s.refuseJSON(w, err)
		return
	}
	writeJSON(w, http.StatusOK, saved(o, true))
}
