package activities_test

import (
	"context"
	"fmt"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// invoices are the invoices of the books in memory, apart from their orders.
type invoices struct{ *books }

func (i invoices) OrderSchema(context.Context) (domain.Schema, error) {
	return domain.Schema{Entity: domain.EntityJournal}, nil
}

func (i invoices) FindOrders(_ context.Context, reference string, _ connectors.History) ([]connectors.OrderRecord, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if err, _ := i.call("find"); err != nil {
		return nil, err
	}
	var found []connectors.OrderRecord
	for _, invoice := range i.invoices {
		if invoice.Reference == reference {
			found = append(found, invoice)
		}
	}
	return found, nil
}

func (i invoices) CreateOrder(_ context.Context, draft domain.Draft) (connectors.OrderRecord, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.writes++
	i.drafts = append(i.drafts, draft)
	reference, _ := draft.Get("HDR_DESC")
	record := connectors.OrderRecord{ID: fmt.Sprint(700000 + i.writes), Reference: reference.Text}
	err, effect := i.call("write")
	if effect {
		i.books.invoices = append(i.books.invoices, record)
	}
	return record, err
}
