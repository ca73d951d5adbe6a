package workflows_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/workflows"
)

var previews *activities.Previews // nil on purpose: it only names activities

// asked is what a person asked in these tests.
var asked = activities.Ask{Request: "r1", Integration: "shop"}

func newRequest(t *testing.T) *testsuite.TestWorkflowEnvironment {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	env.RegisterWorkflow(workflows.PreviewRecords)
	env.RegisterWorkflow(workflows.DryRunFlow)
	env.RegisterWorkflow(workflows.WhatIf)
	env.RegisterActivity(previews)
	t.Cleanup(func() { env.AssertExpectations(t) })
	return env
}

// ends expects the one end of the request, and gives what it was told.
func ends(env *testsuite.TestWorkflowEnvironment) *activities.EndRequestInput {
	var told activities.EndRequestInput
	env.OnActivity(previews.EndRequest, mock.Anything, mock.Anything).Run(func(args mock.Arguments) {
		told = args.Get(1).(activities.EndRequestInput)
	}).Return(nil).Once()
	return &told
}

func refused(kind, code string, final bool) error {
	return temporal.NewApplicationErrorWithOptions(kind+": "+code, kind, temporal.ApplicationErrorOptions{
		NonRetryable: final, Details: []any{activities.Failure{Kind: kind, Code: code, Words: "2026-01/w"}},
	})
}

func result[T any](t *testing.T, env *testsuite.TestWorkflowEnvironment) T {
	t.Helper()
	require.NoError(t, env.GetWorkflowError())
	var out T
	require.NoError(t, env.GetWorkflowResult(&out))
	return out
}

func lines(outcome string, records int) activities.Tally {
	return activities.Tally{{Entity: "order", Outcome: outcome, Records: records}}
}

func TestPreviewRecords_TellsWhereTheAnswerIs(t *testing.T) {
	t.Parallel()
	env := newRequest(t)
	env.OnActivity(previews.PreviewOrders, mock.Anything, activities.PreviewOrdersInput{Ask: asked, Keys: []string{"2026.1"}}).
		Return(activities.PreviewOrdersResult{Results: "2026-01/a", Tally: lines("created", 1)}, nil).Once()
	told := ends(env)
	env.ExecuteWorkflow(workflows.PreviewRecords, workflows.PreviewRecordsInput{Ask: asked, Entity: domain.EntityOrder, Keys: []string{"2026.1"}})

	out := result[workflows.PreviewRecordsResult](t, env)
	require.Equal(t, workflows.OutcomeDone, out.Outcome)
	require.Equal(t, []string{"2026-01/a"}, out.Results)
	require.Equal(t, []string{"2026-01/a"}, told.Results)
	require.Equal(t, activities.RequestSummary{Records: 1, Tally: lines("created", 1)}, told.Summary)
	require.Empty(t, told.Failure.Code)
	progress, err := env.QueryWorkflow(workflows.QueryProgress)
	require.NoError(t, err)
	var at workflows.RequestProgress
	require.NoError(t, progress.Get(&at))
	require.Equal(t, workflows.RequestProgress{Step: "PreviewOrders", Done: 1}, at)
}

func TestPreviewRecords_DebtorsArePreviewedAsCustomersOfTheTill(t *testing.T) {
	t.Parallel()
	env := newRequest(t)
	tally := activities.Tally{{Entity: "relation", Outcome: "created", Records: 1}}
	env.OnActivity(previews.PreviewCustomers, mock.Anything, activities.PreviewCustomersInput{Ask: asked, Keys: []string{"10001"}}).
		Return(activities.PreviewCustomersResult{Results: "2026-01/a", Tally: tally}, nil).Once()
	told := ends(env)
	env.ExecuteWorkflow(workflows.PreviewRecords, workflows.PreviewRecordsInput{Ask: asked, Entity: domain.EntityRelation, Keys: []string{"10001"}})
	require.Equal(t, []string{"2026-01/a"}, result[workflows.PreviewRecordsResult](t, env).Results)
	require.Equal(t, activities.RequestSummary{Records: 1, Tally: tally}, told.Summary)
}

