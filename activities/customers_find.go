package activities

import (
	"context"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/settings"
)

// find goes down the chain by which a customer is known: the stored link, then
// the keys the document lists, strongest first. The first key that finds anybody
// decides. Nil means that the books do not know this customer.
func (u *upsertCustomer) find(ctx context.Context, link store.Link) (*connectors.CustomerRecord, error) {
	if link.State == "linked" {
		u.decided = domain.DecidedCustomerLinked
		return u.linkedRecord(ctx, link)
	}
	u.decided = domain.DecidedCustomerFound
	records := map[string]connectors.CustomerRecord{}
	var matches []reconcile.CustomerMatches
	for _, look := range u.keys(link) {
		found, err := u.sink.FindCustomers(ctx, look.by, look.value)
		if err != nil {
			return nil, err
		}
		beat(ctx, "looked for the customer")
		match := reconcile.CustomerMatches{Key: string(look.by)}
		for _, record := range found {
			records[record.Number] = record
			match.Hits = append(match.Hits, reconcile.CustomerHit{Number: record.Number, Blocked: record.Blocked})
		}
		matches = append(matches, match)
		if len(found) > 0 {
			u.by = string(look.by)
			break // a weaker key may not settle what a stronger one found
		}
	}
	return u.choose(matches, records)
}

func (u *upsertCustomer) choose(matches []reconcile.CustomerMatches, records map[string]connectors.CustomerRecord) (*connectors.CustomerRecord, error) {
	number, decision := reconcile.ChooseCustomer(matches...)
	switch decision {
	case reconcile.OneCustomer:
		record := records[number]
		return &record, nil
	case reconcile.AmbiguousCustomer:
		return nil, fault.New(fault.Conflict, "customer_ambiguous", "find customer").About(string(u.customer.ID))
	case reconcile.BlockedCustomer:
		return nil, fault.New(fault.Conflict, "customer_blocked", "find customer").About(number)
	default:
		return nil, nil //nolint:nilnil // nobody found is an answer
	}
}

func (u *upsertCustomer) linkedRecord(ctx context.Context, link store.Link) (*connectors.CustomerRecord, error) {
	found, err := u.sink.FindCustomers(ctx, connectors.ByNumber, link.TargetID)
	if err != nil {
		return nil, err
	}
	beat(ctx, "read the customer")
	if len(found) == 0 {
		return nil, fault.New(fault.Conflict, "customer_gone", "read customer").About(link.TargetID)
	}
	if found[0].Blocked {
		return nil, fault.New(fault.Conflict, "customer_blocked", "read customer").About(link.TargetID)
	}
	return &found[0], nil
}

// customerLook is one look-up of the chain.
type customerLook struct {
	by    connectors.CustomerKey
	value string
}

// keys lists the look-ups worth making. A blank key is never looked up: it would
// find every customer that has none.
func (u *upsertCustomer) keys(link store.Link) []customerLook {
	var looks []customerLook
	add := func(by connectors.CustomerKey, value string) {
		if value != "" {
			looks = append(looks, customerLook{by, value})
		}
	}
	if link.ContentHash != "" { // a write of ours gave no answer: what it made carries our number
		add(connectors.ByExternalNumber, string(u.customer.ID))
	}
	for _, key := range u.doc.Flows.Orders.CustomerMatch {
		switch key {
		case settings.MatchExternalNumber:
			add(connectors.ByNumber, u.customer.ExternalNumber)
			add(connectors.ByExternalNumber, string(u.customer.ID))
		case settings.MatchVATNumber:
			add(connectors.ByVATNumber, u.customer.VATNumber)
		case settings.MatchEmail:
			add(connectors.ByEmail, u.customer.Email)
		}
	}
	return looks
}
