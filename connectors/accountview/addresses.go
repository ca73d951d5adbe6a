package accountview

import (
	"context"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

var addressTarget = target{object: objectAddress, table: tableAddress, key: fieldAddressCode}

// AddressSchema describes what a delivery address may hold.
func (b *Books) AddressSchema(ctx context.Context) (domain.Schema, error) {
	known, err := b.dictionary.of(ctx, tableAddress)
	return b.settings.storing(known.schema(domain.EntityDeliveryAddress, fieldAddressCode)), err
}

// Addresses lists the delivery addresses of a debtor. A blank number has none.
func (b *Books) Addresses(ctx context.Context, customerNumber string) ([]connectors.AddressRecord, error) {
	if strings.TrimSpace(customerNumber) == "" {
		return nil, nil
	}
	rows, err := b.find(ctx, Query{
		Object: objectAddress, Table: tableAddress,
		Fields: distinct(b.settings.pageKey(tableAddress), fieldAddressCode, fieldAddressOwner, fieldAddressName,
			fieldAddressStreet, fieldAddressPostcode, fieldAddressCity, fieldAddressCountry),
	}, fieldAddressOwner, customerNumber)
	if err != nil {
		return nil, about(err, customerNumber)
	}
	var found []connectors.AddressRecord
	for _, r := range rows {
		found = append(found, addressFromRow(r))
	}
	return found, nil
}

// CreateAddress writes a delivery address of the debtor that the draft names.
func (b *Books) CreateAddress(ctx context.Context, draft domain.Draft) (connectors.AddressRecord, error) {
	ready, err := b.fitNew(ctx, addressTarget, draft)
	if err != nil {
		return connectors.AddressRecord{}, err
	}
	stored, err := b.create(ctx, ready.target.newRecord(ready.draft, b.bookDate()), fieldAddressCode)
	if err != nil {
		return connectors.AddressRecord{}, about(err, draft.Key)
	}
	return addressFromRow(stored), nil
}
