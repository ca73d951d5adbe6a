package sandbox

import (
	"cmp"
	"net/http"
	"reflect"
	"slices"
	"strings"
)

// documentJSON is a receipt or an invoice rung up by hand or by a program. In a change, what is left out stays.
type documentJSON struct {
	saleJSON
	// Type of a receipt is receipt, credit-receipt, cash-inflow, cash-outflow or payment-method-transfer; of an invoice
	// invoice, direct-invoice, credit-invoice or repeating-invoice. Empty is the first.
	Type     string        `json:"type"`
	OrderIDs []string      `json:"order_ids"` // the orders that it is for
	Credits  string        `json:"credits"`   // id of the document that it takes back
	Payments []paymentJSON `json:"payments"`  // in a change: what is paid besides
	// State is outstanding, partly-paid, paid, handled or outstanding-credit. Empty: as the payments say.
	State string `json:"state"`
	// AmountCents is what a cash inflow or outflow without lines comes to.
	AmountCents int64 `json:"amount_cents"`
}

type paymentJSON struct {
	Method         string `json:"method"`
	AmountCents    int64  `json:"amount_cents"` // 0: what is still to pay
	GiftcardNumber string `json:"giftcard_number"`
	Date           string `json:"date"` // YYYY-MM-DD; empty is the date of the sale
}

// document is what a receipt and an invoice have in common while one is made.
type document struct {
	order    orderXML // the sale, priced as an order is
	kind     string   // with the prefix of its enumeration
	credits  *string
	orderIDs *idListXML
	extIDs   *idListXML
	payments []paymentXML
}

// draw makes the document that is asked for. The till must be held.
func (t *till) draw(asked documentJSON, prefix string, kinds reflect.Type) (document, error) {
	d := document{kind: prefix + strings.ToUpper(cmp.Or(asked.Type, strings.TrimSuffix(prefix, "-TYPE-")))}
	if !slices.Contains(enumValues[kinds], d.kind) {
		return d, badInput("type: must be one of " + strings.ToLower(strings.ReplaceAll(strings.Join(enumValues[kinds], ", "), prefix, "")))
	}
	if asked.NewCustomer != nil || asked.OrderType != "" {
		return d, badInput("new_customer and order_type belong to orders")
	}
	order, err := asked.manned()
	if err != nil {
		return d, err
	}
	if order.FinancialDate == nil {
		order.FinancialDate = new(dayOf(t.now()))
	}
	if err := t.with(asked.Beside, func() (string, error) { return "", t.completeOrder(&order) }); err != nil {
		return d, err
	}
	if asked.Lines == nil && asked.AmountCents != 0 {
		order.TotalInclAmount, order.TotalExclAmount = new(asked.AmountCents), new(asked.AmountCents)
	}
	d.order, d.credits = order, filled(asked.Credits)
	if len(asked.OrderIDs) > 0 {
		d.orderIDs, d.extIDs = &idListXML{asked.OrderIDs}, &idListXML{}
		for _, id := range asked.OrderIDs {
			of := t.orders[id]
			if of == nil {
				return d, errOrderMissing
			}
			if ext := value(of.ExtOrderID); ext != "" {
				d.extIDs.ID = append(d.extIDs.ID, ext)
			}
		}
	}
	d.payments, err = t.paymentsOf(asked.Payments, order, *order.TotalInclAmount)
	return d, err
}

// paymentsOf are the payments as the till keeps them: it knows what each method is taken for.
func (t *till) paymentsOf(asked []paymentJSON, of orderXML, rest int64) ([]paymentXML, error) {
	var payments []paymentXML
	for _, p := range asked {
		i := slices.IndexFunc(paymentMethods, func(m paymentMethodXML) bool { return m.Method == p.Method })
		if i < 0 {
			return nil, badInput("payments: " + p.Method + " is not a payment method of the till")
		}
		method := paymentMethods[i]
		if p.AmountCents == 0 {
			p.AmountCents = rest
		}
		rest -= p.AmountCents
		day, err := dayFrom("payments.date", p.Date)
		if err != nil {
			return nil, err
		}
		payments = append(payments, paymentXML{
			PaymentID: new(newID()), FinancialDate: cmp.Or(day, of.FinancialDate), EntryTimestamp: new(momentOf(t.now())),
			BranchNumber: of.FinancialBranchNumber, WorkplaceNumber: of.WorkplaceNumber, EmployeeNumber: of.EmployeeNumber,
			EmployeeName: of.EmployeeName, Method: method.Method, Description: new(method.Description), Amount: p.AmountCents,
			PaymentMethodType: method.Type, AccountNumber: method.AccountNumber, GiftcardNumber: filled(p.GiftcardNumber),
		})
	}
	return payments, nil
}

// paid is what payments come to.
func paid(payments []paymentXML) int64 {
	var cents int64
	for _, p := range payments {
		cents += p.Amount
	}
	return cents
}

// stateOf is the state that is asked for, or else the one that the payments say.
func stateOf(prefix, asked string, paid, total int64, states reflect.Type) (string, error) {
	state := "OUTSTANDING"
	switch {
	case asked != "":
		state = strings.ToUpper(asked)
	case paid == total:
		state = "PAID"
	case total < 0:
		state = "OUTSTANDING-CREDIT"
	case paid != 0:
		state = "PARTLY-PAID"
	}
	if !slices.Contains(enumValues[states], prefix+state) {
		return "", badInput("state: must be outstanding, partly-paid, paid, handled or outstanding-credit")
	}
	return prefix + state, nil
}

// documentSaved answers a receipt or invoice that was saved.
type documentSaved struct {
	ID             string    `json:"id"`
	Number         string    `json:"number"`
	Type           string    `json:"type"`
	State          string    `json:"state"`
	RelationNumber int64     `json:"relation_number"`
	OrderIDs       []string  `json:"order_ids,omitempty"`
	TotalInclCents int64     `json:"total_incl_cents"`
	TotalExclCents int64     `json:"total_excl_cents"`
	PaidCents      int64     `json:"paid_cents"`
	SyncMarker     int64     `json:"sync_marker"`
	VAT            []vatJSON `json:"vat"`
}

func vatOf(groups *vatGroupListXML) []vatJSON {
	out := []vatJSON{}
	for _, g := range value(groups).VATGroup {
		out = append(out, vatJSON{g.VATCode, value(g.ExclAmount), value(g.VATAmount)})
	}
	return out
}

// serveDocument reads a document, does something with it and answers what came of it.
func (s *Server) serveDocument(status int, do func(id string, asked documentJSON) (documentSaved, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var asked documentJSON
		err := readJSON(w, r, &asked)
		var out documentSaved
		if err == nil {
			out, err = do(r.PathValue("id"), asked)
		}
		if err != nil {
			s.refuseJSON(w, err)
			return
		}
		writeJSON(w, status, out)
	}
}
