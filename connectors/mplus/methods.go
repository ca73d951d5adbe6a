package mplus

import "context"

// Method is a way to pay or to deliver. Key is what an order carries.
type Method struct {
	Key         string
	Description string
	Active      bool
	Type        string // of a payment method, in the till's words; empty for a delivery method
	Ledger      string // of a payment method: ledger account in the till's own set-up
}

// PaymentMethods reads the ways to pay.
func (c *Client) PaymentMethods(ctx context.Context) ([]Method, error) {
	var w getPaymentMethodsResponse
	if err := c.ask(ctx, opGetPaymentMethods, getPaymentMethodsV2{}, &w); err != nil {
		return nil, err
	}
	r := &reading{}
	methods := make([]Method, 0, len(w.PaymentMethodList))
	for _, m := range w.PaymentMethodList {
		methods = append(methods, Method{
			Key: trimmed(m.Method), Description: trimmed(m.Description), Type: trimmed(string(m.Type)),
			Active: r.yes("active", m.Active, true), Ledger: r.number("accountNumber", m.AccountNumber),
		})
	}
	return methods, r.asAnswer(opGetPaymentMethods)
}

// DeliveryMethods reads the ways to deliver.
func (c *Client) DeliveryMethods(ctx context.Context) ([]Method, error) {
	var w getDeliveryMethodsResponse
	if err := c.ask(ctx, opGetDeliveryMethods, nil, &w); err != nil {
		return nil, err
	}
	r := &reading{}
	methods := make([]Method, 0, len(w.DeliveryMethodList))
	for _, m := range w.DeliveryMethodList {
		methods = append(methods, Method{
			Key: trimmed(m.DeliveryMethod), Description: trimmed(m.Description), Active: r.yes("enabled", m.Enabled, true),
		})
	}
	return methods, r.asAnswer(opGetDeliveryMethods)
}
