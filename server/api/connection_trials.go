package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/telemetry"
	"github.com/koppel/koppel/server/documents"
	"github.com/koppel/koppel/server/refusal"
	"github.com/koppel/koppel/workflows"
)

// testWait is how long a request waits for the test that it asked for.
const testWait = 7 * time.Second

// ConnectionTested is a test of a connection: its answer, or where to find it.
type ConnectionTested struct {
	WorkflowID string      `json:"workflow_id"`
	RunID      string      `json:"run_id"`
	Link       string      `json:"link" doc:"the run in the Temporal UI; empty: its address is not known"`
	Done       bool        `json:"done" doc:"false: still looking; GET the connections in a while"`
	Works      bool        `json:"works" doc:"whether the connection can do what the flows need"`
	Code       string      `json:"code" doc:"why it cannot; empty: it can, or is not known yet"`
	Words      string      `json:"words"`
	Fix        string      `json:"fix"`
	Checks     []Check     `json:"checks"`
	Lists      []ListCount `json:"lists"`
}

// ListCount is how long a list is that a test fetched.
type ListCount struct {
	Kind  string `json:"kind"`
	Items int    `json:"items"`
}

func (h *Handler) connectionTestRoutes() []Route {
	gives := []Answer{
		{Status: http.StatusOK, Body: jsonOf[ConnectionTested]()},
		{Status: http.StatusAccepted, Body: jsonOf[ConnectionTested]()},
	}
	const detail = "It reads only. What takes longer than some seconds is answered with 202; the result then stands among the connections."
	return []Route{
		{
			Method: http.MethodPost, Path: "/api/integrations/:slug/connections/:system/test", Scope: db.ScopeOperate, Handle: h.testConnection,
			Summary: "Test the connection to accountview or mplus, under the document in force",
			Detail:  detail, Gives: gives,
		},
		{
			Method: http.MethodPost, Path: "/api/integrations/:slug/connections/:system/test-draft", Scope: db.ScopeAdmin, Handle: h.testDraft,
			Summary: "Test the connection to accountview or mplus as a draft of the document describes it",
			Detail:  detail + " The secrets of that system go to the address that the draft names, so this is for administrators. Nothing is put in force; before a first document is, the result and the lists are kept all the same.",
			Takes:   []Body{{Media: mediaYAML, Type: jsonOf[string]().Type}}, Gives: gives,
		},
	}
}

func (h *Handler) testConnection(c echo.Context) error { return h.test(c, "") }

func (h *Handler) testDraft(c echo.Context) error {
	integration := c.Param("slug")
	if !documents.CanBeCalled(integration) {
		return badName()
	}
	text, err := bodyOf(c)
	if err != nil {
		return err
	}
	ctx, payloads := c.Request().Context(), &db.Payloads{DB: h.DB, Box: h.Secrets.Box}
	ref, err := payloads.Prepare(ctx, integration, h.Now())
	if err == nil {
		err = payloads.Put(ctx, h.DB, integration, ref, text)
	}
	if err != nil {
		return refusal.DatabaseDown(err)
	}
	h.Log.Info("draft tested", telemetry.KeyIntegration, integration, "draft", ref.String(), "by", authorOf(c))
	return h.test(c, ref.String())
}

func (h *Handler) test(c echo.Context, draft string) error {
	ctx := c.Request().Context()
	in := workflows.TestConnectionInput{Integration: c.Param("slug"), System: c.Param("system"), Draft: draft}
	if !documents.CanBeCalled(in.Integration) {
		return badName()
	}
	if in.System != domain.SystemBooks && in.System != domain.SystemTill {
		reason := domain.ReasonFor("system_unknown")
		return refusal.New(http.StatusNotFound, reason.Code, reason.Words, reason.Fix)
	}
	run, err := h.Temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: workflows.ConnectionTestID(in.Integration, in.System, draft), TaskQueue: workflows.QueueSync,
		WorkflowIDConflictPolicy: enums.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING, // who asks during a test waits for that one
		WorkflowExecutionTimeout: workflows.ConnectionTestPatience,
		TypedSearchAttributes:    workflows.SearchAttributes(in.Integration, workflows.RequestTest, in.System),
	}, workflows.TestConnection, in)
	if err != nil {
		return refusal.TemporalDown(err)
	}
	told := ConnectionTested{
		WorkflowID: run.GetID(), RunID: run.GetRunID(), Link: h.Links.Run(run.GetID(), run.GetRunID()),
		Checks: []Check{}, Lists: []ListCount{},
	}
	waiting, cancel := context.WithTimeout(ctx, testWait)
	defer cancel()
	var result workflows.TestConnectionResult
	switch err := run.Get(waiting, &result); {
	case errors.Is(err, context.DeadlineExceeded), waiting.Err() != nil:
		return c.JSON(http.StatusAccepted, told)
	case err != nil:
		return refusal.TemporalDown(err)
	}
	told.Done, told.Works, told.Code = true, result.Code == "", result.Code
	told.Words, told.Fix = explained(result.Code)
	told.Checks = checksOf(result.Checks)
	for _, l := range result.Lists {
		told.Lists = append(told.Lists, ListCount{Kind: string(l.Kind), Items: l.Items})
	}
	return c.JSON(http.StatusOK, told)
}
