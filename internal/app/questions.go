package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// longestRequest is after how long a request is over, whatever became of it.
const longestRequest = 6 * time.Hour

// Ask checks a question and has a worker answer it. A draft is kept encrypted;
// whatever is wrong with it is in the error, and then nothing was started.
func (a *App) Ask(ctx context.Context, q api.Question) (string, error) {
	inForce, err := a.Documents.Current(ctx, q.Integration)
	if err != nil {
		return "", err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return "", fmt.Errorf("name a request: %w", err)
	}
	// Which versions it is about is settled here, once: what is applied while pages
	// are gone through must not get into the answer.
	ask := activities.Ask{Request: id.String(), Integration: q.Integration, InForce: inForce}
	switch {
	case len(q.Draft) > 0:
		ask.Draft, err = a.keepDraft(ctx, q)
	case q.Version != 0:
		ask.Document = q.Version
		_, err = a.Documents.Get(ctx, q.Integration, q.Version)
	default:
		ask.Document = inForce
	}
	if err != nil {
		return "", err
	}
	row := store.RequestPutParams{
		ID: id, Integration: q.Integration, Kind: string(q.Kind), AskedBy: q.By, Document: int32(ask.Document), InForce: int32(inForce),
	}
	if err := db.Q.RequestPut(ctx, a.DB, row); err != nil {
		return "", fmt.Errorf("note a request: %w", err)
	}
	if err := a.startRequest(ctx, q, ask); err != nil {
		return "", errors.Join(err, a.endUnstarted(context.WithoutCancel(ctx), id, q.Integration))
	}
	return id.String(), nil
}

func (a *App) keepDraft(ctx context.Context, q api.Question) (string, error) {
	doc, err := a.read(ctx, q.Draft, q.Integration)
	if err != nil {
		return "", err
	}
	whole, err := settings.Marshal(doc)
	if err != nil {
		return "", err
	}
	ref, err := a.Payloads.Prepare(ctx, q.Integration, time.Now())
	if err != nil {
		return "", err
	}
	return ref.String(), a.Payloads.Put(ctx, a.DB, q.Integration, ref, whole)
}

func (a *App) startRequest(ctx context.Context, q api.Question, ask activities.Ask) error {
	var run, in any
	switch q.Kind {
	case api.AskPreview:
		run, in = workflows.PreviewRecords, workflows.PreviewRecordsInput{Ask: ask, Entity: cmp.Or(q.Entity, domain.EntityOrder), Keys: q.Keys, Last: q.Last}
	case api.AskDryRun:
		run, in = workflows.DryRunFlow, workflows.DryRunFlowInput{Ask: ask, Flow: workflows.FlowOrders, Keys: q.Keys, Most: q.Most}
	case api.AskWhatIf:
		run, in = workflows.WhatIf, workflows.WhatIfInput{Ask: ask, From: q.From, Until: q.Until}
	case api.AskPrice:
		run, in = workflows.ExplainPrice, workflows.ExplainPriceInput{
			Ask: ask, Customer: q.Price.Customer, SKU: q.Price.SKU, Quantity: q.Price.Quantity.String(), On: q.Price.On.String(),
		}
	default:
		return fmt.Errorf("there is no question of kind %q", q.Kind)
	}
	_, err := a.Temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: workflows.RequestWorkflowID(string(q.Kind), q.Integration, ask.Request), TaskQueue: workflows.QueueSync,
		WorkflowExecutionTimeout: longestRequest,
		TypedSearchAttributes:    workflows.SearchAttributes(q.Integration, string(q.Kind), ""),
	}, run, in)
	if err != nil {
		return &api.NotStarted{Cause: err}
	}
	return nil
}

func (a *App) endUnstarted(ctx context.Context, id uuid.UUID, integration string) error {
	return db.Q.RequestEnd(ctx, a.DB, store.RequestEndParams{
		ID: id, Integration: integration, State: activities.RequestFailed, Summary: []byte("{}"), Results: []string{}, Code: "not_started",
	})
}

// Answer reads how far a request is and, once it is there, what was found.
func (a *App) Answer(ctx context.Context, integration, request string) (api.Answered, error) {
	id, err := uuid.Parse(request)
	if err != nil {
		return api.Answered{}, api.ErrNoRequest
	}
	row, err := db.Q.RequestGet(ctx, a.DB, store.RequestGetParams{ID: id, Integration: integration})
	if db.IsNotFound(err) {
		return api.Answered{}, api.ErrNoRequest
	}
	if err != nil {
		return api.Answered{}, fmt.Errorf("read a request: %w", err)
	}
	answer := api.Answered{
		ID: request, Kind: row.Kind, State: row.State, AskedBy: row.AskedBy, AskedAt: row.AskedAt, EndedAt: row.EndedAt, Summary: row.Summary,
		Document: int(row.Document), InForce: int(row.InForce),
	}
	answer.Under = answer.Words()
	if row.State == activities.RequestRunning && time.Since(row.AskedAt) > longestRequest { // ended by hand, or by a worker that never came
		answer.State, row.Code = activities.RequestFailed, "no_worker_in_time"
	}
	if row.Code != "" {
		reason := domain.ReasonFor(row.Code)
		answer.Failure = &api.AnswerFailure{Code: row.Code, About: row.About, Words: reason.Words, Fix: reason.Fix}
	}
	parts, err := a.parts(ctx, row)
	if errors.Is(err, db.ErrNoPayload) {
		answer.Gone = true
		return answer, nil
	}
	if err == nil && len(parts) > 0 {
		answer.Result, err = joined(parts)
	}
	return answer, err
}

func (a *App) parts(ctx context.Context, row store.Request) ([]json.RawMessage, error) {
	var parts []json.RawMessage
	for _, reference := range row.Results {
		ref, err := db.ParsePayloadRef(reference)
		if err != nil {
			return nil, err
		}
		part, err := a.Payloads.Get(ctx, row.Integration, ref)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return parts, nil
}

// joined makes one result of the pages of a dry run; others have one part.
func joined(parts []json.RawMessage) (json.RawMessage, error) {
	if len(parts) == 1 {
		return parts[0], nil
	}
	var whole activities.DryRunAnswer
	for _, part := range parts {
		var page activities.DryRunAnswer
		if err := json.Unmarshal(part, &page); err != nil {
			return nil, fmt.Errorf("read a page of a dry run: %w", err)
		}
		whole.Versions = page.Versions
		whole.Orders = slices.Concat(whole.Orders, page.Orders)
		whole.Unknown = slices.Concat(whole.Unknown, page.Unknown)
	}
	return json.Marshal(whole)
}

// awaitEvery is how often a command looks whether its answer is there.
const awaitEvery = 200 * time.Millisecond

// Await waits until a request is over, or the context ends.
func (a *App) Await(ctx context.Context, integration, request string) (api.Answered, error) {
	return api.Await(ctx, a, integration, request, awaitEvery, longestRequest)
}
