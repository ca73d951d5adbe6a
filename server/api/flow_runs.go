package api

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/telemetry"
	"github.com/koppel/koppel/server/refusal"
	"github.com/koppel/koppel/workflows"
)

// AskedRun is what somebody wants of a run of a flow.
type AskedRun struct {
	Keys        []string `json:"keys,omitempty" doc:"only these records: order numbers; of a flow from the books article codes, debtor numbers or group codes; at most 500"`
	Full        bool     `json:"full,omitempty" doc:"from the books only: compare everything with what the till holds"`
	ApproveGone bool     `json:"approve_gone,omitempty" doc:"from the books only: compare everything, and what the books no longer have may go, however much it is"`
	DryRun      bool     `json:"dry_run,omitempty" doc:"from the books only: count what would be done, and do nothing; orders have POST .../dry-run"`
}

// Problem says what is wrong with what is wanted of a flow; empty when nothing is.
func (a AskedRun) Problem(flow workflows.Flow) string {
	switch {
	case len(a.Keys) > 0 && !flow.Keys:
		return "flow " + flow.Name + " cannot run for named records"
	case (a.Full || a.ApproveGone || a.DryRun) && !flow.FromBooks():
		return "only the flows from the books to the till compare everything, approve what is gone, or count what they would do"
	case len(a.Keys) > 0 && (a.Full || a.ApproveGone):
		return "name records, or have everything compared, one of both"
	case a.ApproveGone && a.DryRun:
		return "what is gone is approved, or it is a dry run, one of both"
	case len(a.Keys) > domain.MostKeys:
		return "at most 500 records may be named"
	case slices.ContainsFunc(a.Keys, func(key string) bool { return !domain.IsRecordKey(key) }):
		return "a key has 1 to 100 characters that can be seen, and no blanks around them"
	default:
		return ""
	}
}

// Wanted is the same for the flow.
func (a AskedRun) Wanted() workflows.Wanted {
	return workflows.Wanted{Keys: a.Keys, Full: a.Full, ApproveGone: a.ApproveGone, DryRun: a.DryRun}
}

// FlowRun is one run of a flow: how far it is, or how it ended.
type FlowRun struct {
	Run        string     `json:"run" doc:"its name, for GET .../runs/<run>"`
	WorkflowID string     `json:"workflow_id"`
	State      string     `json:"state" enum:"running|done|failed"`
	Outcome    string     `json:"outcome,omitempty" doc:"done; unavailable: an outage ended it; busy: another run reads now"`
	Count      *FlowCount `json:"count,omitempty" doc:"of a flow from the books to the till; so far, while it runs"`
	Link       string     `json:"link" doc:"where this is answered again"`
	Page       string     `json:"page,omitempty" doc:"the run in Temporal's Web UI"`
}

// States of a run.
const (
	runRunning = "running"
	runDone    = "done"
	runFailed  = "failed"
)

func (h *Handler) flowRunRoutes() []Route {
	const at = "/api/integrations/:slug/flows/:flow"
	return []Route{
		{
			Method: http.MethodPost, Path: at + "/sync", Scope: db.ScopeOperate, Handle: h.syncFlow,
			Summary: "Run a flow now, for everything or for named records",
			Detail:  "Answered with 200 when the run ended in a few seconds, else with 202: read it at the link.",
			Takes:   []Body{jsonOf[AskedRun]()},
			Gives: []Answer{
				{Status: http.StatusOK, Body: jsonOf[FlowRun]()},
				{Status: http.StatusAccepted, Body: jsonOf[FlowRun](), Headers: []Param{headerLocation}},
			},
		},
		{
			Method: http.MethodGet, Path: at + "/runs/:run", Scope: db.ScopeRead, Handle: h.getFlowRun,
			Summary: "Read how far a run of a flow is, or how it ended",
			Gives:   []Answer{{Status: http.StatusOK, Body: jsonOf[FlowRun]()}},
		},
	}
}

