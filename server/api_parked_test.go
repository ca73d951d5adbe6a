package server_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/api"
)

// parking remembers what was decided; order 2026.1 is parked, nothing else.
type parking struct {
	choice  api.ParkedChoice
	reason  string
	fix     api.ParkedFix
	refuses bool
}

func (p *parking) RetryParked(_ context.Context, choice api.ParkedChoice) (api.ParkedDone, error) {
	return p.SkipParked(context.Background(), choice, "")
}

func (p *parking) SkipParked(_ context.Context, choice api.ParkedChoice, reason string) (api.ParkedDone, error) {
	p.choice, p.reason = choice, reason
	if len(choice.Numbers) > 0 && choice.Numbers[0] != "2026.1" {
		return api.ParkedDone{}, api.NoSuchParked{}
	}
	return api.ParkedDone{Done: []string{"2026.1"}, Failed: map[string]string{}}, nil
}

func (p *parking) FixParked(_ context.Context, fix api.ParkedFix) (api.ParkedFixed, error) {
	if p.fix = fix; p.refuses {
		return api.ParkedFixed{}, &api.FixRefused{FixID: "f1", Words: "vat_differs: it does not add up."}
	}
	return api.ParkedFixed{FixID: "f1", Kind: "lookup", Document: 3}, nil
}

func (p *parking) ParkedSale(_ context.Context, _, number string) (domain.Order, error) {
	if number != "2026.1" {
		return domain.Order{}, api.NoSuchParked{}
	}
	return domain.Order{ID: "a1", Number: number}, nil
}

// parked puts an order where a person sees it.
func (p *programs) parked(t *testing.T) {
	t.Helper()
	_, err := db.Q.ParkedPut(t.Context(), p.db, store.ParkedPutParams{
		Integration: "shop", Flow: "orders", Entity: "order", SourceID: "a1", Number: "2026.1", Code: "unmapped_vat_code", About: "vat_code 9",
		Document: 1, TotalCents: 1995, WorkflowID: "order/shop/a1", WaitsFor: []string{string(domain.WaitForRow("vat_code", domain.LookupKey{"9"}))},
	})
	require.NoError(t, err)
}

func TestAPI_ParkedIsListedWithWhatToDoAndEurosByCause(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withVersions(t, 1)
	p.parked(t)
	var list api.ParkedList
	p.read(t, atShop+"/parked", &list)
	require.Len(t, list.Parked, 1)
	require.Equal(t, []string{"a row for 9 in the lookup table vat_code"}, list.Parked[0].WaitsFor)
	require.NotEmpty(t, list.Parked[0].Fix)
	require.Equal(t, "unmapped_vat_code", list.Causes[0].Code)
	require.EqualValues(t, 1995, list.Causes[0].TotalCents)
}

func TestAPI_ParkedOrdersAreDecidedAboutByNumberOrCause(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withVersions(t, 1)
	post := func(path, body string, scope db.Scope) int {
		return p.ask(t, request{method: "POST", path: atShop + "/parked" + path, scope: scope, body: body}).Code
	}
	require.Equal(t, http.StatusOK, post("/retry", `{"all": true, "cause": "product_missing"}`, db.ScopeOperate))
	require.Equal(t, api.ParkedChoice{Integration: "shop", All: true, Cause: "product_missing", By: "the operate"}, p.parking.choice)
	require.Equal(t, http.StatusOK, post("/skip", `{"numbers": ["2026.1"], "reason": "done_by_hand"}`, db.ScopeOperate))
	require.Equal(t, "done_by_hand", p.parking.reason)
	require.Equal(t, http.StatusOK, post("/2026.1/fix", `{"row": {"table": "vat_code", "key": ["9"], "value": "1", "percent": "21"}}`, db.ScopeAdmin))
	require.Equal(t, "21", p.parking.fix.Row.Percent.String())
	require.Equal(t, http.StatusOK, post("/2026.1/fix", `{"sale": {"ID": "a1"}}`, db.ScopeAdmin))
	require.JSONEq(t, `{"ID": "a1"}`, string(p.parking.fix.Sale))

	for name, c := range map[string]struct {
		path, body string
		scope      db.Scope
		want       int
	}{
		"nothing named":      {"/retry", `{}`, db.ScopeOperate, http.StatusBadRequest},
		"a token to read":    {"/retry", `{"all": true}`, db.ScopeRead, http.StatusForbidden},
		"not parked":         {"/retry", `{"numbers": ["2026.9"]}`, db.ScopeOperate, http.StatusNotFound},
		"no reason":          {"/skip", `{"numbers": ["2026.1"]}`, db.ScopeOperate, http.StatusBadRequest},
		"all of every cause": {"/skip", `{"all": true, "reason": "done_by_hand"}`, db.ScopeOperate, http.StatusBadRequest},
		"a fix of nothing":   {"/2026.1/fix", `{}`, db.ScopeAdmin, http.StatusBadRequest},
		"a wrong number":     {"/2026.1/fix", `{"row": {"table": "t", "key": ["9"], "value": "1", "percent": "much"}}`, db.ScopeAdmin, http.StatusBadRequest},
		"a fix to operate":   {"/2026.1/fix", `{"sale": {}}`, db.ScopeOperate, http.StatusForbidden},
	} {
		require.Equal(t, c.want, post(c.path, c.body, c.scope), name)
	}
	p.parking.refuses = true
	answer := p.ask(t, request{method: "POST", path: atShop + "/parked/2026.1/fix", scope: db.ScopeAdmin, body: `{"sale": {"ID": "a1"}}`})
	require.Equal(t, http.StatusUnprocessableEntity, answer.Code)
	require.Contains(t, answer.Body.String(), "vat_differs")
}
