package server_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/server/api"
)

// met lets a product of the books have been written, and its price left as the till has it.
func (p *programs) met(t *testing.T) {
	t.Helper()
	for _, sql := range []string{
		`insert into catalog (integration, entity, source_id, target_id, outcome, code, read_at) values ('shop', 'product', 'A/1', 'P7', 'unchanged', 'changed_there', now())`,
		`insert into outcome (integration, flow, entity, source_id, number, document, outcome, run, target_id)
			values ('shop', 'products', 'product', 'A/1', 'A/1', 1, 'created', 'r1', 'P7')`,
		`insert into outcome (integration, flow, entity, source_id, number, document, outcome, code, run, target_id, decisions)
			values ('shop', 'products', 'product', 'A/1', 'A/1', 1, 'unchanged', 'changed_there', 'r2', 'P7', '[{"code": "changed_there", "about": "priceIncl"}]')`,
		`insert into intervention (integration, entity, source_id, number, action, code, who) values ('shop', 'product', 'A/1', 'A/1', 'retry', 'number_taken', 'ann')`,
	} {
		_, err := p.db.Exec(t.Context(), sql)
		require.NoError(t, err)
	}
}

func TestAPI_TimelineOfARecordTellsWhichFieldsWereLeftAndWhoDidWhat(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withVersions(t, 1)
	p.met(t)
	var all []api.RecordTimeline
	p.read(t, atShop+"/flows/products/records/A%2F1/timeline", &all)
	require.Len(t, all, 1)
	require.Equal(t, "P7", all[0].TargetID)
	require.NotEmpty(t, all[0].Words)
	require.Len(t, all[0].Entries, 2)
	require.Equal(t, []api.TimelineDecision{{Code: "changed_there", Words: "Left as somebody changed it at the till", About: "priceIncl"}}, all[0].Entries[1].Decisions)
	require.Equal(t, "ann", all[0].People[0].Who)
	for path, want := range map[string]int{"products/records/none": http.StatusNotFound, "orders/records/A": http.StatusBadRequest, "none/records/A": http.StatusNotFound} {
		require.Equal(t, want, p.ask(t, request{method: "GET", path: atShop + "/flows/" + path + "/timeline", scope: db.ScopeRead}).Code, path)
	}
}
