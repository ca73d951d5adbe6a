package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/common/v1"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// A person at Temporal's own UI or command line: no struct of ours, no command of
// ours, only what is typed there.

func (b *bundle) workflowOf(order saved) string {
	return workflows.OrderWorkflowID(stack.Integration, order.OrderID)
}

// updates sends an update as it is typed in the UI: a name and JSON.
func (b *bundle) updates(order saved, name, typed string) error {
	b.t.Helper()
	var args []any
	if typed != "" {
		args = append(args, json.RawMessage(typed))
	}
	handle, err := b.App.Temporal.UpdateWorkflow(b.t.Context(), client.UpdateWorkflowOptions{
		WorkflowID: b.workflowOf(order), UpdateName: name, Args: args, WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err != nil {
		return err
	}
	return handle.Get(b.t.Context(), nil)
}

// stores keeps a fix, as the command line and the API do, and gives what is typed.
func (b *bundle) stores(order saved, kind, content string) string {
	b.t.Helper()
	marker := b.count("select marker from inbox where source_id = $1", order.OrderID)
	id, err := db.Fixes{DB: b.App.DB, Box: b.App.Secrets.Box}.Put(b.t.Context(), store.FixPutParams{
		Integration: stack.Integration, Entity: "order", SourceID: order.OrderID, Number: order.Number, Kind: kind, Marker: int64(marker), Author: "bram",
	}, []byte(content))
	require.NoError(b.t, err)
	return fmt.Sprintf(`{"fixId": "%s"}`, id)
}

func (b *bundle) scheduleOf(flow string) client.ScheduleHandle {
	return b.App.Temporal.ScheduleClient().GetHandle(b.t.Context(), workflows.ScheduleID(flow, stack.Integration))
}

func TestTemporalByHand_ASchedulePausedAndTriggered(t *testing.T) {
	b := setup(t)
	schedule := b.scheduleOf(workflows.FlowOrders)
	require.NoError(t, schedule.Pause(t.Context(), client.SchedulePauseOptions{Note: "stocktaking"}))
	order := b.ringUp(oneLadle(knownCustomer))
	require.NoError(t, schedule.Trigger(t.Context(), client.ScheduleTriggerOptions{}))
	b.awaitDelivered(order)
	require.NoError(t, schedule.Trigger(t.Context(), client.ScheduleTriggerOptions{}))
	described, err := schedule.Describe(t.Context())
	require.NoError(t, err)
	require.True(t, described.Schedule.State.Paused, "a trigger ends no pause")
	require.Equal(t, "stocktaking", described.Schedule.State.Note)
	require.NoError(t, schedule.Unpause(t.Context(), client.ScheduleUnpauseOptions{}))
	b.awaitDelivered(order, b.ringUp(oneLadle(knownCustomer)))
}

// firstTaskOf is the event at which the first workflow task of an order ended: what
// "reset to the first workflow task" of the UI names.
func (b *bundle) firstTaskOf(order saved) int64 {
	b.t.Helper()
	events := b.App.Temporal.GetWorkflowHistory(b.t.Context(), b.workflowOf(order), "", false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		require.NoError(b.t, err)
		if event.GetEventType() == enums.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			return event.GetEventId()
		}
	}
	require.Fail(b.t, "no workflow task has ended")
	return 0
}

// Whatever is done to the workflow of an order, the books hold it once.
func TestTemporalByHand_ARunIsResetAndOneIsEnded(t *testing.T) {
	b := setup(t)
	order := b.ringUp(oneLadle(knownCustomer))
	b.awaitDelivered(order)
	b.books.forgetsCalls()
	described, err := b.App.Temporal.DescribeWorkflowExecution(t.Context(), b.workflowOf(order), "")
	require.NoError(t, err)
	events := described.GetWorkflowExecutionInfo().GetHistoryLength()
	require.LessOrEqual(t, events, int64(40), "history events of an order that goes well")
	_, err = b.App.Temporal.ResetWorkflowExecution(t.Context(), &workflowservice.ResetWorkflowExecutionRequest{
		Namespace:         b.App.Config.Temporal.Namespace,
		WorkflowExecution: &common.WorkflowExecution{WorkflowId: b.workflowOf(order), RunId: described.GetWorkflowExecutionInfo().GetExecution().GetRunId()},
		Reason:            "looked odd", WorkflowTaskFinishEventId: b.firstTaskOf(order), RequestId: uuid.NewString(),
	})
	require.NoError(t, err)
	var result workflows.PushOrderResult
	require.NoError(t, b.App.Temporal.GetWorkflow(t.Context(), b.workflowOf(order), "").Get(t.Context(), &result))
	require.Equal(t, "unchanged", result.Outcome)
	require.Len(t, b.bookedOf(order), 1)
	require.Zero(t, b.books.calls().Writes)

	const unknown = 990018
	b.newTillArticle(unknown)
	parked := b.ringUp(sale{RelationNumber: knownCustomer, Lines: []saleLine{{Article: unknown, Quantity: "1"}}})
	b.awaitParked("product_missing", parked.Number)
	require.NoError(t, b.App.Temporal.TerminateWorkflow(t.Context(), b.workflowOf(parked), "", "in the way"))
	b.enterByHand("AK1", "ARTICLE", "ART_CODE", "C", fmt.Sprint(unknown), "ART_DESC1", "C", "Gieter", "VAT_CODE", "C", "1")
	require.NoError(t, b.scheduleOf(workflows.FlowWake).Trigger(t.Context(), client.ScheduleTriggerOptions{}))
	b.awaitDelivered(parked) // started anew, by what it waited for
}

func TestTemporalByHand_UpdatesAreTyped(t *testing.T) {
	b := setup(t, withDocument(func(d *settings.Document) {
		table := d.Lookups["vat_code"]
		table.Rows = table.Rows[1:] // nothing for the low rate
		d.Lookups["vat_code"] = table
	}))
	const unknown = 990019
	b.newTillArticle(unknown)
	missing := b.ringUp(sale{NewCustomer: newcomer(7), Lines: []saleLine{{Article: unknown, Quantity: "2"}}})
	unmapped := b.ringUp(sale{RelationNumber: knownCustomer, Lines: []saleLine{{Article: 101401, Quantity: "1"}}})
	dropped := b.ringUp(sale{RelationNumber: knownCustomer, Lines: []saleLine{{Article: unknown, Quantity: "1"}}})
	b.awaitParked("product_missing", missing.Number)
	b.awaitParked("product_missing", dropped.Number)
	b.awaitParked("unmapped_vat_code", unmapped.Number)

	require.NoError(t, b.updates(missing, "Retry", ""), "a retry of what did not change")
	b.awaitParkedAgain(missing, 2)

	// An edit that does not add up is refused, tells why, names nobody and changes nothing.
	edited := b.types(typed{line: "parked show " + missing.Number + " --payload -i"})
	wrong := strings.Replace(edited, `"Number": "`, `"Number": "9`, 1)
	err := b.updates(missing, "Fix", b.stores(missing, db.FixPayload, wrong))
	require.ErrorContains(t, err, "fix_")
	require.NotContains(t, err.Error(), "Nieuwe Klant")
	require.Empty(t, b.bookedOf(missing))
	require.Error(t, b.updates(missing, "Fix", `{"fixId": "none"}`))

	require.NoError(t, b.updates(missing, "Fix", b.stores(missing, db.FixPayload, strings.ReplaceAll(edited, fmt.Sprint(unknown), fmt.Sprint(ladle)))))
	b.awaitDelivered(missing)
	require.Equal(t, fmt.Sprint(ladle), b.bookedOf(missing)[0].Lines[0].Article)
	require.Len(t, b.debtorsOf(missing.RelationNumber), 1, "its debtor was made before, and is not made again")

	row := `{"table": "vat_code", "row": {"Key": ["1"], "Value": "2", "Percent": "9"}, "note": "low"}`
	require.NoError(t, b.updates(unmapped, "Fix", b.stores(unmapped, db.FixLookup, row)))
	b.awaitDelivered(unmapped)

	require.ErrorContains(t, b.updates(dropped, "Skip", `{"reasonCode": "because"}`), "done_by_hand")
	require.NoError(t, b.updates(dropped, "Skip", `{"reasonCode": "not_for_the_books"}`))
	require.Empty(t, b.bookedOf(dropped))
	require.Empty(t, b.parked())
	require.ErrorContains(t, b.updates(missing, "Retry", ""), "") // it is over: Temporal says so
}
