package workflows

import (
	"errors"
	"strings"

	"go.temporal.io/sdk/temporal"

	"github.com/koppel/koppel/activities"
)

// failureOf reads why an activity failed. An activity that ran out of time
// without saying anything is told apart from one that said what went wrong.
func failureOf(err error) activities.Failure {
	if app, ok := errors.AsType[*temporal.ApplicationError](err); ok {
		failure := activities.Failure{Kind: app.Type(), Code: "unforeseen"}
		if app.HasDetails() {
			_ = app.Details(&failure) // details are ours, but a person may have reset to an older build: kind stays
		}
		return failure
	}
	if timeout, ok := errors.AsType[*temporal.TimeoutError](err); ok {
		return activities.Failure{Kind: string(activities.KindUnavailable), Code: "no_worker_in_time", About: strings.ToLower(timeout.TimeoutType().String())}
	}
	return activities.Failure{Kind: string(activities.KindUnknown), Code: "unforeseen"}
}
