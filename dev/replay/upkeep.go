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
	note   func(call int) (activities.NoteIncidentsResult, error)
	send   func(call int) error
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

	{workflow: "TellPeople", name: "nothing_new", outcome: workflows.OutcomeDone},
	{workflow: "TellPeople", name: "told", outcome: workflows.OutcomeDone, script: script{upkeep: upkeepScript{note: twoChannels}}},
	{workflow: "TellPeople", name: "channel_fails", outcome: workflows.OutcomeDone, script: script{upkeep: upkeepScript{
		note: twoChannels,
		send: func(call int) error {
			if call == 1 {
				return failed(fault.Rejected, "mail_refused", "alert send mail")
			}
			return nil
		},
	}}},
	{workflow: "TellPeople", name: "unavailable", outcome: workflows.OutcomeUnavailable, script: script{upkeep: upkeepScript{
		note: func(int) (activities.NoteIncidentsResult, error) {
			return activities.NoteIncidentsResult{}, failed(fault.Unavailable, "database_unavailable", "")
		},
	}}},
	{workflow: "TellPeople", name: "refused_document", fails: true, script: script{upkeep: upkeepScript{
		note: func(int) (activities.NoteIncidentsResult, error) {
			return activities.NoteIncidentsResult{}, refusedDraft()
		},
	}}},
}

func twoChannels(int) (activities.NoteIncidentsResult, error) {
	return activities.NoteIncidentsResult{Deliveries: []activities.Delivery{
		{Channel: "desk", ID: "0b1c", News: []int64{1, 2}}, {Channel: "chat", ID: "2d3e", Solved: []int64{3}},
	}}, nil
}

// upkeepInput is what a run of the upkeep is asked; nil for another workflow.
func (s scenario) upkeepInput() (flow string, in any) {
	switch s.workflow {
	case "ForgetOld":
		return workflows.FlowRetention, workflows.ForgetOldInput{Integration: s.integration()}
	case "TellPeople":
		return workflows.FlowAlerts, workflows.TellPeopleInput{Integration: s.integration()}
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

// NoteIncidents finds nothing to tell unless the script says otherwise.
func (s *shop) NoteIncidents(_ context.Context, in activities.NoteIncidentsInput) (activities.NoteIncidentsResult, error) {
	if script, call := s.call(in.Integration, "NoteIncidents"); script.upkeep.note != nil {
		return script.upkeep.note(call)
	}
	return activities.NoteIncidentsResult{}, nil
}

// SendAlert reaches everybody unless the script says otherwise.
func (s *shop) SendAlert(_ context.Context, in activities.SendAlertInput) (activities.SendAlertResult, error) {
	if script, call := s.call(in.Integration, "SendAlert"); script.upkeep.send != nil {
		if err := script.upkeep.send(call); err != nil {
			return activities.SendAlertResult{}, err
		}
	}
	return activities.SendAlertResult{Sent: true}, nil
}

// NoteChannel notes nothing.
func (s *shop) NoteChannel(context.Context, activities.NoteChannelInput) error { return nil }
