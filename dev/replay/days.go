package replay

import (
	"context"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/workflows"
)

var dayScenarios = []scenario{
	{workflow: "CloseDays", name: "nothing_to_add", outcome: workflows.OutcomeDone},
	{workflow: "CloseDays", name: "pages", outcome: workflows.OutcomeDone, script: script{closeDays: func(call int) (activities.CloseDaysResult, error) {
		return activities.CloseDaysResult{Days: 50, Stored: 50, Waiting: 50, More: call == 1, Document: 3}, nil
	}}},
	{workflow: "CloseDays", name: "unavailable", outcome: workflows.OutcomeUnavailable, script: script{closeDays: func(int) (activities.CloseDaysResult, error) {
		return activities.CloseDaysResult{}, failed(fault.Unavailable, "no_answer_in_time", "mplus getCashCountList")
	}}},
	{workflow: "CloseDays", name: "unauthorized", fails: true, script: script{closeDays: func(int) (activities.CloseDaysResult, error) {
		return activities.CloseDaysResult{}, failed(fault.Unauthorized, "till_credentials_refused", "mplus getCashCountList")
	}}},
}

// CloseDays finds no day to add up unless the script says otherwise.
func (s *shop) CloseDays(_ context.Context, in activities.CloseDaysInput) (activities.CloseDaysResult, error) {
	script, call := s.call(in.Integration, "CloseDays")
	if script.closeDays == nil {
		return activities.CloseDaysResult{}, nil
	}
	return script.closeDays(call)
}
