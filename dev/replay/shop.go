package replay

import (
	"context"
	"sync"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/workflows"
)

// shop answers for the activities under their production names, from the script
// of the integration that asks. It reaches no outside system.
type shop struct {
	temporal client.Client
	scripts  map[string]script // by integration

	mu    sync.Mutex
	calls map[string]int // by integration and activity
}

// script says what differs from a day on which everything works. The number is
// that of the call, from 1, retries counted.
type script struct {
	pull      func(call int) (activities.PullOrdersResult, error)
	check     func(call int, a activities.Attempt) (activities.CheckOrderExistsResult, error)
	upsert    func(ctx context.Context, s *shop) error
	verify    func(call int) error
	confirm   func(call int) (activities.ConfirmOrderResult, error)
	again     bool // a change of the header goes another way
	doubles   func(call int) (activities.FindDoublesResult, error)
	closeDays func(call int) (activities.CloseDaysResult, error)
	probe     func(call int) (activities.ProbeConnectionResult, error)
	consent   func(call int) error
	fix       func(call int) (activities.CheckFixResult, error)
	wake      func(call int) (activities.WakeOrdersResult, error)

	requests requestScript
	upkeep   upkeepScript
	catalog  catalogScript
}

func (s *shop) call(integration, name string) (script, int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[integration+"/"+name]++
	return s.scripts[integration], s.calls[integration+"/"+name]
}

// PullOrders finds nothing new unless the script says otherwise.
func (s *shop) PullOrders(_ context.Context, in activities.PullOrdersInput) (activities.PullOrdersResult, error) {
	script, call := s.call(in.Integration, "PullOrders")
	if script.pull == nil {
		return activities.PullOrdersResult{}, nil
	}
	return script.pull(call)
}

// StartOrders says that it started one workflow.
func (s *shop) StartOrders(context.Context, activities.StartOrdersInput) (activities.StartOrdersResult, error) {
	return activities.StartOrdersResult{Started: 1}, nil
}

// CheckOrderExists finds an order that still has to go.
func (s *shop) CheckOrderExists(_ context.Context, a activities.Attempt) (activities.CheckOrderExistsResult, error) {
	script, call := s.call(a.Integration, "CheckOrderExists")
	a.Document, a.Pace = 3, activities.Pace{Horizon: time.Minute, CallTimeout: time.Second}
	if script.check == nil {
		return activities.CheckOrderExistsResult{Attempt: a}, nil
	}
	return script.check(call, a)
}

// UpsertCustomer finds the debtor.
func (s *shop) UpsertCustomer(ctx context.Context, a activities.Attempt) (activities.UpsertCustomerResult, error) {
	result := activities.UpsertCustomerResult{CustomerNumber: "10001"}
	if script, call := s.call(a.Integration, "UpsertCustomer"); script.upsert != nil && call == 1 {
		return result, script.upsert(ctx, s)
	}
	return result, nil
}

// EnsureDeliveryAddress finds the address.
func (s *shop) EnsureDeliveryAddress(context.Context, activities.EnsureDeliveryAddressInput) (activities.EnsureDeliveryAddressResult, error) {
	return activities.EnsureDeliveryAddressResult{AddressCode: "A1"}, nil
}

// VerifyProducts knows every product unless the script says otherwise.
func (s *shop) VerifyProducts(_ context.Context, a activities.Attempt) error {
	if script, call := s.call(a.Integration, "VerifyProducts"); script.verify != nil {
		return script.verify(call)
	}
	return nil
}

// ConfirmOrder writes the order.
func (s *shop) ConfirmOrder(_ context.Context, in activities.ConfirmOrderInput) (activities.ConfirmOrderResult, error) {
	if script, call := s.call(in.Integration, "ConfirmOrder"); script.confirm != nil {
		return script.confirm(call)
	}
	return activities.ConfirmOrderResult{Outcome: "delivered", TargetID: "20260001"}, nil
}

// CounterOrder takes the order back.
func (s *shop) CounterOrder(context.Context, activities.ConfirmOrderInput) (activities.ConfirmOrderResult, error) {
	return activities.ConfirmOrderResult{Outcome: activities.OutcomeCountered, TargetID: "20260002"}, nil
}

