package links_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/server/links"
)

func TestLinks_EscapeWhatStandsInAnID(t *testing.T) {
	t.Parallel()
	l := links.Links{TemporalUI: "http://127.0.0.1:8233/", Namespace: "my shops", PublicURL: "https://koppel.example.nl/"}

	require.Equal(t, "http://127.0.0.1:8233/namespaces/my%20shops/workflows/order%2Fshop%2F12/run-1/history", l.Run("order/shop/12", "run-1"))
	require.Equal(t, "http://127.0.0.1:8233/namespaces/my%20shops/workflows/order%2Fshop%2F12", l.Run("order/shop/12", ""))
	require.Equal(t, "http://127.0.0.1:8233/namespaces/my%20shops/schedules/orders%2Fshop", l.Schedule("orders/shop"))
	require.Equal(t, "https://koppel.example.nl/#shop", l.Integration("shop"))
	require.Equal(t, "https://koppel.example.nl/webhooks/shop/orders", l.Webhook("shop", "orders"))
}

func TestLinks_AreLeftOutWithoutAWebUI(t *testing.T) {
	t.Parallel()
	require.Empty(t, links.Links{}.Run("order/shop/12", "run-1"))
	require.Empty(t, links.Links{}.Schedule("orders/shop"))
	require.Equal(t, "/#shop", links.Links{}.Integration("shop"))
}
