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
	// Pause stops a flow's schedule and leaves a note. Pausing twice does no harm.
	Pause(ctx context.Context, flow, integration, note string) error
}

// PauseFlowInput names the flow and why nothing can pass.
type PauseFlowInput struct {
	Integration string
	Flow        string
	Failure     Failure
}

// PauseFlow stops a flow's schedule with a note that says what to do.
func (h *Housekeeping) PauseFlow(ctx context.Context, in PauseFlowInput) error {
	reason := domain.ReasonFor(in.Failure.Code)
	return h.failButTryOn(ctx, in.Integration, h.Schedules.Pause(ctx, in.Flow, in.Integration, reason.Words+" "+reason.Fix))
}