// UpdateOrder changes the order, unless the script says otherwise.
func (s *shop) UpdateOrder(_ context.Context, in activities.ConfirmOrderInput) (activities.ConfirmOrderResult, error) {
	if script, _ := s.call(in.Integration, "UpdateOrder"); script.again {
		return activities.ConfirmOrderResult{Again: true}, nil
	}
	return activities.ConfirmOrderResult{Outcome: activities.OutcomeUpdated, TargetID: "20260001"}, nil
}

// ReplaceLines changes the lines of the order.
func (s *shop) ReplaceLines(context.Context, activities.ConfirmOrderInput) (activities.ConfirmOrderResult, error) {
	return activities.ConfirmOrderResult{Outcome: activities.OutcomeUpdated, TargetID: "20260001"}, nil
}

// ParkOrder shows the order to nobody.
func (s *shop) ParkOrder(context.Context, activities.ParkOrderInput) error { return nil }

// SkipOrder notes nothing.
func (s *shop) SkipOrder(context.Context, activities.SkipOrderInput) error { return nil }

// CheckFix accepts the fix unless the script says otherwise.
func (s *shop) CheckFix(_ context.Context, in activities.CheckFixInput) (activities.CheckFixResult, error) {
	if script, call := s.call(in.Integration, "CheckFix"); script.fix != nil {
		return script.fix(call)
	}
	return activities.CheckFixResult{Kind: "lookup", Document: 4}, nil
}

// WakeOrders finds nothing that waits unless the script says otherwise.
func (s *shop) WakeOrders(_ context.Context, in activities.WakeOrdersInput) (activities.WakeOrdersResult, error) {
	if script, call := s.call(in.Integration, "WakeOrders"); script.wake != nil {
		return script.wake(call)
	}
	return activities.WakeOrdersResult{}, nil
}

// PauseFlow pauses no schedule.
func (s *shop) PauseFlow(context.Context, activities.PauseFlowInput) error { return nil }

// FindDoubles finds none unless the script says otherwise.
func (s *shop) FindDoubles(_ context.Context, in activities.FindDoublesInput) (activities.FindDoublesResult, error) {
	if script, call := s.call(in.Integration, "FindDoubles"); script.doubles != nil {
		return script.doubles(call)
	}
	return activities.FindDoublesResult{}, nil
}

// ProbeConnection finds nothing wrong unless the script says otherwise.
func (s *shop) ProbeConnection(_ context.Context, in activities.ProbeConnectionInput) (activities.ProbeConnectionResult, error) {
	if script, call := s.call(in.Integration, "ProbeConnection"); script.probe != nil {
		return script.probe(call)
	}
	return activities.ProbeConnectionResult{
		Checks: []domain.Check{{Name: "reach", Outcome: domain.CheckOK, Found: "protocol 1.0.0, release 67.1.3"}},
		Lists:  []activities.ListCount{{Kind: domain.ListTillBranches, Items: 2}},
	}, nil
}

// ExchangeConsent gets tokens unless the script says otherwise.
func (s *shop) ExchangeConsent(_ context.Context, in activities.ConsentInput) error {
	if script, call := s.call(in.Integration, "ExchangeConsent"); script.consent != nil {
		return script.consent(call)
	}
	return nil
}

// EndConsent forgets nothing, for nothing was kept.
func (s *shop) EndConsent(context.Context, activities.EndConsentInput) error { return nil }

// orderChanges tells the workflow that asks that a newer version of its order arrived.
func (s *shop) orderChanges(ctx context.Context, marker int64) error {
	id := activity.GetInfo(ctx).WorkflowExecution.ID
	return s.temporal.SignalWorkflow(ctx, id, "", workflows.SignalOrderChanged, workflows.OrderChanged{Marker: marker})
}

// failed is a fault as the real activities hand it to Temporal, with short pauses.
func failed(kind fault.Kind, code, op string) error {
	return temporal.NewApplicationErrorWithOptions(fault.New(kind, code, op).Error(), string(kind), temporal.ApplicationErrorOptions{
		NonRetryable: !kind.Retryable(), NextRetryDelay: 20 * time.Millisecond,
		Details: []any{activities.Failure{Kind: string(kind), Code: code, Op: op}},
	})
}
