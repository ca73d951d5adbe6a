package business

import (
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// resting are sales that wait until nothing changes any more.
var resting = group{
	name:     "resting",
	document: func(d *settings.Document) { d.Flows.Orders.Wait.AfterChange = settings.Duration(2 * time.Second) },
	stories: []story{
		{
			name: "a sale that rests, and then goes",
			sale: sale{RelationNumber: 1, Lines: oneSkillet},
			want: want{timeline: []string{"waits rests_after_change", "delivered"}, debtor: "10001", documents: skilletOrder},
		},
		{
			name:      "changed while it rests",
			sale:      sale{RelationNumber: 2, Lines: oneSkillet},
			meanwhile: changes(sale{Lines: lines(of(100102, "2"))}),
			want:      want{timeline: []string{"waits rests_after_change", "delivered"}, debtor: "10002", documents: one(line{"100102", "2", "44.95", "1", nil})},
		},
	},
}

// prepaid are sales that wait until they are paid.
var prepaid = group{
	name:     "until paid",
	document: func(d *settings.Document) { d.Flows.Orders.Wait.UntilPaid = true },
	stories: []story{
		{
			name: "a deposit first, and the rest later",
			sale: sale{RelationNumber: 1, Lines: oneSkillet},
			want: want{timeline: []string{"waits rests_until_paid"}, waits: true},
			then: []chapter{
				{name: "a deposit comes in", do: pays(1000), want: want{timeline: []string{"waits rests_until_paid"}, waits: true}},
				{name: "the rest comes in", do: pays(0), want: want{debtor: "10001", documents: skilletOrder}},
			},
		},
		{
			name: "not paid, and sent by a person all the same",
			sale: sale{RelationNumber: 3, Lines: oneSkillet},
			want: want{timeline: []string{"waits rests_until_paid"}, waits: true},
			then: []chapter{{name: "somebody sends it now", do: isSentNow, want: want{debtor: "10003", documents: skilletOrder}}},
		},
		{
			name:      "paid at once",
			sale:      sale{RelationNumber: 2, Lines: oneSkillet},
			meanwhile: pays(0),
			want:      want{debtor: "10002", documents: skilletOrder},
		},
	},
}

// isSentNow sends a sale that rests, by the Update that a person can type.
func isSentNow(v *visit) {
	handle, err := v.stack.App.Temporal.UpdateWorkflow(v.Context(), client.UpdateWorkflowOptions{
		WorkflowID: workflows.OrderWorkflowID(v.shop.Integration, v.order.ID), UpdateName: workflows.UpdateRetry,
		WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	require.NoError(v, err)
	require.NoError(v, handle.Get(v.Context(), nil))
}

// pays pays cents of a sales order; 0: what is still to pay.
func pays(cents int64) func(*visit) {
	return func(v *visit) {
		require.NoError(v, v.till.SetStates(v.Context(), v.order.ID, outside.States{Payments: []outside.Payment{{Method: "PIN", AmountCents: cents}}}))
	}
}
