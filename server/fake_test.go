package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
)

// fakeTemporal remembers workflow IDs for ever, as Temporal does within its
// retention. What the server must not call panics: the embedded client is nil.
type fakeTemporal struct {
	client.Client

	mu        sync.Mutex
	failure   error
	hangs     bool
	runs      map[string]string // first run by workflow ID
	newest    map[string]string // run that continued it
	started   []startedRun
	schedules map[string]*client.ScheduleDescription
	answer    func(input any) (any, error) // what a run gives; nil: it never ends
	tells     map[string]any               // what a run answers to queries

	updates  map[string]any // what runs were told, by the name of the update
	refuses  error          // what a run answers to an update
	canceled []string
	status   enums.WorkflowExecutionStatus // of every run; 0: by whether there is an answer
}

type startedRun struct {
	options client.StartWorkflowOptions
	input   any
}

type fakeRun struct {
	client.WorkflowRun
	id, run string
	get     func() (any, error) // nil: it never ends
}

func (r fakeRun) Get(ctx context.Context, into any) error {
	if r.get == nil {
		<-ctx.Done()
		return ctx.Err()
	}
	result, err := r.get()
	if err != nil {
		return err
	}
	text, err := json.Marshal(result)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

func (r fakeRun) GetID() string    { return r.id }
func (r fakeRun) GetRunID() string { return r.run }

func newTemporal() *fakeTemporal {
	return &fakeTemporal{runs: map[string]string{}, newest: map[string]string{}, schedules: map[string]*client.ScheduleDescription{}}
}

func (f *fakeTemporal) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failure = err
}

func (f *fakeTemporal) starts() []startedRun {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.started
}

func (f *fakeTemporal) ExecuteWorkflow(_ context.Context, options client.StartWorkflowOptions, _ any, args ...any) (client.WorkflowRun, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.failure != nil {
		return nil, f.failure
	}
	if first, again := f.runs[options.ID]; again {
		if newest := f.newest[options.ID]; newest != "" {
			first = newest
		}
		return nil, serviceerror.NewWorkflowExecutionAlreadyStarted("already started", "", first)
	}
	run := fmt.Sprintf("run-%d", len(f.started)+1)
	f.runs[options.ID] = run
	f.started = append(f.started, startedRun{options: options, input: args[0]})
	made := fakeRun{id: options.ID, run: run}
	if answer := f.answer; answer != nil {
		made.get = func() (any, error) { return answer(args[0]) }
	}
	return made, nil
}

func (f *fakeTemporal) DescribeWorkflowExecution(_ context.Context, workflowID, _ string) (*workflowservice.DescribeWorkflowExecutionResponse, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.failure != nil {
		return nil, f.failure
	}
	status := enums.WORKFLOW_EXECUTION_STATUS_RUNNING
	if f.answer != nil {
		status = enums.WORKFLOW_EXECUTION_STATUS_COMPLETED
	}
	if f.status != 0 {
		status = f.status
	}
	if f.runs[workflowID] == "" {
		return nil, serviceerror.NewNotFound("no such run")
	}
	return &workflowservice.DescribeWorkflowExecutionResponse{
		WorkflowExecutionInfo: &workflow.WorkflowExecutionInfo{FirstRunId: f.runs[workflowID], Status: status},
	}, nil
}

func (f *fakeTemporal) GetWorkflow(_ context.Context, workflowID, _ string) client.WorkflowRun {
	f.mu.Lock()
	defer f.mu.Unlock()
	return fakeRun{id: workflowID, run: f.runs[workflowID], get: func() (any, error) { return f.answer(nil) }}
}

func (f *fakeTemporal) UpdateWorkflow(_ context.Context, options client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.updates == nil {
		f.updates = map[string]any{}
	}
	f.updates[options.UpdateName] = options.Args[0]
	return fakeUpdate{err: f.refuses}, nil
}

type fakeUpdate struct {
	client.WorkflowUpdateHandle
	err error
}

func (u fakeUpdate) Get(context.Context, any) error { return u.err }

func (f *fakeTemporal) CancelWorkflow(_ context.Context, workflowID, _ string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.canceled = append(f.canceled, workflowID)
	return nil
}

// QueryWorkflow gives what a run says of itself.
func (f *fakeTemporal) QueryWorkflow(_ context.Context, workflowID, _, query string, _ ...any) (converter.EncodedValue, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	told, known := f.tells[query]
	if f.runs[workflowID] == "" || !known {
		return nil, serviceerror.NewNotFound("no such run")
	}
	payloads, err := converter.GetDefaultDataConverter().ToPayloads(told)
	if err != nil {
		return nil, err
	}
	return client.NewValue(payloads), nil
}

func (f *fakeTemporal) CheckHealth(context.Context, *client.CheckHealthRequest) (*client.CheckHealthResponse, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return &client.CheckHealthResponse{}, f.failure
}

func (f *fakeTemporal) ScheduleClient() client.ScheduleClient { return fakeSchedules{fake: f} }

type fakeSchedules struct {
	client.ScheduleClient
	fake *fakeTemporal
}

func (s fakeSchedules) GetHandle(_ context.Context, id string) client.ScheduleHandle {
	return fakeSchedule{fake: s.fake, id: id}
}

type fakeSchedule struct {
	client.ScheduleHandle
	fake *fakeTemporal
	id   string
}

func (s fakeSchedule) Describe(ctx context.Context) (*client.ScheduleDescription, error) {
	s.fake.mu.Lock()
	described, failure, hangs := s.fake.schedules[s.id], s.fake.failure, s.fake.hangs
	s.fake.mu.Unlock()
	switch {
	case hangs:
		<-ctx.Done()
		return nil, ctx.Err()
	case failure != nil:
		return nil, failure
	case described == nil:
		return nil, serviceerror.NewNotFound("no such schedule")
	default:
		return described, nil
	}
}

func (s fakeSchedule) Update(ctx context.Context, options client.ScheduleUpdateOptions) error {
	described, err := s.Describe(ctx)
	if err != nil {
		return err
	}
	_, err = options.DoUpdate(client.ScheduleUpdateInput{Description: *described})
	return err
}