func TestRequests_WhatGoesWrongIsToldToWhoAskedAndFailsNoRun(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err     error
		outcome string
		code    string
	}{
		"a bad draft":           {refused("Misconfigured", "document_refused", true), workflows.OutcomeFailed, "document_refused"},
		"refused credentials":   {refused("Unauthorized", "credentials_refused", true), workflows.OutcomeFailed, "credentials_refused"},
		"a system that is away": {refused("Unavailable", "connection_refused", false), workflows.OutcomeUnavailable, "connection_refused"},
		"nobody foresaw it":     {errors.New("?"), workflows.OutcomeFailed, "unforeseen"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			preview := newRequest(t)
			preview.OnActivity(previews.PreviewOrders, mock.Anything, mock.Anything).Return(activities.PreviewOrdersResult{}, c.err)
			told := ends(preview)
			preview.ExecuteWorkflow(workflows.PreviewRecords, workflows.PreviewRecordsInput{Ask: asked})
			require.Equal(t, c.outcome, result[workflows.PreviewRecordsResult](t, preview).Outcome)
			require.Equal(t, c.code, told.Failure.Code)

			dry := newRequest(t)
			dry.OnActivity(previews.DryRunOrders, mock.Anything, mock.Anything).Return(activities.DryRunOrdersResult{}, c.err)
			told = ends(dry)
			dry.ExecuteWorkflow(workflows.DryRunFlow, workflows.DryRunFlowInput{Ask: asked})
			require.Equal(t, c.outcome, result[workflows.DryRunFlowResult](t, dry).Outcome)
			require.Equal(t, c.code, told.Failure.Code)

			whatIf := newRequest(t)
			whatIf.OnActivity(previews.ReadSchemas, mock.Anything, mock.Anything).Return(activities.ReadSchemasResult{}, c.err)
			told = ends(whatIf)
			whatIf.ExecuteWorkflow(workflows.WhatIf, workflows.WhatIfInput{Ask: asked})
			require.Equal(t, c.outcome, result[workflows.WhatIfResult](t, whatIf).Outcome)
			require.Equal(t, c.code, told.Failure.Code)
		})
	}
}

func TestDryRunFlow_GoesPageByPageUntilTheTillHasNoMore(t *testing.T) {
	t.Parallel()
	env := newRequest(t)
	first := activities.DryRunOrdersInput{Ask: asked, Most: workflows.MostDryRun}
	env.OnActivity(previews.DryRunOrders, mock.Anything, first).
		Return(activities.DryRunOrdersResult{Results: "a", State: "s1", Markers: map[domain.SourceKind]int64{domain.SourceOrder: 10}, More: true, Tally: lines("created", 10)}, nil).Once()
	second := activities.DryRunOrdersInput{Ask: asked, Markers: map[domain.SourceKind]int64{domain.SourceOrder: 10}, State: "s1", Most: workflows.MostDryRun - 10}
	env.OnActivity(previews.DryRunOrders, mock.Anything, second).
		Return(activities.DryRunOrdersResult{Results: "b", State: "s2", Markers: map[domain.SourceKind]int64{domain.SourceOrder: 12}, Tally: lines("created", 2)}, nil).Once()
	told := ends(env)
	env.ExecuteWorkflow(workflows.DryRunFlow, workflows.DryRunFlowInput{Ask: asked, Flow: workflows.FlowOrders})

	out := result[workflows.DryRunFlowResult](t, env)
	require.Equal(t, []string{"a", "b"}, out.Results)
	require.Equal(t, lines("created", 12), out.Tally)
	require.False(t, out.More)
	require.Equal(t, 12, told.Summary.Records)
}

