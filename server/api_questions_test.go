package server_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/workflows"
)

// asking lets questions reach the fake Temporal, and is the worker that answers them.
type asking struct {
	*app.App  // everything else; it knows no Temporal
	questions *app.App
	answers   any // nil: no worker works
}

func (b *testBundle) asking(a *app.App) *asking {
	questions := *a
	questions.Payloads, questions.Temporal = &db.Payloads{DB: b.db, Box: b.deps.Secrets.Box}, b.deps.Temporal
	return &asking{App: a, questions: &questions, answers: map[string]any{"orders": []any{}}}
}

func (a *asking) Ask(ctx context.Context, q api.Question) (string, error) {
	id, err := a.questions.Ask(ctx, q)
	if err == nil && a.answers != nil {
		err = a.answer(ctx, q.Integration, id)
	}
	return id, err
}

func (a *asking) Answer(ctx context.Context, integration, request string) (api.Answered, error) {
	return a.questions.Answer(ctx, integration, request)
}

// answer does what a worker does in the end.
func (a *asking) answer(ctx context.Context, integration, request string) error {
	ref, err := a.questions.Payloads.Prepare(ctx, integration, time.Now())
	if err != nil {
		return err
	}
	plain, err := json.Marshal(a.answers)
	if err != nil {
		return err
	}
	if err := a.questions.Payloads.Put(ctx, a.DB, integration, ref, plain); err != nil {
		return err
	}
	return db.Q.RequestEnd(ctx, a.DB, store.RequestEndParams{
		ID: uuid.MustParse(request), Integration: integration, State: activities.RequestDone, Summary: []byte(`{"records": 1}`), Results: []string{ref.String()},
	})
}

func (p *programs) post(t *testing.T, what, body string) (int, api.Answered) {
	t.Helper()
	answer := p.ask(t, request{method: http.MethodPost, path: atShop + "/" + what, scope: db.ScopeOperate, body: body})
	var got api.Answered
	require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &got))
	if answer.Code == http.StatusAccepted {
		require.Equal(t, got.Link, answer.Header().Get("Location"))
	}
	return answer.Code, got
}

func (p *programs) requests(t *testing.T) int {
	t.Helper()
	var n int
	require.NoError(t, p.db.QueryRow(t.Context(), "select count(*) from request").Scan(&n))
	return n
}

func TestQuestions_AnAnswerThatIsThereSoonIsGivenAtOnce(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	p.withVersions(t, 1)
	p.asking.answers = map[string]any{"orders": []any{map[string]any{"number": "2026.1", "total": "0.10"}}}
	status, got := p.post(t, "preview", `{"keys": ["2026.1"]}`)
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, "done", got.State)
	require.Equal(t, "the operate", got.AskedBy)
	require.JSONEq(t, `{"orders": [{"number": "2026.1", "total": "0.10"}]}`, string(got.Result))
	require.JSONEq(t, `{"records": 1}`, string(got.Summary))

	started := p.temporal.starts()
	require.Len(t, started, 1)
	require.Equal(t, workflows.RequestWorkflowID("preview", "shop", got.ID), started[0].options.ID)
	require.Equal(t, []string{"2026.1"}, started[0].input.(workflows.PreviewRecordsInput).Keys)
}

func TestQuestions_DebtorsArePreviewedByNumber(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	p.withVersions(t, 1)
	p.asking.answers = map[string]any{"debtors": []any{}}
	status, _ := p.post(t, "preview", `{"entity": "relation", "keys": ["10001"]}`)
	require.Equal(t, http.StatusOK, status)
	started := p.temporal.starts()
	require.Len(t, started, 1)
	require.Equal(t, domain.EntityRelation, started[0].input.(workflows.PreviewRecordsInput).Entity)
	require.NotEmpty(t, api.Question{Kind: api.AskPreview, Entity: domain.EntityRelation, Last: 3}.Problem())
	require.NotEmpty(t, api.Question{Kind: api.AskPreview, Entity: domain.EntityStock, Keys: []string{"1"}}.Problem())
}

func TestQuestions_ALongOneIsReadLater(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	p.withVersions(t, 1)
	p.asking.answers = nil
	status, got := p.post(t, "what-if", `{"from": "2026-01-01", "until": "2026-01-31", "version": 1}`)
	require.Equal(t, http.StatusAccepted, status)
	require.Equal(t, "running", got.State)
	require.Empty(t, got.Result)

	p.asking.answers = map[string]any{"differ": 3}
	require.NoError(t, p.asking.answer(t.Context(), "shop", got.ID))
	later := p.ask(t, request{method: http.MethodGet, path: got.Link, scope: db.ScopeOperate})
	require.Equal(t, http.StatusOK, later.Code)
	require.NoError(t, json.Unmarshal(later.Body.Bytes(), &got))
	require.Equal(t, "done", got.State)
	require.JSONEq(t, `{"differ": 3}`, string(got.Result))

	_, err := p.db.Exec(t.Context(), "delete from payload")
	require.NoError(t, err)
	later = p.ask(t, request{method: http.MethodGet, path: got.Link, scope: db.ScopeOperate})
	got = api.Answered{}
	require.NoError(t, json.Unmarshal(later.Body.Bytes(), &got))
	require.True(t, got.Gone)
	require.Empty(t, got.Result)
}

