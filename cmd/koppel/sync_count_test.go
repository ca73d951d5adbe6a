package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/workflows"
)

func TestShowCatalogRun_CountsByOutcomeAndSaysWhy(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	require.NoError(t, showCatalogRun(&out, "products", "shop", api.AskedRun{Keys: make([]string, 12), DryRun: true}, workflows.SyncCatalogResult{
		Outcome: workflows.OutcomeDone, Mode: activities.ModeKeys, Pages: 1, Document: 4, Gone: 7, AsksGone: true,
		Count: activities.CatalogCount{
			Read: 10, Created: 1, LeftOut: 4, Parked: 2, Deferred: 1, Unchanged: 2, KeptBack: 1,
			Why: map[string]int{"filtered_record": 3, "creating_off": 1, "number_taken": 2}, ParkedWhy: map[string]int{"number_taken": 2},
		},
	}))
	text := out.String()
	require.Contains(t, text, "products: done, named records, 1 page, under version 4; nothing was written\n")
	require.Regexp(t, `(?s)read +10.*created +1.*left out +4.*filtered_record +3 +`+domain.ReasonFor("filtered_record").Words+`.*creating_off +1.*parked +2.*number_taken +2`, text)
	require.NotContains(t, text, "updated", "what did not happen is not listed")
	require.Contains(t, text, "2 named records are not in the books")
	require.Contains(t, text, "koppel sync products -i shop --approve-gone")
	require.Equal(t, 1, strings.Count(text, "number_taken"))
}

func TestShowCatalogRun_SaysWhyARunDidNotEnd(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	require.NoError(t, showCatalogRun(&out, "products", "shop", api.AskedRun{}, workflows.SyncCatalogResult{
		Outcome: workflows.OutcomeBusy, Failure: activities.Failure{Code: activities.CodeAnotherRunReads},
	}))
	require.Contains(t, out.String(), "products: busy\n")
	require.Contains(t, out.String(), domain.ReasonFor(activities.CodeAnotherRunReads).Words)
	require.NotContains(t, out.String(), "read ")
}
