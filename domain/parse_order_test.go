package domain_test

import (
	"encoding/json"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

func writtenSale(t require.TestingT) []byte {
	text, err := json.Marshal(domain.Order{
		ID: "a1", Number: "2026.1", VATMethod: domain.VATInclusive, Date: domain.Date{Year: 2026, Month: 11, Day: 24},
		Lines: []domain.OrderLine{{SKU: "1001", Quantity: decimal.RequireFromString("1.250"), TotalIncl: decimal.RequireFromString("12.10")}},
	})
	require.NoError(t, err)
	return text
}

func TestParseOrder_ReadsBackASaleAsItWasWritten(t *testing.T) {
	t.Parallel()
	order, err := domain.ParseOrder(writtenSale(t))
	require.NoError(t, err)
	again, err := json.Marshal(order)
	require.NoError(t, err)
	require.JSONEq(t, string(writtenSale(t)), string(again))
}

func TestParseOrder_RefusesWhatIsNoSale(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"nothing":        ``,
		"a list":         `[]`,
		"a typing error": `{"ID":"a1","Custmer":{},"VATMethod":"inclusive"}`,
		"two":            `{"VATMethod":"inclusive"}{}`,
		"no method":      `{"ID":"a1"}`,
		"a wrong method": `{"VATMethod":"sometimes"}`,
		"a wrong line":   `{"VATMethod":"inclusive","Lines":[{"Kind":"gift"}]}`,
		"no amount":      `{"VATMethod":"inclusive","TotalIncl":"ten"}`,
		"no day":         `{"VATMethod":"inclusive","Date":"2026-02-30"}`,
	} {
		_, err := domain.ParseOrder([]byte(text))
		require.Error(t, err, name)
	}
}

func FuzzParseOrder(f *testing.F) {
	f.Add(writtenSale(f))
	f.Add([]byte(`{"VATMethod":"inclusive","TotalIncl":1e2}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		order, err := domain.ParseOrder(text)
		if err != nil {
			return
		}
		written, err := json.Marshal(order)
		if err != nil {
			return // a moment out of the years that JSON writes
		}
		again, err := domain.ParseOrder(written)
		require.NoError(t, err)
		require.Equal(t, order.ContentHash(), again.ContentHash())
	})
}
