package sandbox_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus/sandbox"
)

func TestSandboxSales_HoldAmountsThatStandOnNoLine(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	var made struct {
		OrderID        string `json:"order_id"`
		TotalInclCents int64  `json:"total_incl_cents"`
		Error          string `json:"error"`
	}
	const goods = `"lines":[{"article":100101,"quantity":"1","price_cents":1000}]`
	require.Equal(t, 201, f.json("POST", "/_sandbox/orders", `{`+goods+`,"beside":[{"vat_code":2,"cents":-210},{"vat_code":1,"cents":109}]}`, &made), made.Error)
	require.EqualValues(t, 1000-210+109, made.TotalInclCents)
	read := func() (excl []string) {
		return f.ask("getOrder", "<orderId>"+made.OrderID+"</orderId>").texts("order/vatGroupList/vatGroup/exclAmount")
	}
	require.Equal(t, []string{"100", "653"}, read(), "790 with 21 %, 109 with 9 %")

	require.Equal(t, 200, f.json("PUT", "/_sandbox/orders/"+made.OrderID, `{"reference":"later"}`, &made), made.Error)
	require.Equal(t, []string{"100", "653"}, read(), "they stay when something else changes")

	var receipt savedDocument
	require.Equal(t, 201, f.json("POST", "/_sandbox/receipts", `{`+goods+`,"beside":[{"vat_code":2,"cents":1}]}`, &receipt), receipt.Error)
	require.EqualValues(t, 1001, receipt.TotalInclCents)
	require.NotEqual(t, 201, f.json("POST", "/_sandbox/orders", `{`+goods+`,"beside":[{"vat_code":7,"cents":1}]}`, &made))
}
