package testkit

import (
	"context"
	"errors"
	"sync"

	"go.temporal.io/api/common/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
)

// Schedules are those of a Temporal in memory: as much of one as makes, reads and
// changes schedules.
type Schedules struct {
	client.Client
	Reading func(id string) // called before a schedule is read; nil: nothing is

	mu     sync.Mutex
	kept   map[string]client.ScheduleDescription
	writes int
}

// ScheduleClient implements client.Client.
func (s *Schedules) ScheduleClient() client.ScheduleClient { return schedulesClient{of: s} }

// Kept gives a schedule as it stands.
func (s *Schedules) Kept(id string) (_ client.Schedule, there bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept, there := s.kept[id]
	return kept.Schedule, there
}

// Change changes a schedule as a person does, or an earlier build did.
func (s *Schedules) Change(id string, change func(*client.ScheduleDescription)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept := s.kept[id]
	change(&kept)
	s.kept[id] = kept
}

// Writes counts what was written so far.
func (s *Schedules) Writes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.writes
}

func (s *Schedules) put(id string, schedule client.Schedule, attributes *temporal.SearchAttributes) error {
	if action, ok := schedule.Action.(*client.ScheduleWorkflowAction); ok {
		encoded := *action
		encoded.Args = nil
		for _, arg := range action.Args {
			payload, kept := arg.(*common.Payload)
			if !kept {
				var err error
				if payload, err = converter.GetDefaultDataConverter().ToPayload(arg); err != nil {
					return err
				}
			}
			encoded.Args = append(encoded.Args, payload)
		}
		schedule.Action = &encoded
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	description := s.kept[id]
	description.Schedule = schedule
	if attributes != nil {
		description.TypedSearchAttributes = *attributes
	}
	if s.kept == nil {
		s.kept = map[string]client.ScheduleDescription{}
	}
	s.kept[id] = description
	s.writes++
	return nil
}

type schedulesClient struct {
	client.ScheduleClient
	of *Schedules
}

func (c schedulesClient) Create(_ context.Context, o client.ScheduleOptions) (client.ScheduleHandle, error) {
	if _, there := c.of.Kept(o.ID); there {
		return nil, temporal.ErrScheduleAlreadyRunning
	}
	return scheduleHandle{of: c.of, id: o.ID}, c.of.put(o.ID, client.Schedule{
		Action: o.Action, Spec: &o.Spec, State: &client.ScheduleState{Paused: o.Paused, Note: o.Note},
		Policy: &client.SchedulePolicies{Overlap: o.Overlap, CatchupWindow: o.CatchupWindow, PauseOnFailure: o.PauseOnFailure},
	}, &o.TypedSearchAttributes)
}

func (c schedulesClient) GetHandle(_ context.Context, id string) client.ScheduleHandle {
	return scheduleHandle{of: c.of, id: id}
}

type scheduleHandle struct {
	client.ScheduleHandle
	of *Schedules
	id string
}

func (h scheduleHandle) Describe(context.Context) (*client.ScheduleDescription, error) {
	if h.of.Reading != nil {
		h.of.Reading(h.id)
	}
	h.of.mu.Lock()
	defer h.of.mu.Unlock()
	kept, there := h.of.kept[h.id]
	if !there {
		return nil, serviceerror.NewNotFound("no such schedule")
	}
	return &kept, nil
}

func (h scheduleHandle) Update(ctx context.Context, o client.ScheduleUpdateOptions) error {
	described, err := h.Describe(ctx)
	if err != nil {
		return err
	}
	update, err := o.DoUpdate(client.ScheduleUpdateInput{Description: *described})
	if errors.Is(err, temporal.ErrSkipScheduleUpdate) {
		return nil
	}
	if err != nil {
		return err
	}
	return h.of.put(h.id, *update.Schedule, update.TypedSearchAttributes)
}

func (h scheduleHandle) Pause(ctx context.Context, o client.SchedulePauseOptions) error {
	return h.state(ctx, client.ScheduleState{Paused: true, Note: o.Note})
}

func (h scheduleHandle) Unpause(ctx context.Context, o client.ScheduleUnpauseOptions) error {
	return h.state(ctx, client.ScheduleState{Note: o.Note})
}

func (h scheduleHandle) state(ctx context.Context, state client.ScheduleState) error {
	described, err := h.Describe(ctx)
	if err != nil {
		return err
	}
	described.Schedule.State = &state
	return h.of.put(h.id, described.Schedule, nil)
}

// ExecuteWorkflow takes note of nothing: no workflow runs here.
func (s *Schedules) ExecuteWorkflow(context.Context, client.StartWorkflowOptions, any, ...any) (client.WorkflowRun, error) {
	return nil, nil //nolint:nilnil // whoever starts one here does not wait for it
}
