package workflows_test

import (
	"flag"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/workflows"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Names are published contracts: people type them in the Temporal UI, and
// running workflows wait for them. A name that changes here orphans what runs.
func TestNames_AreThePublishedOnes(t *testing.T) {
	t.Parallel()
	const golden = "testdata/names.golden"
	got := strings.Join(publishedNames(), "\n") + "\n"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

func publishedNames() []string {
	names := []string{
		"queue " + workflows.QueueSync, "queue " + workflows.QueueMplus, "queue " + workflows.QueueAccountView,
		"signal " + workflows.SignalOrderChanged, "signal " + workflows.SignalWoken, "update " + workflows.UpdateFix, "update " + workflows.UpdateRetry, "update " + workflows.UpdateSkip, "query " + workflows.QueryProgress,
		"update " + workflows.UpdatePause, "update " + workflows.UpdateResume, "update " + workflows.UpdateSetPace, "id " + workflows.LoadWorkflowID("FLOW", "INTEGRATION"),
		"attribute " + workflows.AttributeIntegration.GetName(), "attribute " + workflows.AttributeFlow.GetName(),
		"attribute " + workflows.AttributeEntityRef.GetName(), "attribute " + workflows.AttributeOutcome.GetName(),
		"schedule " + workflows.ScheduleID("FLOW", "INTEGRATION"),
		"id " + workflows.DeliveryWorkflowID("FLOW", "INTEGRATION", "DELIVERY"),
		"id " + workflows.OrderWorkflowID("INTEGRATION", "ORDER"),
		"id " + workflows.ConnectionTestID("INTEGRATION", "SYSTEM", ""), "id " + workflows.ConnectionTestID("INTEGRATION", "SYSTEM", "DRAFT"),
		"id " + workflows.ConsentID("INTEGRATION", "SYSTEM", "CONSENT"),
	}
	for _, flow := range workflows.Catalog {
		names = append(names, "flow "+flow.Name, "workflow "+functionName(flow.Run))
		if flow.Record != nil {
			names = append(names, "workflow "+functionName(flow.Record))
		}
	}
	for _, request := range workflows.Requests {
		names = append(names, "workflow "+functionName(request))
	}
	for _, subject := range []any{orders, customers, products, days, housekeeping, alerts, probes, previews, catalog} {
		of := reflect.TypeOf(subject)
		for i := range of.NumMethod() {
			names = append(names, "activity "+of.Method(i).Name)
		}
	}
	slices.Sort(names)
	return names
}

func TestNames_NoActivityNameIsUsedTwice(t *testing.T) {
	t.Parallel()
	names := publishedNames()
	require.Len(t, slices.Compact(slices.Clone(names)), len(names))
}

func functionName(f any) string {
	full := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
	return full[strings.LastIndex(full, ".")+1:]
}
