package sandbox

import "math/big"

// besideJSON is an amount that stands in a VAT group of a sale and on none of its lines: a discount on the whole, what
// delivery costs. It is in the terms of the VAT method. Such amounts are remembered until the till restarts.
type besideJSON struct {
	VATCode int32 `json:"vat_code"`
	Cents   int64 `json:"cents"`
}

// with lays a sale's amounts beside its lines for as long as it is being saved.
func (t *till) with(beside []besideJSON, save func() (id string, err error)) error {
	t.saving = beside
	defer func() { t.saving = nil }()
	id, err := save()
	if err == nil && beside != nil && id != "" {
		t.beside[id] = beside
	}
	return err
}

// besideOf are the amounts beside the lines of an order.
func (t *till) besideOf(o *orderXML) map[int32]*big.Int {
	all := t.saving
	if all == nil {
		all = t.beside[o.OrderID]
	}
	sums := map[int32]*big.Int{}
	for _, b := range all {
		sums[b.VATCode] = big.NewInt(b.Cents)
	}
	return sums
}
