package workflows

import (
	"errors"
	"fmt"
	"time"

	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
)

// PauseLoad lets an initial load stand still.
type PauseLoad struct {
	By string `json:"by,omitempty"` // who asks
}

// ResumeLoad lets it go on.
type ResumeLoad struct {
	By string `json:"by,omitempty"` // who asks
}

// SetPace says how fast an initial load may go.
type SetPace struct {
	PerMinute int    `json:"perMinute"` // records; 0: as fast as the limits of both systems allow
	By        string `json:"by,omitempty"`
}

// MostPerMinute is the fastest pace that can be asked for.
const MostPerMinute = 1_000_000

// somebody is who decides without a name.
const somebody = "somebody"

// listen takes what people decide of the load, and tells them how far it is.
func (l *loadCatalog) listen(ctx workflow.Context) error {
	return errors.Join(
		workflow.SetQueryHandler(ctx, QueryProgress, l.progress),
		workflow.SetUpdateHandlerWithOptions(ctx, UpdatePause, l.pause, workflow.UpdateHandlerOptions{
			Description: `Let the load stand still, after the page that is under way: {"by": "name"}. It stays so until somebody resumes it.`,
			Validator: func(in PauseLoad) error {
				if l.Load.Paused {
					return errors.New("the load is paused already")
				}
				return l.mayDecide(in.By)
			},
		}),
		workflow.SetUpdateHandlerWithOptions(ctx, UpdateResume, l.resume, workflow.UpdateHandlerOptions{
			Description: `Let a paused load go on where it was: {"by": "name"}.`,
			Validator: func(in ResumeLoad) error {
				if !l.Load.Paused {
					return errors.New("the load is not paused")
				}
				return l.mayDecide(in.By)
			},
		}),
		workflow.SetUpdateHandlerWithOptions(ctx, UpdateSetPace, l.setPace, workflow.UpdateHandlerOptions{
			Description: `Say how many records a minute the load may do: {"perMinute": 600}. 0: as many as the limits of both systems allow.`,
			Validator: func(in SetPace) error {
				if problem := PaceProblem(in.PerMinute); problem != "" {
					return errors.New(problem)
				}
				return l.mayDecide(in.By)
			},
		}),
	)
}

// PaceProblem says what is wrong with a pace; empty when nothing is.
func PaceProblem(perMinute int) string {
	if perMinute < 0 || perMinute > MostPerMinute {
		return fmt.Sprintf("the pace is 0, for as fast as possible, to %d records a minute", MostPerMinute)
	}
	return ""
}

func (l *loadCatalog) mayDecide(by string) error {
	switch {
	case by != "" && !domain.IsRecordKey(by):
		return errors.New("who decides is named by a short text without control characters")
	case l.run.Result.Outcome == OutcomeDone:
		return errors.New("the load is done")
	default:
		return nil
	}
}

func (l *loadCatalog) pause(ctx workflow.Context, in PauseLoad) error {
	l.Load.Paused, l.Load.PausedBy, l.Load.PausedAt, l.changed = true, in.By, workflow.Now(ctx), true
	if in.By == "" {
		l.Load.PausedBy = somebody
	}
	return nil
}

func (l *loadCatalog) resume(workflow.Context, ResumeLoad) error {
	l.Load.Paused, l.Load.PausedBy, l.changed = false, "", true
	if l.Load.Failure.Code != "" { // who resumes knows better than the clock of an outage
		l.Load.Failure, l.Load.Tries, l.Load.Due = activities.Failure{}, 0, time.Time{}
	}
	return nil
}

func (l *loadCatalog) setPace(ctx workflow.Context, in SetPace) error {
	l.PerMinute, l.changed = in.PerMinute, true
	if l.Load.Failure.Code == "" { // an outage is waited out whatever the pace
		l.Load.Due = workflow.Now(ctx)
	}
	l.Load.Laps = nil // they tell the speed of another pace
	return nil
}