func TestDryRunFlow_TakesNoMoreThanItMay(t *testing.T) {
	t.Parallel()
	env := newRequest(t)
	env.OnActivity(previews.DryRunOrders, mock.Anything, mock.Anything).
		Return(activities.DryRunOrdersResult{More: true, Tally: lines("created", 10)}, nil).Times(2)
	ends(env)
	env.ExecuteWorkflow(workflows.DryRunFlow, workflows.DryRunFlowInput{Ask: asked, Most: 20})
	require.True(t, result[workflows.DryRunFlowResult](t, env).More)
}

func TestDryRunFlow_NamedRecordsComeInPagesAndNoOthers(t *testing.T) {
	t.Parallel()
	env := newRequest(t)
	keys := make([]string, activities.DryRunPage+1)
	for i := range keys {
		keys[i] = string(rune('a' + i))
	}
	var pages [][]string
	env.OnActivity(previews.DryRunOrders, mock.Anything, mock.Anything).Run(func(args mock.Arguments) {
		pages = append(pages, args.Get(1).(activities.DryRunOrdersInput).Keys)
	}).Return(activities.DryRunOrdersResult{Tally: lines("created", 1)}, nil).Times(2)
	ends(env)
	env.ExecuteWorkflow(workflows.DryRunFlow, workflows.DryRunFlowInput{Ask: asked, Keys: keys})
	require.False(t, result[workflows.DryRunFlowResult](t, env).More)
	require.Equal(t, [][]string{keys[:activities.DryRunPage], keys[activities.DryRunPage:]}, pages)
}

func TestWhatIf_AddsUpItsPages(t *testing.T) {
	t.Parallel()
	env := newRequest(t)
	from, until := domain.Date{Year: 2026, Month: 1, Day: 1}, domain.Date{Year: 2026, Month: 1, Day: 31}
	at := time.Date(2026, 1, 3, 0, 0, 0, 0, time.UTC)
	env.OnActivity(previews.ReadSchemas, mock.Anything, asked).Return(activities.ReadSchemasResult{Schemas: "sch"}, nil).Once()
	in := activities.CompareOrdersInput{Ask: asked, From: from, Until: until, Schemas: "sch"}
	env.OnActivity(previews.CompareOrders, mock.Anything, in).
		Return(activities.CompareOrdersResult{State: "s1", Seen: 500, After: at, AfterID: "x", More: true, Tally: lines("differs", 3)}, nil).Once()
	in.State, in.After, in.AfterID = "s1", at, "x"
	env.OnActivity(previews.CompareOrders, mock.Anything, in).
		Return(activities.CompareOrdersResult{Results: "r", Seen: 20, Tally: lines("differs", 1)}, nil).Once()
	told := ends(env)
	env.ExecuteWorkflow(workflows.WhatIf, workflows.WhatIfInput{Ask: asked, From: from, Until: until})

	out := result[workflows.WhatIfResult](t, env)
	require.Equal(t, []string{"r"}, out.Results)
	require.Equal(t, lines("differs", 4), out.Tally)
	require.Equal(t, 520, told.Summary.Records)
}

func TestWhatIf_ContinuesAsNewWhenTheServerAdvisesItAndGoesOnFromThere(t *testing.T) {
	t.Parallel()
	env := newRequest(t)
	env.SetContinueAsNewSuggested(true)
	env.OnActivity(previews.ReadSchemas, mock.Anything, asked).Return(activities.ReadSchemasResult{Schemas: "sch"}, nil).Once()
	env.OnActivity(previews.CompareOrders, mock.Anything, mock.Anything).
		Return(activities.CompareOrdersResult{State: "s1", Seen: 500, AfterID: "x", More: true, Tally: lines("differs", 3)}, nil).Once()
	env.ExecuteWorkflow(workflows.WhatIf, workflows.WhatIfInput{Ask: asked})

	var again *workflow.ContinueAsNewError
	require.ErrorAs(t, env.GetWorkflowError(), &again)
	var in workflows.WhatIfInput
	require.NoError(t, converter.GetDefaultDataConverter().FromPayloads(again.Input, &in))
	require.Equal(t, workflows.WhatIfTally{Schemas: "sch", State: "s1", AfterID: "x", Seen: 500, Tally: lines("differs", 3)}, in.Tally)

	second := newRequest(t)
	second.OnActivity(previews.CompareOrders, mock.Anything, activities.CompareOrdersInput{Ask: asked, Schemas: "sch", State: "s1", AfterID: "x"}).
		Return(activities.CompareOrdersResult{Results: "r", Seen: 1, Tally: lines("same", 1)}, nil).Once()
	told := ends(second)
	second.ExecuteWorkflow(workflows.WhatIf, in)
	require.Equal(t, []string{"r"}, result[workflows.WhatIfResult](t, second).Results)
	require.Equal(t, 501, told.Summary.Records)
	require.Equal(t, lines("differs", 3).Plus(lines("same", 1)), told.Summary.Tally)
}

