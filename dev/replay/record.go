// Package replay records the histories that the replay test of package workflows
// keeps. A history of a released build tells whether a changed workflow can still
// finish the runs that are open; so histories are recorded from released code,
// never from the branch under test, and kept until no such run can be open.
package replay

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/temporalproto"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	sdk "go.temporal.io/sdk/worker"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/dev/temporal"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/workflows"
)

const (
	// identity stands in the histories where a machine's name would.
	identity = "recorder"
	// longHistory is when the server advises to continue as new: more events than
	// any scenario has that must not.
	longHistory = 60
	patience    = 10 * time.Minute // of all scenarios together
)

// Record runs every scenario on a Temporal server of its own, with the workflows
// of this build, and writes <folder>/<Workflow>/<scenario>.json. A history that is
// there already is kept: delete it to record it anew.
func Record(ctx context.Context, folder string) (err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	quiet := slog.New(slog.DiscardHandler)
	server, err := temporal.Start(ctx, temporal.Options{WithoutUI: true, Logger: quiet, SuggestContinueAsNewAfter: longHistory})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	c, err := client.Dial(client.Options{
		HostPort: server.Address(), Namespace: server.Namespace(), Identity: identity, Logger: log.NewStructuredLogger(quiet),
	})
	if err != nil {
		return fmt.Errorf("connect to the Temporal server: %w", err)
	}
	defer c.Close()
	workers, err := work(c)
	if err != nil {
		return err
	}
	defer func() {
		for _, w := range workers {
			w.Stop()
		}
	}()
	for _, s := range all() {
		r := recorder{scenario: s, temporal: c, folder: filepath.Join(folder, s.workflow)}
		if err := r.record(ctx); err != nil {
			return fmt.Errorf("record %s %s: %w", s.workflow, s.name, err)
		}
	}
	return nil
}

func work(c client.Client) ([]sdk.Worker, error) {
	fake := &shop{temporal: c, scripts: map[string]script{}, calls: map[string]int{}}
	for _, s := range all() {
		fake.scripts[s.integration()] = s.script
	}
	var workers []sdk.Worker
	for _, queue := range []string{workflows.QueueSync, workflows.QueueMplus, workflows.QueueAccountView} {
		w := sdk.New(c, queue, sdk.Options{Identity: identity, DisableWorkflowWorker: queue != workflows.QueueSync})
		if queue == workflows.QueueSync {
			for _, flow := range workflows.Catalog {
				w.RegisterWorkflow(flow.Run)
				if flow.Record != nil {
					w.RegisterWorkflow(flow.Record)
				}
			}
			for _, request := range workflows.Requests {
				w.RegisterWorkflow(request)
			}
		}
		w.RegisterActivity(fake)
		if err := w.Start(); err != nil {
			return nil, fmt.Errorf("start the worker of %s: %w", queue, err)
		}
		workers = append(workers, w)
	}
	return workers, nil
}

func (s scenario) integration() string { return s.workflow + "-" + s.name }

// input is what the run is asked, and the flow it belongs to.
func (s scenario) input() (id, flow string, in any) {
	ask := activities.Ask{Request: s.name, Integration: s.integration()}
	if kind, in := s.requestInput(ask); in != nil {
		return workflows.RequestWorkflowID(kind, s.integration(), s.name), kind, in
	}
	if flow, in := s.upkeepInput(); in != nil {
		return workflows.ScheduleID(flow, s.integration()), flow, in
	}
	if in := s.loadInput(); in != nil {
		return workflows.LoadWorkflowID(workflows.FlowProducts, s.integration()), workflows.FlowProducts, in
	}
	if flow, in := s.catalogInput(); in != nil {
		return workflows.ScheduleID(flow, s.integration()), flow, in
	}
	switch s.workflow {
	case "PushOrder":
		return workflows.OrderWorkflowID(s.integration(), "a1"), workflows.FlowOrders,
			workflows.PushOrderInput{Integration: s.integration(), OrderID: "a1", Number: "2026.123", Marker: 7}
	case "FindDoubles":
		return workflows.ScheduleID(workflows.FlowDoubles, s.integration()), workflows.FlowDoubles,
			workflows.FindDoublesInput{Integration: s.integration()}
	case "CloseDays":
		return workflows.ScheduleID(workflows.FlowDayTotals, s.integration()), workflows.FlowDayTotals,
			workflows.CloseDaysInput{Integration: s.integration()}
	case "WakeOrders":
		return workflows.ScheduleID(workflows.FlowWake, s.integration()), workflows.FlowWake,
			workflows.WakeOrdersInput{Integration: s.integration()}
	case "TestConnection":
		return workflows.ConnectionTestID(s.integration(), "mplus", ""), workflows.RequestTest,
			workflows.TestConnectionInput{Integration: s.integration(), System: "mplus"}
	case "ConnectSystem":
		return workflows.ConsentID(s.integration(), "accountview", "c1"), workflows.RequestConnect,
			workflows.ConnectSystemInput{Integration: s.integration(), System: "accountview", Consent: "c1"}
	default:
		return workflows.ScheduleID(workflows.FlowOrders, s.integration()), workflows.FlowOrders,
			workflows.SyncOrdersInput{Integration: s.integration(), Keys: s.keys}
	}
}

