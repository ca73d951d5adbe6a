package workflows_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/workflows"
)

func TestSyncCatalog_ManyNamedRecordsAreGoneThroughInBatches(t *testing.T) {
	t.Parallel()
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	env.RegisterActivity(catalog)
	keys := make([]string, 501)
	for i := range keys {
		keys[i] = fmt.Sprint(i)
	}
	var seen []string
	var batches []int
	env.OnActivity(catalog.CarryProducts, mock.Anything, mock.Anything).Return(func(_ context.Context, in activities.CarryInput) (activities.CarryResult, error) {
		seen, batches = append(seen, in.Keys...), append(batches, len(in.Keys))
		return activities.CarryResult{Place: activities.CatalogPlace{Mode: activities.ModeKeys, Pages: in.Place.Pages + 1}, Count: activities.CatalogCount{Read: len(in.Keys)}}, nil
	})
	env.ExecuteWorkflow(workflows.SyncProducts, workflows.SyncCatalogInput{Integration: "shop", Keys: keys})
	require.NoError(t, env.GetWorkflowError())
	var out workflows.SyncCatalogResult
	require.NoError(t, env.GetWorkflowResult(&out))
	require.Equal(t, keys, seen)
	require.Equal(t, []int{200, 200, 101}, batches)
	require.Equal(t, 501, out.Count.Read)
}
