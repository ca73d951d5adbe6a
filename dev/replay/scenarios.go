package replay

import (
	"context"
	"slices"
	"time"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/workflows"
)

// scenario is one run worth keeping. Its integration has its name.
type scenario struct {
	workflow string
	name     string
	script   script
	keys     []string // of SyncOrders
	parkings int      // how often a person retries the order
	skipped  bool     // whether a person ends it then
	fixes    int      // how often a person sends a fix; only the last one is accepted
	woken    bool     // whether what it waits for comes

	decisions []decision // what people decide, each when the run waits

	fails   bool   // whether the run itself fails
	outcome string // what the result says, when it does not
	before  string // name for the run before the continue-as-new, when there must be one
}

// all are the scenarios of the flows and of what people ask for.
func all() []scenario {
	return slices.Concat(scenarios, requestScenarios, upkeepScenarios, dayScenarios, loadScenarios, catalogScenarios())
}

var scenarios = []scenario{
	{workflow: "SyncOrders", name: "nothing_new", outcome: workflows.OutcomeDone},
	{workflow: "SyncOrders", name: "pages", outcome: workflows.OutcomeDone, script: script{pull: pages(3)}},
	{workflow: "SyncOrders", name: "named", outcome: workflows.OutcomeDone, keys: []string{"2026.123"}, script: script{
		pull: func(int) (activities.PullOrdersResult, error) {
			return activities.PullOrdersResult{Stored: 1, Waiting: 1, OrderIDs: []string{"a1"}}, nil
		},
	}},
	{workflow: "SyncOrders", name: "unavailable", outcome: workflows.OutcomeUnavailable, script: script{
		pull: func(int) (activities.PullOrdersResult, error) {
			return activities.PullOrdersResult{}, failed(fault.Unavailable, "connection_refused", "mplus getOrders")
		},
	}},
	{workflow: "SyncOrders", name: "busy", outcome: workflows.OutcomeBusy, script: script{
		pull: func(int) (activities.PullOrdersResult, error) {
			return activities.PullOrdersResult{}, failed(fault.Conflict, activities.CodeAnotherRunReads, "")
		},
	}},
	{workflow: "SyncOrders", name: "unauthorized", fails: true, script: script{
		pull: func(int) (activities.PullOrdersResult, error) {
			return activities.PullOrdersResult{}, failed(fault.Unauthorized, "till_credentials_refused", "mplus getOrders")
		},
	}},
	{workflow: "SyncOrders", name: "continued", before: "continues", outcome: workflows.OutcomeDone, script: script{pull: pages(8)}},

	{workflow: "PushOrder", name: "delivered", outcome: "delivered"},
	{workflow: "PushOrder", name: "adopted", outcome: "adopted", script: script{check: ended("adopted")}},
	{workflow: "PushOrder", name: "unchanged", outcome: "unchanged", script: script{check: ended("unchanged")}},
	{workflow: "PushOrder", name: "parked_and_retried", outcome: "delivered", parkings: 1, script: script{verify: missing(1)}},
	{workflow: "PushOrder", name: "parked_and_skipped", outcome: "skipped", parkings: 1, skipped: true, script: script{verify: missing(2)}},
	{workflow: "PushOrder", name: "fixed", outcome: "delivered", fixes: 2, script: script{verify: missing(1), fix: refuseFirst}},
	{workflow: "PushOrder", name: "woken", outcome: "delivered", woken: true, script: script{verify: missing(1)}},
	{workflow: "PushOrder", name: "rested", outcome: "delivered", script: script{check: rests(1)}},
	{workflow: "PushOrder", name: "sent_now", outcome: "delivered", parkings: 1, script: script{check: rests(100)}},
	{workflow: "PushOrder", name: "changed_on_the_way", outcome: "delivered", script: script{
		upsert: func(ctx context.Context, s *shop) error { return s.orderChanges(ctx, 9) },
		confirm: func(call int) (activities.ConfirmOrderResult, error) {
			if call == 1 {
				return activities.ConfirmOrderResult{NewerMarker: 9}, nil
			}
			return activities.ConfirmOrderResult{Outcome: "delivered", TargetID: "20260001"}, nil
		},
	}},
	{workflow: "PushOrder", name: "outage", outcome: "delivered", script: script{
		confirm: func(call int) (activities.ConfirmOrderResult, error) {
			switch call {
			case 1:
				return activities.ConfirmOrderResult{}, failed(fault.Uncertain, "no_answer_in_time", "accountview POST SO1")
			case 2, 3:
				return activities.ConfirmOrderResult{}, failed(fault.Unavailable, "connection_refused", "accountview GET SO1")
			}
			return activities.ConfirmOrderResult{Outcome: "delivered", TargetID: "20260001"}, nil
		},
	}},
	{workflow: "PushOrder", name: "changed_lines", outcome: "delivered", script: script{check: changes(reconcile.StepCounter)}},
	{workflow: "PushOrder", name: "changed_header", outcome: "updated", script: script{check: changes(reconcile.StepHeader)}},
	{workflow: "PushOrder", name: "changed_in_place", outcome: "updated", script: script{check: changes(reconcile.StepLines)}},
	{workflow: "PushOrder", name: "looked_again", outcome: "delivered", script: script{check: changes(reconcile.StepHeader, reconcile.StepCounter), again: true}},
	{workflow: "PushOrder", name: "taken_back", outcome: "countered", script: script{check: changes(reconcile.StepTakeBack)}},
	{workflow: "PushOrder", name: "continued", before: "continues", outcome: "delivered", parkings: 2, script: script{verify: missing(2)}},

	{workflow: "FindDoubles", name: "clean", outcome: workflows.OutcomeDone},
	{workflow: "FindDoubles", name: "found", outcome: workflows.OutcomeDone, script: script{
		doubles: func(int) (activities.FindDoublesResult, error) {
			return activities.FindDoublesResult{Orders: 1, Debtors: 2}, nil
		},
	}},
	{workflow: "FindDoubles", name: "unavailable", outcome: workflows.OutcomeUnavailable, script: script{
		doubles: func(int) (activities.FindDoublesResult, error) {
			return activities.FindDoublesResult{}, failed(fault.Unavailable, "connection_refused", "accountview GET SO1")
		},
	}},
	{workflow: "FindDoubles", name: "unauthorized", fails: true, script: script{
		doubles: func(int) (activities.FindDoublesResult, error) {
			return activities.FindDoublesResult{}, failed(fault.Unauthorized, "consent_expired", "accountview GET SO1")
		},
	}},

	{workflow: "WakeOrders", name: "nothing_waits", outcome: workflows.OutcomeDone},
	{workflow: "WakeOrders", name: "woke", outcome: workflows.OutcomeDone, script: script{
		wake: func(int) (activities.WakeOrdersResult, error) {
			return activities.WakeOrdersResult{Waiting: 3, Woken: 2, Document: 3}, nil
		},
	}},
	{workflow: "WakeOrders", name: "unavailable", outcome: workflows.OutcomeUnavailable, script: script{
		wake: func(int) (activities.WakeOrdersResult, error) {
			return activities.WakeOrdersResult{}, failed(fault.Unavailable, "connection_refused", "accountview GET AK1")
		},
	}},
	{workflow: "WakeOrders", name: "unauthorized", fails: true, script: script{
		wake: func(int) (activities.WakeOrdersResult, error) {
			return activities.WakeOrdersResult{}, failed(fault.Unauthorized, "consent_expired", "accountview GET AK1")
		},
	}},

	{workflow: "TestConnection", name: "works", outcome: workflows.OutcomeDone},
	{workflow: "TestConnection", name: "problem", outcome: workflows.OutcomeDone, script: script{
		probe: func(int) (activities.ProbeConnectionResult, error) {
			return activities.ProbeConnectionResult{
				Code:   "till_credentials_refused",
				Checks: []domain.Check{{Name: "reach", Outcome: domain.CheckFailed, Code: "till_credentials_refused"}},
			}, nil
		},
	}},
	{workflow: "TestConnection", name: "unavailable", outcome: workflows.OutcomeUnavailable, script: script{
		probe: func(int) (activities.ProbeConnectionResult, error) {
			return activities.ProbeConnectionResult{}, failed(fault.Unavailable, "database_unavailable", "")
		},
	}},
	{workflow: "ConnectSystem", name: "connected", outcome: workflows.OutcomeDone, script: script{
		consent: func(call int) error {
			if call == 1 {
				return failed(fault.Unavailable, "token_unavailable", "accountview POST token")
			}
			return nil
		},
	}},
	{workflow: "ConnectSystem", name: "refused", outcome: workflows.OutcomeDone, script: script{
		consent: func(int) error { return failed(fault.Unauthorized, "consent_code_refused", "accountview POST token") },
	}},
}

