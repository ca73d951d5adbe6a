package app

import (
	"context"
	"time"

	"github.com/koppel/koppel/connectors/mplus"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

const systemTill = domain.SystemTill

func (d *Directory) openTill(ctx context.Context, doc settings.Document, secrets connectionSecrets, patience time.Duration) (*mplus.Client, error) {
	gate, err := d.gate(ctx, doc.Integration, systemTill, doc.Mplus.Limits, patience)
	if err != nil {
		return nil, err
	}
	warn := func(text string) {
		if d.Log != nil {
			d.Log.Warn("the till", "integration", doc.Integration, "warning", text)
		}
	}
	return mplus.New(tillSettings(doc, secrets), mplus.Wiring{Gate: gate, Observe: d.observe(systemTill), Warn: warn})
}

// tillSettings says in the connector's words what the document says.
func tillSettings(doc settings.Document, secrets connectionSecrets) mplus.Settings {
	m := doc.Mplus
	s := mplus.Settings{
		BaseURL: m.BaseURL, Ident: secrets.ident, Secret: secrets.password,
		Timeout: time.Duration(m.Timeout), PerSecond: m.Limits.PerSecond,
		PageOrder: mplus.PageOrder(m.PageOrder), PercentScale: mplus.PercentScale(m.PercentScale),
		AbsentDecimalPlaces: m.AbsentDecimalPlaces, LinePrice: mplus.LinePrice(m.LinePrice),
		DiscountAmount: mplus.DiscountAmount(m.DiscountAmount), TimeOffset: mplus.TimeOffset(m.TimeOffset),
		StockSets: mplus.StockSets(m.StockSets), StockWrite: mplus.StockWrite(m.StockWrite), StockBatch: m.StockBatch,
		ExternalNumber: mplus.ExternalNumber(m.ExternalNumber),
		OrderTypes:     doc.Flows.Orders.OrderTypes, Branches: m.Branches, Employee: doc.Flows.Orders.Fill.Employee,
	}
	for _, number := range m.NoCustomerNumbers {
		s.NoCustomerNumbers = append(s.NoCustomerNumbers, int64(number))
	}
	return s
}
