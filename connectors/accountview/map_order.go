package accountview

import "github.com/koppel/koppel/connectors"

// orderFromSalesOrder reads the number and our reference of an open order.
func (s Settings) orderFromSalesOrder(r row) connectors.OrderRecord {
	return connectors.OrderRecord{ID: r.text(s.OrderNumberField), Reference: r.text(s.OrderRefField)}
}

// orderFromHistory reads the same of a processed line. An order that shows no
// number in the history is named by its reference: it exists all the same.
func (s Settings) orderFromHistory(r row) connectors.OrderRecord {
	found := connectors.OrderRecord{ID: r.text(s.HistoryNumberField), Reference: r.text(s.HistoryRefField)}
	if found.ID == "" {
		found.ID = found.Reference
	}
	return found
}
