package server_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

func TestWebhook_OfTheCatalogueNamesRecordsOfTheBooksOrEverything(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, func(doc *settings.Document) { doc.Flows.Products.Enabled = true })
	at := now
	send := func(body string) {
		at = at.Add(time.Second)
		accepted(t, b.send(t, signed("/webhooks/shop/products", body, at)))
	}
	send("")
	send(`{"keys": ["1001", "A-1/b", "1001"]}`)
	send(`{"full": true}`)

	var asked []any
	for _, started := range b.temporal.starts() {
		asked = append(asked, started.input)
	}
	require.Equal(t, []any{
		workflows.SyncCatalogInput{Integration: "shop"},
		workflows.SyncCatalogInput{Integration: "shop", Keys: []string{"1001", "A-1/b"}},
		workflows.SyncCatalogInput{Integration: "shop", Full: true},
	}, asked)
}

func TestWebhook_OfTheCatalogueIsReadStrictly(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, func(doc *settings.Document) { doc.Flows.Products.Enabled = true })
	for i, bad := range []string{
		`{"orders":["2026.1"]}`, `{"keys":[]}`, `{"keys":["1 "]}`, `{"keys":["` + strings.Repeat("1", 101) + `"]}`, `{"keys":[1001]}`,
		`{"keys":["1"],"keys":["2"]}`, `{"full":false}`, `{"full":"true"}`, `{"full":true,"keys":["1"]}`, `{"approve_gone":true}`, `{"dry_run":true}`,
		"{\"keys\":[\"\xff\"]}", `{"keys":["1"` + strings.Repeat(`,"1"`, 500) + `]}`,
	} {
		answer := b.send(t, signed("/webhooks/shop/products", bad, now))
		requireRefused(t, answer, 400, "malformed_body")
		require.Contains(t, answer.Body.String(), `{\"full\": true}`, fmt.Sprint(i))
	}
	require.Empty(t, b.temporal.starts())
}
