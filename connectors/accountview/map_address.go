package accountview

import (
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// addressFromRow reads a delivery address.
func addressFromRow(r row) connectors.AddressRecord {
	return connectors.AddressRecord{
		Code: r.text(fieldAddressCode),
		Address: domain.Address{
			Name:     r.text(fieldAddressName),
			Street:   r.text(fieldAddressStreet),
			Postcode: r.text(fieldAddressPostcode),
			City:     r.text(fieldAddressCity),
			Country:  r.text(fieldAddressCountry),
		},
	}
}
