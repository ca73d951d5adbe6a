package workflows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/workflows"
)

func requested(t *testing.T) *testsuite.TestWorkflowEnvironment {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	env.SetTestTimeout(10 * time.Second)
	env.RegisterActivity(&activities.Probes{})
	t.Cleanup(func() { env.AssertExpectations(t) })
	return env
}

func refusedBy(kind fault.Kind, code string) error {
	return temporal.NewApplicationErrorWithOptions(code, string(kind), temporal.ApplicationErrorOptions{
		NonRetryable: !kind.Retryable(), Details: []any{activities.Failure{Kind: string(kind), Code: code}},
	})
}

func TestTestConnection_TellsWhatWasFound(t *testing.T) {
	t.Parallel()
	env := requested(t)
	found := activities.ProbeConnectionResult{
		Code: "company_not_listed", Checks: []domain.Check{{Name: "company", Outcome: domain.CheckFailed, Code: "company_not_listed"}},
		Lists: []activities.ListCount{{Kind: domain.ListBooksCompanies, Items: 2}}, Findings: "2026-11/y", Document: 3,
	}
	env.OnActivity(probes.ProbeConnection, mock.Anything,
		activities.ProbeConnectionInput{Integration: "shop", System: "accountview", Draft: "2026-11/x"}).Return(found, nil).Once()
	env.ExecuteWorkflow(workflows.TestConnection, workflows.TestConnectionInput{Integration: "shop", System: "accountview", Draft: "2026-11/x"})
	require.NoError(t, env.GetWorkflowError(), "that something is wrong is an answer")
	var result workflows.TestConnectionResult
	require.NoError(t, env.GetWorkflowResult(&result))
	require.Equal(t, workflows.TestConnectionResult{
		Outcome: workflows.OutcomeDone, Code: found.Code, Checks: found.Checks, Lists: found.Lists, Findings: "2026-11/y", Document: 3,
	}, result)
}

func TestTestConnection_ThatCannotBeMadeIsAnAnswerToo(t *testing.T) {
	t.Parallel()
	env := requested(t)
	env.OnActivity(probes.ProbeConnection, mock.Anything, mock.Anything).
		Return(activities.ProbeConnectionResult{}, refusedBy(fault.Unavailable, "database_unavailable")).Times(3)
	env.ExecuteWorkflow(workflows.TestConnection, workflows.TestConnectionInput{Integration: "shop", System: "mplus"})
	require.NoError(t, env.GetWorkflowError())
	var result workflows.TestConnectionResult
	require.NoError(t, env.GetWorkflowResult(&result))
	require.Equal(t, workflows.TestConnectionResult{Outcome: workflows.OutcomeUnavailable, Code: "database_unavailable"}, result)
}

func TestTestConnection_OfASystemThatNobodyKnows(t *testing.T) {
	t.Parallel()
	env := requested(t)
	env.ExecuteWorkflow(workflows.TestConnection, workflows.TestConnectionInput{Integration: "shop", System: "lightspeed"})
	require.NoError(t, env.GetWorkflowError())
	var result workflows.TestConnectionResult
	require.NoError(t, env.GetWorkflowResult(&result))
	require.Equal(t, "system_unknown", result.Code)
}

func TestConnectSystem_WhateverHappensTheCodeIsForgotten(t *testing.T) {
	t.Parallel()
	consent := activities.ConsentInput{Integration: "shop", Consent: "c1"}
	for name, c := range map[string]struct {
		err      error
		outcome  string
		want     workflows.ConnectSystemResult
		attempts int
	}{
		"connected": {nil, "ok", workflows.ConnectSystemResult{Outcome: workflows.OutcomeDone, Document: 3}, 1},
		"refused": {
			refusedBy(fault.Unauthorized, "consent_code_refused"), "consent_code_refused",
			workflows.ConnectSystemResult{Outcome: workflows.OutcomeDone, Code: "consent_code_refused"},
			1,
		},
		"too few rights": {
			temporal.NewApplicationErrorWithOptions("", string(fault.Unauthorized), temporal.ApplicationErrorOptions{
				NonRetryable: true, Details: []any{activities.Failure{Kind: string(fault.Unauthorized), Code: "consent_too_narrow", About: "write"}},
			}), "consent_too_narrow",
			workflows.ConnectSystemResult{Outcome: workflows.OutcomeDone, Code: "consent_too_narrow", About: "write"},
			1,
		},
		"unavailable": {
			refusedBy(fault.Unavailable, "token_unavailable"), "token_unavailable",
			workflows.ConnectSystemResult{Outcome: workflows.OutcomeUnavailable, Code: "token_unavailable"},
			5,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := requested(t)
			env.OnActivity(probes.ExchangeConsent, mock.Anything, consent).Return(activities.ConsentResult{Document: c.want.Document}, c.err).Times(c.attempts)
			env.OnActivity(probes.EndConsent, mock.Anything, activities.EndConsentInput{ConsentInput: consent, Outcome: c.outcome, About: c.want.About}).Return(nil).Once()
			env.ExecuteWorkflow(workflows.ConnectSystem, workflows.ConnectSystemInput{Integration: "shop", System: "accountview", Consent: "c1"})
			require.NoError(t, env.GetWorkflowError())
			var result workflows.ConnectSystemResult
			require.NoError(t, env.GetWorkflowResult(&result))
			require.Equal(t, c.want, result)
		})
	}
}

func TestConnectSystem_ACancelledRunForgetsTheCodeToo(t *testing.T) {
	t.Parallel()
	env := requested(t)
	env.OnActivity(probes.ExchangeConsent, mock.Anything, mock.Anything).After(time.Minute).Return(activities.ConsentResult{}, nil).Maybe()
	env.OnActivity(probes.EndConsent, mock.Anything, mock.Anything).Return(nil).Once()
	env.RegisterDelayedCallback(env.CancelWorkflow, time.Second)
	env.ExecuteWorkflow(workflows.ConnectSystem, workflows.ConnectSystemInput{Integration: "shop", System: "accountview", Consent: "c1"})
	require.True(t, temporal.IsCanceledError(env.GetWorkflowError()), "%v", env.GetWorkflowError())
}
