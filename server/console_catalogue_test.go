package server_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// stocked lets the database know products at the till.
func stocked(t *testing.T, b *testBundle) {
	t.Helper()
	_, err := b.db.Exec(t.Context(), `insert into catalog (integration, entity, source_id, target_id, outcome, code, look_again, gone_at) values
		('shop', 'product', '1', 'P1', 'created', '', false, null), ('shop', 'product', '2', 'P2', 'unchanged', 'changed_there', true, null),
		('shop', 'product', '3', '', 'left_out', 'filtered_record', false, null), ('shop', 'product', '4', '', 'skipped', 'done_by_hand', false, null),
		('shop', 'product', '5', '', 'parked', 'number_taken', false, null), ('shop', 'product', '6', 'P6', 'gone', '', false, now()),
		('other', 'product', '1', 'P1', 'created', '', false, null)`)
	require.NoError(t, err)
	_, err = b.db.Exec(t.Context(), `insert into cursor (integration, flow, marker, moved_at) values
		('shop', 'products', 1760000000000, now() - interval '3 minutes'), ('shop', 'products/full', 1760000000000, now() - interval '5 hours'),
		('shop', 'products/load', 0, now() - interval '9 days')`)
	require.NoError(t, err)
	_, err = b.db.Exec(t.Context(), `insert into outcome (integration, flow, entity, source_id, document, outcome, run, at) values
		('shop', 'products', 'product', '1', 1, 'created', 'r', $1), ('shop', 'products', 'product', '2', 1, 'updated', 'r', $1)`, now)
	require.NoError(t, err)
}

func TestStatus_TellsHowTheCatalogueStandsAtTheTill(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	require.NotContains(t, textOf(t, b.get(t, "/")), "From the books to the till: records")
	stocked(t, b)
	answer := b.get(t, "/")
	require.Equal(t, http.StatusOK, answer.Code)
	text := textOf(t, answer)
	require.Contains(t, text, "products 2 2 2 1 1 1 5 h ago")
	require.Contains(t, text, "3 min ago", "when it read last")
	require.NotContains(t, text, "1760000000000")
	require.NotContains(t, text, "changed in the books", "what went to the till is not among what went to the books")
}

func TestMetrics_TellHowTheCatalogueStandsAndForgetLoads(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	stocked(t, b)
	text := b.get(t, "/metrics").Body.String()
	require.Regexp(t, `records_standing\{[^}]*flow="products",integration="shop"[^}]*state="stand"[^}]*\} 2`, text)
	require.Regexp(t, `records_standing\{[^}]*flow="products",integration="shop"[^}]*state="parked"[^}]*\} 1`, text)
	require.Contains(t, text, `flow="products/full"`)
	require.NotContains(t, text, `flow="products/load"`, "a load that is over is no cause for alarm")
}
