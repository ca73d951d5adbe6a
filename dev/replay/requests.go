package replay

import (
	"context"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/workflows"
)

// requestScript says what differs when a person asks to be shown something.
type requestScript struct {
	preview func(call int) (activities.PreviewOrdersResult, error)
	dryRun  func(call int) (activities.DryRunOrdersResult, error)
	schemas func(call int) (activities.ReadSchemasResult, error)
	compare func(call int) (activities.CompareOrdersResult, error)
	price   func(call int) (activities.ExplainPriceResult, error)
}

var requestScenarios = []scenario{
	{workflow: "PreviewRecords", name: "shown", outcome: workflows.OutcomeDone},
	{workflow: "PreviewRecords", name: "refused_draft", outcome: workflows.OutcomeFailed, script: script{requests: requestScript{
		preview: func(int) (activities.PreviewOrdersResult, error) {
			return activities.PreviewOrdersResult{}, refusedDraft()
		},
	}}},
	{workflow: "PreviewRecords", name: "unavailable", outcome: workflows.OutcomeUnavailable, script: script{requests: requestScript{
		preview: func(int) (activities.PreviewOrdersResult, error) { return activities.PreviewOrdersResult{}, away() },
	}}},

	{workflow: "DryRunFlow", name: "pages", outcome: workflows.OutcomeDone, script: script{requests: requestScript{dryRun: dryPages(3)}}},
	{workflow: "DryRunFlow", name: "named", outcome: workflows.OutcomeDone, keys: []string{"2026.123"}},
	{workflow: "DryRunFlow", name: "refused_draft", outcome: workflows.OutcomeFailed, script: script{requests: requestScript{
		dryRun: func(int) (activities.DryRunOrdersResult, error) {
			return activities.DryRunOrdersResult{}, refusedDraft()
		},
	}}},
	{workflow: "DryRunFlow", name: "unavailable", outcome: workflows.OutcomeUnavailable, script: script{requests: requestScript{
		dryRun: func(int) (activities.DryRunOrdersResult, error) { return activities.DryRunOrdersResult{}, away() },
	}}},

	{workflow: "ExplainPrice", name: "explained", outcome: workflows.OutcomeDone},
	{workflow: "ExplainPrice", name: "unavailable", outcome: workflows.OutcomeUnavailable, script: script{requests: requestScript{
		price: func(int) (activities.ExplainPriceResult, error) { return activities.ExplainPriceResult{}, away() },
	}}},

	{workflow: "WhatIf", name: "compared", outcome: workflows.OutcomeDone, script: script{requests: requestScript{compare: comparePages(2)}}},
	{workflow: "WhatIf", name: "refused_draft", outcome: workflows.OutcomeFailed, script: script{requests: requestScript{
		schemas: func(int) (activities.ReadSchemasResult, error) { return activities.ReadSchemasResult{}, refusedDraft() },
	}}},
	{
		workflow: "WhatIf", name: "continued", before: "continues", outcome: workflows.OutcomeDone,
		script: script{requests: requestScript{compare: comparePages(14)}},
	},
}

func refusedDraft() error { return failed(fault.Misconfigured, "document_refused", "open document") }

func away() error { return failed(fault.Unavailable, "connection_refused", "accountview GET SO1") }

// kept stands for a reference to what is kept encrypted.
const kept = "2026-01/019b0000-0000-7000-8000-000000000000"

func counted(outcome string) activities.Tally {
	return activities.Tally{{Entity: string(domain.EntityOrder), Outcome: outcome, Records: 1, Cents: 1210}}
}

func dryPages(count int) func(int) (activities.DryRunOrdersResult, error) {
	return func(call int) (activities.DryRunOrdersResult, error) {
		return activities.DryRunOrdersResult{
			Results: kept, State: kept, Markers: map[domain.SourceKind]int64{domain.SourceOrder: int64(call)}, More: call < count, Tally: counted("created"),
		}, nil
	}
}

func comparePages(count int) func(int) (activities.CompareOrdersResult, error) {
	return func(call int) (activities.CompareOrdersResult, error) {
		if call >= count {
			return activities.CompareOrdersResult{Results: kept, Seen: 1, Tally: counted("same")}, nil
		}
		return activities.CompareOrdersResult{State: kept, Seen: 1, AfterID: "a1", More: true, Tally: counted("differs")}, nil
	}
}

// requestInput is what a request asks, if the workflow is one.
func (s scenario) requestInput(ask activities.Ask) (kind string, in any) {
	switch s.workflow {
	case "PreviewRecords":
		return workflows.RequestPreview, workflows.PreviewRecordsInput{Ask: ask, Entity: domain.EntityOrder, Last: 1}
	case "DryRunFlow":
		return workflows.RequestDryRun, workflows.DryRunFlowInput{Ask: ask, Flow: workflows.FlowOrders, Keys: s.keys}
	case "ExplainPrice":
		return workflows.RequestPrice, workflows.ExplainPriceInput{Ask: ask, Customer: "10001", SKU: "100101", Quantity: "12"}
	case "WhatIf":
		from := domain.Date{Year: 2026, Month: 1, Day: 1}
		return workflows.RequestWhatIf, workflows.WhatIfInput{Ask: ask, From: from, Until: from}
	default:
		return "", nil
	}
}

// PreviewOrders shows one order.
func (s *shop) PreviewOrders(_ context.Context, in activities.PreviewOrdersInput) (activities.PreviewOrdersResult, error) {
	if script, call := s.call(in.Integration, "PreviewOrders"); script.requests.preview != nil {
		return script.requests.preview(call)
	}
	return activities.PreviewOrdersResult{Results: kept, Tally: counted("created")}, nil
}

// ExplainPrice says what one customer pays.
func (s *shop) ExplainPrice(_ context.Context, in activities.ExplainPriceInput) (activities.ExplainPriceResult, error) {
	if script, call := s.call(in.Integration, "ExplainPrice"); script.requests.price != nil {
		return script.requests.price(call)
	}
	return activities.ExplainPriceResult{Results: kept}, nil
}

// DryRunOrders finds one order that would be made.
func (s *shop) DryRunOrders(_ context.Context, in activities.DryRunOrdersInput) (activities.DryRunOrdersResult, error) {
	if script, call := s.call(in.Integration, "DryRunOrders"); script.requests.dryRun != nil {
		return script.requests.dryRun(call)
	}
	return dryPages(1)(1)
}

// ReadSchemas reads the schemas of the books.
func (s *shop) ReadSchemas(_ context.Context, in activities.Ask) (activities.ReadSchemasResult, error) {
	if script, call := s.call(in.Integration, "ReadSchemas"); script.requests.schemas != nil {
		return script.requests.schemas(call)
	}
	return activities.ReadSchemasResult{Schemas: kept}, nil
}

// CompareOrders finds nothing that differs.
func (s *shop) CompareOrders(_ context.Context, in activities.CompareOrdersInput) (activities.CompareOrdersResult, error) {
	if script, call := s.call(in.Integration, "CompareOrders"); script.requests.compare != nil {
		return script.requests.compare(call)
	}
	return comparePages(1)(1)
}

// EndRequest tells nobody.
func (s *shop) EndRequest(context.Context, activities.EndRequestInput) error { return nil }

// PreviewCustomers shows one debtor.
func (s *shop) PreviewCustomers(_ context.Context, in activities.PreviewCustomersInput) (activities.PreviewCustomersResult, error) {
	s.call(in.Integration, "PreviewCustomers")
	return activities.PreviewCustomersResult{Results: kept, Tally: counted("created")}, nil
}
