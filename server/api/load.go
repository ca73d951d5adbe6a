package api

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/workflows"
)

// Load is how far the initial load of a flow is.
type Load struct {
	Flow       string      `json:"flow"`
	State      string      `json:"state" enum:"running|paused|waiting|done|stopped|failed" doc:"waiting: for the end of an outage"`
	Done       int         `json:"done" doc:"records gone through"`
	Total      int         `json:"total" doc:"counted beforehand; 0: this flow cannot tell"`
	Pace       int         `json:"pace" doc:"records a minute that it may do; 0: as fast as the limits of both systems allow"`
	PerMinute  float64     `json:"per_minute" doc:"records a minute that it does; 0: not known yet"`
	DoneAt     *time.Time  `json:"done_at" doc:"when it will be done at that speed; null: not known"`
	BeganAt    *time.Time  `json:"began_at"`
	PausedBy   string      `json:"paused_by,omitempty" doc:"who; empty while it is paused: the load itself, for the failure"`
	PausedAt   *time.Time  `json:"paused_at"`
	Failure    *FlowFailed `json:"failure,omitempty" doc:"why it is paused, or what it waits out"`
	Count      *FlowCount  `json:"count,omitempty" doc:"so far; missing: no worker answers"`
	WorkflowID string      `json:"workflow_id"`
}

// Loads starts and steers initial loads.
type Loads struct {
	Temporal    client.Client
	Integration string
	Flow        workflows.Flow
}

// Why a load could not be started or steered.
var (
	ErrNoLoad    = errors.New("there is no initial load of this flow, or it is longer ago than Temporal keeps")
	ErrLoadEnded = errors.New("the initial load has ended")
	ErrLoads     = errors.New("an initial load of this flow is under way")
)

// LoadRefused says why a load did not take what was asked of it.
type LoadRefused struct{ Words string }

// Error is the words.
func (r *LoadRefused) Error() string { return r.Words }

func (l Loads) id() string { return workflows.LoadWorkflowID(l.Flow.Name, l.Integration) }

// Start starts a load; ErrLoads when there is one.
func (l Loads) Start(ctx context.Context, perMinute int) error {
	_, err := l.Temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: l.id(), TaskQueue: workflows.QueueSync, WorkflowExecutionErrorWhenAlreadyStarted: true,
		TypedSearchAttributes: workflows.SearchAttributes(l.Integration, l.Flow.Name, ""),
	}, workflows.LoadCatalog, workflows.LoadCatalogInput{Integration: l.Integration, Flow: l.Flow.Name, PerMinute: perMinute})
	if _, under := errors.AsType[*serviceerror.WorkflowExecutionAlreadyStarted](err); under {
		return ErrLoads
	}
	if err != nil {
		return fmt.Errorf("start the load: %w", err)
	}
	return nil
}

// Decide has a load paused, resumed or paced: an update with what it carries. What
// it does not take is an error of type *LoadRefused.
func (l Loads) Decide(ctx context.Context, update string, in any) error {
	if err := l.running(ctx); err != nil {
		return err
	}
	handle, err := l.Temporal.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		WorkflowID: l.id(), UpdateName: update, Args: []any{in}, WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err == nil {
		err = handle.Get(ctx, nil)
	}
	if refused, ok := updateRefused(err); ok {
		return &LoadRefused{Words: refused}
	}
	if err != nil {
		return fmt.Errorf("ask the load: %w", err)
	}
	return nil
}

// Stop ends a load where it is. A new one begins anew; what stands at the till is seen to stand.
func (l Loads) Stop(ctx context.Context) error {
	if err := l.running(ctx); err != nil {
		return err
	}
	if err := l.Temporal.CancelWorkflow(ctx, l.id(), ""); err != nil {
		return fmt.Errorf("stop the load: %w", err)
	}
	return nil
}

func (l Loads) running(ctx context.Context) error {
	status, err := l.status(ctx)
	if err == nil && status != enums.WORKFLOW_EXECUTION_STATUS_RUNNING {
		return ErrLoadEnded
	}
	return err
}

func (l Loads) status(ctx context.Context) (enums.WorkflowExecutionStatus, error) {
	described, err := l.Temporal.DescribeWorkflowExecution(ctx, l.id(), "")
	var none *serviceerror.NotFound
	switch {
	case errors.As(err, &none):
		return 0, ErrNoLoad
	case err != nil:
		return 0, fmt.Errorf("read the load: %w", err)
	}
	return described.GetWorkflowExecutionInfo().GetStatus(), nil
}

// Status tells how far a load is, or how far it came; ErrNoLoad when there is none.
// Without a worker that answers it is only known whether it runs.
func (l Loads) Status(ctx context.Context) (Load, error) {
	status, err := l.status(ctx)
	if err != nil {
		return Load{}, err
	}
	load := Load{Flow: l.Flow.Name, WorkflowID: l.id(), State: workflows.LoadRunning}
	asking, stop := context.WithTimeout(ctx, answerWithin)
	defer stop()
	var p workflows.LoadProgress
	value, err := l.Temporal.QueryWorkflow(asking, l.id(), "", workflows.QueryProgress)
	if err == nil {
		err = value.Get(&p)
	}
	if err == nil {
		load = loadOf(load, p)
	}
	switch status {
	case enums.WORKFLOW_EXECUTION_STATUS_RUNNING:
		return load, nil
	case enums.WORKFLOW_EXECUTION_STATUS_COMPLETED:
		load.State = workflows.LoadDone
	case enums.WORKFLOW_EXECUTION_STATUS_CANCELED, enums.WORKFLOW_EXECUTION_STATUS_TERMINATED:
		load.State = "stopped"
	default:
		load.State = runFailed
	}
	load.DoneAt = nil
	return load, nil
}

func loadOf(load Load, p workflows.LoadProgress) Load {
	load.State, load.Done, load.Total, load.Pace, load.PerMinute, load.PausedBy = p.State, p.Done, p.Total, p.Pace, p.PerMinute, p.PausedBy
	load.BeganAt, load.PausedAt = when(p.Began), when(p.PausedAt)
	if p.Left > 0 {
		load.DoneAt = when(p.At.Add(p.Left))
	}
	count := FlowCountOf(workflows.SyncCatalogResult{Mode: "full", Count: p.Count})
	load.Count = &count
	if p.Failure.Code != "" {
		reason := domain.ReasonFor(p.Failure.Code)
		load.Failure = &FlowFailed{Code: p.Failure.Code, Words: reason.Words, Fix: reason.Fix, About: p.Failure.About}
	}
	return load
}

func when(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}
