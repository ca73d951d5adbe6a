package console

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"

	"github.com/koppel/koppel/workflows"
)

const (
	// schedulesTimeout bounds how long the page waits for Temporal.
	schedulesTimeout = 2 * time.Second
	// schedulesAtOnce bounds how many schedules are asked for at the same time.
	schedulesAtOnce = 8
)

// askSchedules fills in what the schedule of each flow does, and reports whether
// Temporal is down. A page without schedules is better than no page.
func (h *Handler) askSchedules(ctx context.Context, integrations []integration) (down bool) {
	ctx, cancel := context.WithTimeout(ctx, schedulesTimeout)
	defer cancel()
	var failed atomic.Bool
	var group errgroup.Group
	group.SetLimit(schedulesAtOnce)
	for i := range integrations {
		for j := range integrations[i].Flows {
			f := &integrations[i].Flows[j]
			id := workflows.ScheduleID(f.Name, integrations[i].Slug)
			f.Link = h.Links.Schedule(id)
			if f.State != flowNotKnown {
				continue
			}
			group.Go(func() error {
				if failed.Load() { // one that hangs is enough to know
					return nil
				}
				if err := h.askSchedule(ctx, id, f); err != nil && !failed.Swap(true) {
					h.Log.Warn("the status page could not read a schedule", "schedule", id, "error", err)
				}
				return nil
			})
		}
	}
	_ = group.Wait() // each goroutine keeps its own failure
	return failed.Load()
}

func (h *Handler) askSchedule(ctx context.Context, id string, f *flow) error {
	described, err := h.Temporal.ScheduleClient().GetHandle(ctx, id).Describe(ctx)
	if _, missing := errors.AsType[*serviceerror.NotFound](err); missing {
		f.State, f.Link = flowUnplanned, ""
		return nil
	}
	if err != nil {
		return err
	}
	if ran := described.Info.RecentActions; len(ran) > 0 {
		f.LastRun = ago(h.Now().Sub(ran[len(ran)-1].ActualTime))
	}
	f.State = flowRuns
	switch state := described.Schedule.State; {
	case state == nil || !state.Paused:
	case workflows.IsSwitchedOff(state.Note):
		f.State = flowBehind
	default:
		f.State, f.Note = flowPaused, state.Note
	}
	if f.State == flowRuns {
		f.Next = nextRun(described)
	}
	return nil
}

func nextRun(described *client.ScheduleDescription) clock {
	if len(described.Info.NextActionTimes) == 0 {
		return clock{}
	}
	return clockOf(described.Info.NextActionTimes[0])
}
