package activities

import (
	"context"

	"github.com/koppel/koppel/domain"
)

// Housekeeping keeps the house safe: it stops a flow that cannot go on, and
// looks for what should not be there.
type Housekeeping struct {
	*Desk
	Schedules Schedules
}

// Schedules are the users' handles on the flows.
type Schedules interface {
	// Pause stops a flow's schedule and leaves a note. Pausing twice does no harm. It
	// reports whether the flow now stands until somebody unpauses it: one without a
	// schedule does not, nor does one that its document switched off.
	Pause(ctx context.Context, flow, integration, note string) (stands bool, err error)
	// Paused reports whether a flow's schedule is paused, other than by its document.
	// One that is not there is not.
	Paused(ctx context.Context, flow, integration string) (bool, error)
	// Loads reports whether an initial load of the flow is under way, paused or not.
	Loads(ctx context.Context, flow, integration string) (bool, error)
}

// PauseFlowInput names the flow and why nothing can pass.
type PauseFlowInput struct {
	Integration string
	Flow        string
	Failure     Failure
}

// PauseFlow stops a flow's schedule with a note that says what to do, and sees to
// it that a person is told. It is paused first: who looks in between must not
// take the incident for solved.
func (h *Housekeeping) PauseFlow(ctx context.Context, in PauseFlowInput) error {
	reason := domain.ReasonFor(in.Failure.Code)
	stands, err := h.Schedules.Pause(ctx, in.Flow, in.Integration, reason.Words+" "+reason.Fix)
	if err == nil && stands {
		err = h.paused(ctx, in.Integration, in.Flow, in.Failure.Code)
	}
	return h.failButTryOn(ctx, in.Integration, err)
}