func TestQuestions_ABadDraftIsRefusedWithEveryProblemAndNothingStarts(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	p.withVersions(t, 1)
	for _, what := range []string{"preview", "dry-run", "what-if"} {
		body, err := json.Marshal(map[string]any{"draft": "integration: shop\nnonsense: 1\nmplus: {timeout: 1 week}\n"})
		require.NoError(t, err)
		text := strings.TrimSuffix(string(body), "}")
		switch what {
		case "preview":
			text += `, "last": 1}`
		case "what-if":
			text += `, "from": "2026-01-01", "until": "2026-01-31"}`
		default:
			text += "}"
		}
		answer := p.ask(t, request{method: http.MethodPost, path: atShop + "/" + what, scope: db.ScopeOperate, body: text})
		requireRefused(t, answer, http.StatusUnprocessableEntity, "document_refused")
		var refused api.Refused
		require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &refused))
		require.Greater(t, len(refused.Error.Problems), 2)
	}
	require.Empty(t, p.temporal.starts())
	require.Zero(t, p.requests(t))
}

func TestQuestions_TheAnswerNamesTheVersionsItIsAbout(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	p.withVersions(t, 3)
	draft, err := json.Marshal(shopText(t, withPrefix("DRAFT ")))
	require.NoError(t, err)
	for _, c := range []struct {
		body     string
		document int
		under    string
	}{
		{`{}`, 3, "version 3"},
		{`{"version": 2}`, 2, "version 2, where version 3 is in force"},
		{`{"draft": ` + string(draft) + `}`, 0, "a draft over version 3"},
	} {
		status, got := p.post(t, "dry-run", c.body)
		require.Equal(t, http.StatusOK, status)
		require.Equal(t, []int{c.document, 3}, []int{got.Document, got.InForce})
		require.Equal(t, c.under, got.Under)
		started := p.temporal.starts()
		in := started[len(started)-1].input.(workflows.DryRunFlowInput)
		require.Equal(t, []int{c.document, 3}, []int{in.Document, in.InForce}, "settled before a worker begins")
	}
}

func TestQuestions_ADraftTravelsAsAReference(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	p.withVersions(t, 1)
	body, err := json.Marshal(map[string]any{"draft": shopText(t, withPrefix("DRAFT "))})
	require.NoError(t, err)
	status, _ := p.post(t, "dry-run", string(body))
	require.Equal(t, http.StatusOK, status)
	in := p.temporal.starts()[0].input.(workflows.DryRunFlowInput)
	ref, err := db.ParsePayloadRef(in.Draft)
	require.NoError(t, err)
	text, err := p.asking.questions.Payloads.Get(t.Context(), "shop", ref)
	require.NoError(t, err)
	require.Contains(t, string(text), "DRAFT ")
	var current int
	require.NoError(t, p.db.QueryRow(t.Context(), "select current_version from integration where slug = 'shop'").Scan(&current))
	require.Equal(t, 1, current, "nothing was put in force")
}

func TestQuestions_WhatCannotBeAnsweredIsRefused(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	p.withVersions(t, 1)
	for _, c := range []struct {
		path, body string
		status     int
		code       string
	}{
		{atShop + "/preview", `{}`, 400, "bad_question"},
		{atShop + "/preview", `{"last": 21}`, 400, "bad_question"},
		{atShop + "/preview", `{"last": 1, "version": 9}`, 404, "unknown_version"},
		{atShop + "/preview", `{"last": 1, "version": 1, "draft": "x"}`, 400, "bad_question"},
		{atShop + "/preview", `{"first": 1}`, 400, "malformed_body"},
		{atShop + "/dry-run", `{"most": 1001}`, 400, "bad_question"},
		{atShop + "/what-if", `{"from": "1 january", "until": "2026-01-31", "version": 1}`, 400, "bad_question"},
		{atShop + "/what-if", `{"from": "2026-02-01", "until": "2026-01-31", "version": 1}`, 400, "bad_question"},
		{atShop + "/what-if", `{"from": "2026-01-01", "until": "2026-01-31"}`, 400, "bad_question"},
		{"/api/integrations/nobody/preview", `{"last": 1}`, 404, "unknown_integration"},
	} {
		answer := p.ask(t, request{method: http.MethodPost, path: c.path, scope: db.ScopeOperate, body: c.body})
		requireRefused(t, answer, c.status, c.code)
	}
	for _, id := range []string{"1", uuid.NewString()} {
		requireRefused(t, p.ask(t, request{method: http.MethodGet, path: atShop + "/requests/" + id, scope: db.ScopeOperate}), 404, "unknown_request")
	}
	requireRefused(t, p.ask(t, request{method: http.MethodPost, path: atShop + "/preview", scope: db.ScopeRead, body: `{"last": 1}`}), 403, "scope_too_small")
	require.Empty(t, p.temporal.starts())
}

func TestQuestions_WithoutTemporalNothingIsLeftRunning(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	p.withVersions(t, 1)
	p.temporal.fail(context.DeadlineExceeded)
	requireRefused(t, p.ask(t, request{method: http.MethodPost, path: atShop + "/preview", scope: db.ScopeOperate, body: `{"last": 1}`}), 503, "temporal_unavailable")
	var state, code string
	require.NoError(t, p.db.QueryRow(t.Context(), "select state, code from request").Scan(&state, &code))
	require.Equal(t, []string{"failed", "not_started"}, []string{state, code})
}

func TestQuestions_OneThatNobodyEverEndedIsOver(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	p.withVersions(t, 1)
	p.asking.answers = nil
	id, err := p.asking.Ask(t.Context(), api.Question{Kind: api.AskPreview, Integration: "shop", Last: 1})
	require.NoError(t, err)
	_, err = p.db.Exec(t.Context(), "update request set asked_at = now() - interval '7 hours'")
	require.NoError(t, err)
	answer, err := p.asking.Answer(t.Context(), "shop", id)
	require.NoError(t, err)
	require.Equal(t, "failed", answer.State)
	require.Equal(t, "no_worker_in_time", answer.Failure.Code)
}
