package replay

import (
	"context"
	"time"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/workflows"
)

// upkeepScript says what differs when the house is kept.
type upkeepScript struct {
	keep   func(call int) error
	forget func(call int) error
}

var upkeepScenarios = []scenario{
	{workflow: "ForgetOld", name: "done", outcome: workflows.OutcomeDone},
	{workflow: "ForgetOld", name: "interrupted", outcome: workflows.OutcomeDone, script: script{upkeep: upkeepScript{
		forget: func(call int) error {
			if call == 1 {
				return failed(fault.Unavailable, "interrupted", "")
			}
			return nil
		},
	}}},
	{workflow: "ForgetOld", name: "unavailable", outcome: workflows.OutcomeUnavailable, script: script{upkeep: upkeepScript{
		forget: func(int) error { return failed(fault.Invalid, "unforeseen", "") },
	}}},
	{workflow: "ForgetOld", name: "wrong_key", fails: true, script: script{upkeep: upkeepScript{
		keep: func(int) error { return failed(fault.Misconfigured, "master_key_wrong", "forget") },
	}}},
}

// upkeepInput is what a run of the upkeep is asked; nil for another workflow.
func (s scenario) upkeepInput() (flow string, in any) {
	switch s.workflow {
	case "ForgetOld":
		return workflows.FlowRetention, workflows.ForgetOldInput{Integration: s.integration()}
	default:
		return "", nil
	}
}

// KeepOpenPayloads keeps two.
func (s *shop) KeepOpenPayloads(_ context.Context, in activities.KeepOpenPayloadsInput) (activities.KeepOpenPayloadsResult, error) {
	if script, call := s.call(in.Integration, "KeepOpenPayloads"); script.upkeep.keep != nil {
		if err := script.upkeep.keep(call); err != nil {
			return activities.KeepOpenPayloadsResult{}, err
		}
	}
	return activities.KeepOpenPayloadsResult{Before: time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC), Kept: 2}, nil
}

// ForgetPayloads forgets a month.
func (s *shop) ForgetPayloads(_ context.Context, in activities.ForgetPayloadsInput) (activities.ForgetPayloadsResult, error) {
	if script, call := s.call(in.Integration, "ForgetPayloads"); script.upkeep.forget != nil {
		if err := script.upkeep.forget(call); err != nil {
			return activities.ForgetPayloadsResult{}, err
		}
	}
	return activities.ForgetPayloadsResult{Months: 1, Payloads: 40, Partitions: 1}, nil
}

// ForgetRecords deletes some rows.
func (s *shop) ForgetRecords(context.Context, activities.ForgetRecordsInput) (activities.ForgetRecordsResult, error) {
	return activities.ForgetRecordsResult{Outcomes: 12}, nil
}