func (h *Handler) syncFlow(c echo.Context) error {
	if _, err := h.documentInForce(c); err != nil {
		return err
	}
	flow, known := workflows.FlowNamed(c.Param("flow"))
	if !known {
		return unknownFlow()
	}
	asked, err := decode[AskedRun](c)
	if err != nil {
		return err
	}
	if problem := asked.Problem(flow); problem != "" {
		return badQuestion(problem)
	}
	ctx, slug := c.Request().Context(), c.Param("slug")
	name := "api-" + uuid.NewString()
	run, err := h.Temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: workflows.DeliveryWorkflowID(flow.Name, slug, name), TaskQueue: workflows.QueueSync,
		TypedSearchAttributes: workflows.SearchAttributes(slug, flow.Name, ""),
	}, flow.Run, flow.Input(slug, asked.Wanted()))
	if err != nil {
		return refusal.TemporalDown(err)
	}
	h.Log.Info("run asked for", telemetry.KeyIntegration, slug, telemetry.KeyFlow, flow.Name, telemetry.KeyRun, run.GetRunID(),
		"named", len(asked.Keys), "by", authorOf(c))
	waiting, stop := context.WithTimeout(ctx, answerWithin)
	defer stop()
	answer := h.flowRun(slug, flow, name)
	switch err := answer.end(waiting, flow, run); {
	case err != nil && waiting.Err() != nil:
		c.Response().Header().Set(echo.HeaderLocation, answer.Link)
		return c.JSON(http.StatusAccepted, answer)
	case err != nil:
		answer.State = runFailed
	}
	return c.JSON(http.StatusOK, answer)
}

func (h *Handler) flowRun(slug string, flow workflows.Flow, name string) FlowRun {
	id := workflows.DeliveryWorkflowID(flow.Name, slug, name)
	return FlowRun{
		Run: name, WorkflowID: id, State: runRunning, Page: h.Links.Run(id, ""),
		Link: "/api/integrations/" + slug + "/flows/" + flow.Name + "/runs/" + name,
	}
}

// end waits for the end of a run, and says how it ended.
func (r *FlowRun) end(ctx context.Context, flow workflows.Flow, run client.WorkflowRun) error {
	var result workflows.SyncCatalogResult // of every flow it has the outcome
	if err := run.Get(ctx, &result); err != nil {
		return err
	}
	if r.State, r.Outcome = runDone, result.Outcome; flow.FromBooks() {
		count := FlowCountOf(result)
		r.Count = &count
	}
	return nil
}

func (h *Handler) getFlowRun(c echo.Context) error {
	if _, err := h.documentInForce(c); err != nil {
		return err
	}
	flow, known := workflows.FlowNamed(c.Param("flow"))
	if !known {
		return unknownFlow()
	}
	answer := h.flowRun(c.Param("slug"), flow, c.Param("run"))
	ctx := c.Request().Context()
	described, err := h.Temporal.DescribeWorkflowExecution(ctx, answer.WorkflowID, "")
	var none *serviceerror.NotFound
	switch {
	case errors.As(err, &none):
		return refusal.New(http.StatusNotFound, "unknown_run", "There is no such run, or it is longer ago than Temporal keeps.", "POST .../sync answers the name of a run.")
	case err != nil:
		return refusal.TemporalDown(err)
	case described.GetWorkflowExecutionInfo().GetStatus() == enums.WORKFLOW_EXECUTION_STATUS_RUNNING:
		return c.JSON(http.StatusOK, h.underWay(ctx, flow, answer))
	}
	if err := answer.end(ctx, flow, h.Temporal.GetWorkflow(ctx, answer.WorkflowID, "")); err != nil {
		answer.State = runFailed
	}
	return c.JSON(http.StatusOK, answer)
}

// underWay adds how far a run is. One that cannot say so now is under way all the same.
func (h *Handler) underWay(ctx context.Context, flow workflows.Flow, answer FlowRun) FlowRun {
	if !flow.FromBooks() {
		return answer
	}
	var progress workflows.CatalogProgress
	value, err := h.Temporal.QueryWorkflow(ctx, answer.WorkflowID, "", workflows.QueryProgress)
	if err == nil {
		err = value.Get(&progress)
	}
	if err != nil {
		h.Log.Warn("a run did not say how far it is", "workflow", answer.WorkflowID, "error", err)
		return answer
	}
	count := FlowCountOf(workflows.SyncCatalogResult{Mode: progress.Mode, Pages: progress.Pages, Count: progress.Count})
	answer.Count = &count
	return answer
}
