package connectors_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

func ends(code string) func(context.Context) (string, string) {
	return func(context.Context) (string, string) { return "", code }
}

func TestLookAt_WhatFailsFirstLeavesTheRestNotRun(t *testing.T) {
	t.Parallel()
	var f domain.Findings
	more := connectors.LookAt(t.Context(), &f,
		connectors.Step{Name: "list", Look: ends("refused")},
		connectors.Step{Name: "right", Need: connectors.Needed, Look: ends("missing")},
		connectors.Step{Name: "reach", Need: connectors.First, Look: ends("gone")},
		connectors.Step{Name: "later", Look: ends("")},
	)
	require.False(t, more)
	require.Equal(t, []domain.Check{
		{Name: "list", Outcome: domain.CheckWarns, Code: "refused"},
		{Name: "right", Outcome: domain.CheckFailed, Code: "missing"},
		{Name: "reach", Outcome: domain.CheckFailed, Code: "gone"},
		{Name: "later", Outcome: domain.CheckNotRun},
	}, f.Checks)
	require.Equal(t, "missing", f.Verdict(), "the first that stops anything")
}

func TestLookAt_TimeRunsOut(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	var f domain.Findings
	more := connectors.LookAt(ctx, &f,
		connectors.Step{Name: "slow", Look: func(context.Context) (string, string) { cancel(); return "", "no_answer_in_time" }},
		connectors.Step{Name: "later", Look: ends("")},
	)
	require.False(t, more)
	require.Equal(t, connectors.CodeOutOfTime, f.Verdict())
	require.Equal(t, domain.CheckNotRun, f.Checks[1].Outcome)
}
