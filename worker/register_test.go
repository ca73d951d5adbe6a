package worker

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/workflows"
)

type registry struct{ got []any }

func (r *registry) RegisterWorkflow(w any) { r.got = append(r.got, w) }

func (r *registry) RegisterWorkflowWithOptions(w any, _ workflow.RegisterOptions) {
	r.got = append(r.got, w)
}
func (r *registry) RegisterDynamicWorkflow(any, workflow.DynamicRegisterOptions) {}

func TestRegisterWorkflows_CoversTheCatalogue(t *testing.T) {
	t.Parallel()
	want := len(workflows.Requests)
	for _, flow := range workflows.Catalog {
		want++
		if flow.Record != nil {
			want++
		}
	}
	r := &registry{}
	registerWorkflows(r)
	require.Len(t, r.got, want)
}