// Who starts one by hand names no versions: its first page settles them.
func TestRequests_LaterPagesGoByTheVersionsOfTheFirst(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		ask   activities.Ask
		under activities.Versions
	}{
		"in force": {asked, activities.Versions{Document: 3, InForce: 3}},
		"a draft":  {activities.Ask{Request: "r1", Integration: "shop", Draft: "d"}, activities.Versions{InForce: 3}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settled := c.ask
			settled.Document, settled.InForce = c.under.Document, c.under.InForce
			env := newRequest(t)
			env.OnActivity(previews.DryRunOrders, mock.Anything, activities.DryRunOrdersInput{Ask: c.ask, Most: workflows.MostDryRun}).
				Return(activities.DryRunOrdersResult{Results: "a", More: true, Tally: lines("created", 10), Under: c.under}, nil).Once()
			env.OnActivity(previews.DryRunOrders, mock.Anything, activities.DryRunOrdersInput{Ask: settled, Most: workflows.MostDryRun - 10}).
				Return(activities.DryRunOrdersResult{Results: "b", Under: c.under}, nil).Once()
			ends(env)
			env.ExecuteWorkflow(workflows.DryRunFlow, workflows.DryRunFlowInput{Ask: c.ask})
			require.Equal(t, c.under, result[workflows.DryRunFlowResult](t, env).Under)

			env = newRequest(t)
			env.OnActivity(previews.ReadSchemas, mock.Anything, c.ask).Return(activities.ReadSchemasResult{Schemas: "sch", Under: c.under}, nil).Once()
			env.OnActivity(previews.CompareOrders, mock.Anything, activities.CompareOrdersInput{Ask: settled, Schemas: "sch"}).
				Return(activities.CompareOrdersResult{Results: "r"}, nil).Once()
			ends(env)
			env.ExecuteWorkflow(workflows.WhatIf, workflows.WhatIfInput{Ask: c.ask})
			require.Equal(t, c.under, result[workflows.WhatIfResult](t, env).Under)

			env = newRequest(t)
			env.OnActivity(previews.PreviewOrders, mock.Anything, mock.Anything).Return(activities.PreviewOrdersResult{Under: c.under}, nil).Once()
			ends(env)
			env.ExecuteWorkflow(workflows.PreviewRecords, workflows.PreviewRecordsInput{Ask: c.ask})
			require.Equal(t, c.under, result[workflows.PreviewRecordsResult](t, env).Under)
		})
	}
}

func TestRequests_ACancelledOneEndsAsCancelled(t *testing.T) {
	t.Parallel()
	env := newRequest(t)
	env.OnActivity(previews.PreviewOrders, mock.Anything, mock.Anything).After(time.Hour).Return(activities.PreviewOrdersResult{}, nil).Maybe()
	env.RegisterDelayedCallback(env.CancelWorkflow, time.Second)
	env.ExecuteWorkflow(workflows.PreviewRecords, workflows.PreviewRecordsInput{Ask: asked})
	require.True(t, temporal.IsCanceledError(env.GetWorkflowError()), "%v", env.GetWorkflowError())
}
