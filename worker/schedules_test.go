package worker

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"github.com/koppel/koppel/internal/testkit"
	"github.com/koppel/koppel/workflows"
)

const id = "orders/shop"

func plan(enabled bool) Plan {
	return Plan{Integration: "shop", Flow: workflows.FlowOrders, Enabled: enabled, Switch: "flows.orders.enabled", Every: time.Minute}
}

type scheduled struct {
	*testkit.Schedules
	ours Schedules
	t    *testing.T
}

func newScheduled(t *testing.T) *scheduled {
	t.Helper()
	kept := &testkit.Schedules{}
	return &scheduled{kept, Schedules{Temporal: kept, Log: slog.New(slog.DiscardHandler)}, t}
}

// follow reconciles twice, and gives the state: the second time writes nothing.
func (s *scheduled) follow(p Plan) client.ScheduleState {
	s.t.Helper()
	require.NoError(s.t, s.ours.Reconcile(s.t.Context(), p))
	writes := s.Writes()
	require.NoError(s.t, s.ours.Reconcile(s.t.Context(), p))
	require.Equal(s.t, writes, s.Writes(), "what is as it should be is not written")
	kept, there := s.Kept(id)
	if !there {
		return client.ScheduleState{Note: "none"}
	}
	return *kept.State
}

func TestReconcile_SwitchedOffIsAPauseThatSaysSo(t *testing.T) {
	t.Parallel()
	s := newScheduled(t)
	require.Equal(t, "none", s.follow(plan(false)).Note, "nothing is made that would not run")
	require.Equal(t, client.ScheduleState{}, s.follow(plan(true)))
	off := s.follow(plan(false))
	require.True(t, off.Paused)
	require.Contains(t, off.Note, "Switched off in the document (flows.orders.enabled). ")
	for range 2 {
		paused, err := s.ours.Paused(t.Context(), workflows.FlowOrders, "shop")
		require.NoError(t, err)
		require.False(t, paused, "nobody need act on it")
		stands, err := s.ours.Pause(t.Context(), workflows.FlowOrders, "shop", "credentials")
		require.NoError(t, err)
		require.False(t, stands)
	}
	require.Equal(t, client.ScheduleState{}, s.follow(plan(true)))
	s.Change(id, func(d *client.ScheduleDescription) { *d.Schedule.State = off })
	s.Change(id, func(d *client.ScheduleDescription) { d.Schedule.State.Paused = false })
	require.Equal(t, off, s.follow(plan(false)), "who unpauses it by hand has it paused again")
}

func TestReconcile_APersonsPauseAndNoteStay(t *testing.T) {
	t.Parallel()
	s := newScheduled(t)
	s.follow(plan(true))
	stands, err := s.ours.Pause(t.Context(), workflows.FlowOrders, "shop", "credentials")
	require.NoError(t, err)
	require.True(t, stands)
	byHand := client.ScheduleState{Paused: true, Note: "credentials"}
	for _, p := range []Plan{plan(true), plan(false), plan(true)} {
		require.Equal(t, byHand, s.follow(p))
		paused, err := s.ours.Paused(t.Context(), workflows.FlowOrders, "shop")
		require.NoError(t, err)
		require.True(t, paused)
		stands, err := s.ours.Pause(t.Context(), workflows.FlowOrders, "shop", "another")
		require.NoError(t, err)
		require.True(t, stands)
	}
}

// A schedule that an earlier build made, or a person changed, becomes what this
// build makes, whatever it differs in.
func TestReconcile_BringsAllOfAScheduleUpToDate(t *testing.T) {
	t.Parallel()
	fresh := newScheduled(t)
	fresh.follow(plan(true))
	want, _ := fresh.Kept(id)
	action := func(d *client.ScheduleDescription) *client.ScheduleWorkflowAction {
		return d.Schedule.Action.(*client.ScheduleWorkflowAction)
	}
	for name, earlier := range map[string]func(*client.ScheduleDescription){
		"interval":        func(d *client.ScheduleDescription) { d.Schedule.Spec.Intervals[0].Every = time.Hour },
		"jitter":          func(d *client.ScheduleDescription) { d.Schedule.Spec.Jitter = 0 },
		"time zone":       func(d *client.ScheduleDescription) { d.Schedule.Spec.TimeZoneName = "" },
		"end":             func(d *client.ScheduleDescription) { d.Schedule.Spec.EndAt = time.Unix(1, 0) },
		"catch-up window": func(d *client.ScheduleDescription) { d.Schedule.Policy.CatchupWindow = 365 * 24 * time.Hour },
		"overlap": func(d *client.ScheduleDescription) {
			d.Schedule.Policy.Overlap = enums.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL
		},
		"pause on failure":  func(d *client.ScheduleDescription) { d.Schedule.Policy.PauseOnFailure = true },
		"workflow":          func(d *client.ScheduleDescription) { action(d).Workflow = "SyncOrder" },
		"queue":             func(d *client.ScheduleDescription) { action(d).TaskQueue = "default" },
		"arguments":         func(d *client.ScheduleDescription) { action(d).Args[0] = action(d).Args[:0] },
		"more arguments":    func(d *client.ScheduleDescription) { action(d).Args = append(action(d).Args, action(d).Args[0]) },
		"search attributes": func(d *client.ScheduleDescription) { action(d).TypedSearchAttributes = temporal.NewSearchAttributes() },
		"its own search attributes": func(d *client.ScheduleDescription) {
			d.TypedSearchAttributes = workflows.SearchAttributes("shop", workflows.FlowDoubles, "")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScheduled(t)
			require.NoError(t, s.ours.Reconcile(t.Context(), plan(true)))
			s.Change(id, earlier)
			before := s.Writes()
			s.follow(plan(true))
			require.Equal(t, before+1, s.Writes())
			is, _ := s.Kept(id)
			require.Equal(t, want, is)
		})
	}
}

// plansOf are the documents in force, one after the other.
type plansOf struct {
	now    int
	wanted []Plan
}

func (p *plansOf) Plans(context.Context) ([]Plan, error) { return []Plan{p.wanted[p.now]}, nil }

func TestReconcileAll_FollowsWhatWasAppliedMeanwhile(t *testing.T) {
	t.Parallel()
	s := newScheduled(t)
	of := &plansOf{wanted: []Plan{plan(true), plan(false)}}
	s.Reading = func(string) { // an apply that is quicker
		if of.now == 0 {
			of.now = 1
			require.NoError(t, s.ours.Reconcile(t.Context(), plan(false)))
		}
	}
	require.NoError(t, s.ours.ReconcileAll(t.Context(), of))
	kept, there := s.Kept(id)
	require.True(t, there)
	require.True(t, kept.State.Paused)
}
