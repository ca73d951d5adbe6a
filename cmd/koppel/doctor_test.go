package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/app"
)

func TestShowDiagnosis_SaysWhatWasFoundAndWhatToDo(t *testing.T) {
	t.Parallel()
	d := app.Diagnosis{
		House: []domain.Check{{Name: "tables", Outcome: domain.CheckOK}},
		Systems: []app.SystemDiagnosis{{
			System: "mplus",
			Checks: []domain.Check{
				{Name: "reach", Outcome: domain.CheckFailed, Code: "certificate_expired"},
				{Name: "call", About: "getOrders", Outcome: domain.CheckNotRun},
			},
			Assumptions: []domain.Assumption{
				{Row: "mplus 1", Topic: "scale", Path: "mplus.percent_scale", Assumed: "hundredths", Found: "whole", Set: "whole"},
				{Row: "mplus 2", Topic: "stock", Assumed: "yes", How: "Ask the till's supplier."},
				{Row: "mplus 3", Topic: "order", Path: "mplus.page_order", Assumed: "any", Found: "any"},
			},
		}},
	}
	d.Coverage = []domain.Check{{Name: "lookup", About: "employee", Outcome: domain.CheckWarns, Code: "lookup_not_covering", Found: "1 of 2 have no row: 7"}}
	require.True(t, d.NeedsPerson())
	var out bytes.Buffer
	require.NoError(t, showDiagnosis(&out, d))
	for _, want := range []string{
		domain.ReasonFor("certificate_expired").Words, domain.ReasonFor("certificate_expired").Fix, "set mplus.percent_scale: whole",
		"cannot be settled by reading", "Ask the till's supplier.", "nothing: it agrees", "not_run",
		"employee", "1 of 2 have no row: 7", domain.ReasonFor("lookup_not_covering").Fix,
	} {
		require.Contains(t, out.String(), want)
	}
}

func TestDiagnosis_NeedsAPersonOnlyWhereSomethingIsWrong(t *testing.T) {
	t.Parallel()
	fine := app.Diagnosis{
		House: []domain.Check{{Name: "public_url", Outcome: domain.CheckWarns, Code: "public_url_missing"}},
		Systems: []app.SystemDiagnosis{{Assumptions: []domain.Assumption{
			{Row: "mplus 2", How: "Ask."}, // what cannot be settled is no reason to stop
		}}},
	}
	fine.Coverage = []domain.Check{{Outcome: domain.CheckWarns, Code: "lookup_not_covering"}} // what happens then is for the document to say
	require.False(t, fine.NeedsPerson())
	fine.Systems[0].Assumptions[0].Set = "whole"
	require.True(t, fine.NeedsPerson(), "a setting that the live system contradicts")
}