// pages gives this many pages, the last one empty.
func pages(count int) func(int) (activities.PullOrdersResult, error) {
	return func(call int) (activities.PullOrdersResult, error) {
		if call >= count {
			return activities.PullOrdersResult{}, nil
		}
		return activities.PullOrdersResult{Stored: 2, Waiting: 2, More: true}, nil
	}
}

func ended(outcome string) func(int, activities.Attempt) (activities.CheckOrderExistsResult, error) {
	return func(_ int, a activities.Attempt) (activities.CheckOrderExistsResult, error) {
		return activities.CheckOrderExistsResult{Attempt: a, Outcome: outcome, TargetID: "20260001"}, nil
	}
}

// changes finds that the order is booked and has changed: what is to be done about
// it, look by look.
func changes(steps ...reconcile.Step) func(int, activities.Attempt) (activities.CheckOrderExistsResult, error) {
	return func(call int, a activities.Attempt) (activities.CheckOrderExistsResult, error) {
		a.Change, a.Sequence = steps[min(call, len(steps))-1], 1
		return activities.CheckOrderExistsResult{Attempt: a}, nil
	}
}

// refuseFirst refuses the first fix.
func refuseFirst(call int) (activities.CheckFixResult, error) {
	if call == 1 {
		return activities.CheckFixResult{}, failed(fault.Invalid, "vat_differs", "check fix")
	}
	return activities.CheckFixResult{Kind: "payload"}, nil
}

// rests lets the order rest: a moment after each of the first calls, or until a
// person sends it.
func rests(calls int) func(int, activities.Attempt) (activities.CheckOrderExistsResult, error) {
	left := time.Second
	if calls > 1 {
		left = time.Hour
	}
	return func(call int, a activities.Attempt) (activities.CheckOrderExistsResult, error) {
		if call > calls || a.SendNow >= a.Marker {
			return activities.CheckOrderExistsResult{Attempt: a}, nil
		}
		return activities.CheckOrderExistsResult{Attempt: a, Rest: activities.Rest{Cause: "rests_after_change", Left: left}}, nil
	}
}

// missing refuses the products of the first calls.
func missing(calls int) func(int) error {
	return func(call int) error {
		if call > calls {
			return nil
		}
		return failed(fault.Rejected, "product_missing", "accountview GET AK1")
	}
}
