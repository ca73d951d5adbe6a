package recording

import (
	"context"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// addressSink looks in the real books and writes nothing. An address that would
// be made is found again by its link, as in the flow.
type addressSink struct {
	connectors.AddressSink
	run *Directory
}

// Addresses lists what the books hold. They know nothing of a customer that
// would only be made.
func (s addressSink) Addresses(ctx context.Context, customerNumber string) ([]connectors.AddressRecord, error) {
	if IsMadeUp(customerNumber) {
		return nil, nil
	}
	return s.AddressSink.Addresses(ctx, customerNumber)
}

// CreateAddress records the address.
func (s addressSink) CreateAddress(ctx context.Context, draft domain.Draft) (connectors.AddressRecord, error) {
	draft, err := rehearseCreate(ctx, s.AddressSink, draft)
	if err != nil {
		return connectors.AddressRecord{}, err
	}
	made := connectors.AddressRecord{Code: s.run.makeUp()}
	s.run.record(Write{Entity: domain.EntityDeliveryAddress, Action: Create, Number: made.Code, Draft: draft})
	return made, nil
}
