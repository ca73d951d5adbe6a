package accountview

import (
	"strings"

	"github.com/koppel/koppel/connectors"
)

// orderFromSalesOrder reads the number and our reference of an open order. The
// mark of one that is written in part is no part of its reference.
func (s Settings) orderFromSalesOrder(r row) connectors.OrderRecord {
	found := connectors.OrderRecord{ID: r.text(s.OrderNumberField), Reference: r.text(s.OrderRefField)}
	if whole, marked := strings.CutSuffix(found.Reference, s.UnfinishedMark); marked && s.UnfinishedMark != "" {
		found.Reference, found.Unfinished = whole, true
	}
	return found
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