type recorder struct {
	scenario
	temporal client.Client
	folder   string
}

func (r recorder) record(ctx context.Context) error {
	id, flow, in := r.input()
	run, err := r.temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: id, TaskQueue: workflows.QueueSync,
		TypedSearchAttributes: workflows.SearchAttributes(r.integration(), flow, ""),
	}, r.workflow, in)
	if err != nil {
		return err
	}
	first := run.GetRunID()
	for range r.parkings {
		if err := r.decideWhenParked(ctx, id, workflows.UpdateRetry); err != nil {
			return err
		}
	}
	for sent := range r.fixes {
		fix := workflows.FixOrder{FixID: fmt.Sprintf("01a210fa-9033-7af2-ad1f-%012d", sent)}
		err := r.decideWhenParked(ctx, id, workflows.UpdateFix, fix)
		if accepted := sent == r.fixes-1; (err == nil) != accepted {
			return fmt.Errorf("a fix was answered otherwise than its scenario says: %w", err)
		}
	}
	if r.woken {
		if err := r.whenParked(ctx, id); err != nil {
			return err
		}
		if err := r.temporal.SignalWorkflow(ctx, id, "", workflows.SignalWoken, workflows.Woken{Cause: "article_arrived"}); err != nil {
			return err
		}
	}
	for _, d := range r.decisions {
		if err := r.decideWhenParked(ctx, id, d.update, d.in); err != nil {
			return err
		}
	}
	if r.skipped {
		if err := r.decideWhenParked(ctx, id, workflows.UpdateSkip, workflows.SkipOrder{ReasonCode: domain.SkipDoneByHand}); err != nil {
			return err
		}
	}
	var result struct{ Outcome string }
	err = run.Get(ctx, &result)
	if (err != nil) != r.fails || result.Outcome != r.outcome && !r.fails {
		return fmt.Errorf("the run ended otherwise than its scenario says: outcome %q, %w", result.Outcome, err)
	}
	described, err := r.temporal.DescribeWorkflowExecution(ctx, id, "")
	if err != nil {
		return err
	}
	last := described.GetWorkflowExecutionInfo().GetExecution().GetRunId()
	if (last != first) != (r.before != "") {
		return errors.New("the run was continued otherwise than its scenario says")
	}
	if r.before != "" {
		if err := r.write(ctx, &commonpb.WorkflowExecution{WorkflowId: id, RunId: first}, r.before); err != nil {
			return err
		}
	}
	return r.write(ctx, &commonpb.WorkflowExecution{WorkflowId: id, RunId: last}, r.name)
}

// whenParked waits until nothing is under way any more, which is when the order
// waits for a person.
func (r recorder) whenParked(ctx context.Context, id string) error {
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	for {
		d, err := r.temporal.DescribeWorkflowExecution(ctx, id, "")
		if err != nil {
			return err
		}
		if d.GetWorkflowExecutionInfo().GetStatus() != enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING {
			return errors.New("the run ended before it was parked")
		}
		if d.GetPendingWorkflowTask() == nil && len(d.GetPendingActivities()) == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
	}
}

// decideWhenParked is the person that the order waits for.
func (r recorder) decideWhenParked(ctx context.Context, id, update string, args ...any) error {
	if err := r.whenParked(ctx, id); err != nil {
		return err
	}
	handle, err := r.temporal.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		WorkflowID: id, UpdateName: update, Args: args, WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err != nil {
		return err
	}
	return handle.Get(ctx, nil)
}

func (r recorder) write(ctx context.Context, run *commonpb.WorkflowExecution, name string) error {
	var history historypb.History
	events := r.temporal.GetWorkflowHistory(ctx, run.GetWorkflowId(), run.GetRunId(), false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		if err != nil {
			return err
		}
		if queue := event.GetWorkflowTaskScheduledEventAttributes().GetTaskQueue(); queue.GetNormalName() != "" {
			// A sticky queue is named after the machine.
			queue.Name, queue.NormalName, queue.Kind = queue.GetNormalName(), "", enumspb.TASK_QUEUE_KIND_NORMAL
		}
		history.Events = append(history.Events, event)
	}
	text, err := temporalproto.CustomJSONMarshalOptions{Indent: " "}.Marshal(&history)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(r.folder, 0o755); err != nil {
		return err
	}
	file, err := os.OpenFile(filepath.Join(r.folder, name+".json"), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = io.WriteString(file, string(text)+"\n")
	return errors.Join(err, file.Close())
}
