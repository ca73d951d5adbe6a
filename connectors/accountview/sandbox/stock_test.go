package sandbox_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/accountview/sandbox"
)

func TestStock_FollowsSalesOrders(t *testing.T) {
	t.Parallel()
	for when, available := range map[string][3]string{"on_delivery": {"67", "67", "64"}, "on_order": {"67", "64", "64"}} {
		f := start(t, sandbox.Options{AvailableStock: when})
		quantities := func() [4]string {
			a := f.get("BusinessObject", "AK1", "Filter", "ART_CODE='100101'").ok(t, "ARTICLE")[0]
			return [4]string{text(a["QTY_TECH"]), text(a["QTY_AVAIL"]), text(a["QTY_RESERV"]), text(a["QTY_FREE2"])}
		}
		require.Equal(t, [4]string{"67", available[0], "0", "67"}, quantities())
		number := text(f.post(order("10001", "2026.7")).ok(t, "SO_HDR")[0]["ORD_NR"])
		require.Equal(t, [4]string{"67", available[1], "3", "64"}, quantities(), "an order promises; it does not take")
		a, err := f.send(http.MethodPost, "/_sandbox/history", `{"orders":["`+number+`"]}`)
		require.NoError(t, err)
		require.Equal(t, http.StatusNoContent, a.status, a.raw)
		require.Equal(t, [4]string{"64", available[2], "0", "64"}, quantities())
	}
	_, err := sandbox.New(sandbox.Options{AvailableStock: "sometimes"})
	require.ErrorContains(t, err, "available_stock")
}
