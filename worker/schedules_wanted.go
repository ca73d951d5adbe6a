package worker

import (
	"bytes"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"time"

	"go.temporal.io/api/common/v1"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"

	"github.com/koppel/koppel/workflows"
)

// want is the schedule that this build makes for a plan.
type want struct {
	plan   Plan
	spec   client.ScheduleSpec
	policy client.SchedulePolicies
	action client.ScheduleWorkflowAction
}

func wanted(flow workflows.Flow, plan Plan) want {
	return want{
		plan: plan,
		// The jitter spreads the ticks of many integrations a little; a time zone is
		// named because the default is the server's.
		spec: client.ScheduleSpec{
			Intervals:    []client.ScheduleIntervalSpec{{Every: plan.Every}},
			Jitter:       min(plan.Every/10, time.Minute),
			TimeZoneName: "Europe/Amsterdam",
		},
		policy: client.SchedulePolicies{
			Overlap: enums.SCHEDULE_OVERLAP_POLICY_SKIP, CatchupWindow: max(3*plan.Every, time.Minute),
		},
		action: client.ScheduleWorkflowAction{
			ID:                    workflows.ScheduleID(plan.Flow, plan.Integration),
			Workflow:              nameOf(flow.Run),
			Args:                  []any{flow.Input(plan.Integration, workflows.Wanted{})},
			TaskQueue:             workflows.QueueSync,
			TypedSearchAttributes: workflows.SearchAttributes(plan.Integration, plan.Flow, ""),
		},
	}
}

// nameOf is the name under which a workflow is registered.
func nameOf(workflow any) string {
	full := runtime.FuncForPC(reflect.ValueOf(workflow).Pointer()).Name()
	return full[strings.LastIndexByte(full, '.')+1:]
}

// over brings a schedule that is there to what is wanted, and says what that
// changes; temporal.ErrSkipScheduleUpdate when nothing does.
func (w want) over(is client.ScheduleDescription) (*client.ScheduleUpdate, []string, error) {
	schedule, did := is.Schedule, []string(nil)
	if !w.sameSpec(schedule.Spec) {
		schedule.Spec, did = &w.spec, append(did, "ticks")
	}
	if schedule.Policy == nil || *schedule.Policy != w.policy {
		schedule.Policy, did = &w.policy, append(did, "policy")
	}
	if same, err := w.sameAction(schedule.Action); err != nil {
		return nil, nil, err
	} else if !same {
		schedule.Action, did = &w.action, append(did, "action")
	}
	update := &client.ScheduleUpdate{Schedule: &schedule}
	if attributes := w.action.TypedSearchAttributes; !carries(is.TypedSearchAttributes, attributes) {
		update.TypedSearchAttributes, did = &attributes, append(did, "search attributes")
	}
	state := client.ScheduleState{}
	if schedule.State != nil {
		state = *schedule.State
	}
	switch ours := state.Paused && workflows.IsSwitchedOff(state.Note); {
	case w.plan.Enabled && ours:
		state.Paused, state.Note, did = false, "", append(did, "switched on")
	case !w.plan.Enabled && !state.Paused:
		state.Paused, state.Note, did = true, workflows.SwitchedOffNote(w.plan.Switch), append(did, "switched off")
	}
	schedule.State = &state
	if len(did) == 0 {
		return nil, nil, temporal.ErrSkipScheduleUpdate
	}
	return update, did, nil
}

func (w want) sameSpec(is *client.ScheduleSpec) bool {
	return is != nil && slices.Equal(is.Intervals, w.spec.Intervals) && is.Jitter == w.spec.Jitter && is.TimeZoneName == w.spec.TimeZoneName &&
		len(is.Calendars) == 0 && len(is.Skip) == 0 && is.StartAt.IsZero() && is.EndAt.IsZero()
}

func (w want) sameAction(action client.ScheduleAction) (bool, error) {
	is, ok := action.(*client.ScheduleWorkflowAction)
	if !ok || is.ID != w.action.ID || is.Workflow != w.action.Workflow || is.TaskQueue != w.action.TaskQueue ||
		len(is.Args) != len(w.action.Args) || !carries(is.TypedSearchAttributes, w.action.TypedSearchAttributes) {
		return false, nil
	}
	for i, arg := range w.action.Args {
		payload, err := converter.GetDefaultDataConverter().ToPayload(arg)
		if err != nil {
			return false, err
		}
		if kept, ok := is.Args[i].(*common.Payload); !ok || !bytes.Equal(kept.GetData(), payload.GetData()) {
			return false, nil
		}
	}
	return true, nil
}

// carries reports whether search attributes hold all that is wanted of them. The
// server adds some of its own.
func carries(is, wanted temporal.SearchAttributes) bool {
	for _, key := range []temporal.SearchAttributeKeyKeyword{workflows.AttributeIntegration, workflows.AttributeFlow} {
		want, _ := wanted.GetKeyword(key)
		if value, ok := is.GetKeyword(key); !ok || value != want {
			return false
		}
	}
	return true
}
