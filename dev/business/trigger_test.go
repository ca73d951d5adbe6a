package business

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/workflows"
)

// triggered is when each schedule was last told to run.
var triggered sync.Map

// trigger lets a flow run now, as its schedule does. Temporal names runs by the
// second, so no schedule runs twice in one.
func trigger(t *testing.T, s *stack.Stack, flow, integration string) {
	t.Helper()
	id := workflows.ScheduleID(flow, integration)
	if last, ok := triggered.Load(id); ok {
		<-time.After(time.Until(last.(time.Time).Truncate(time.Second).Add(time.Second)))
	}
	handle := s.App.Temporal.ScheduleClient().GetHandle(t.Context(), id)
	require.NoError(t, handle.Trigger(t.Context(), client.ScheduleTriggerOptions{Overlap: enums.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL}))
	triggered.Store(id, time.Now())
}
