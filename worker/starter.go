package worker

import (
	"context"

	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/workflows"
)

// Starter starts the workflow of an order. The workflow ID makes two of one
// order impossible; a running one is told the news instead.
type Starter struct {
	Temporal client.Client
}

// StartOrder implements activities.Starter.
func (s Starter) StartOrder(ctx context.Context, order activities.OrderToStart) error {
	return s.tell(ctx, order, workflows.SignalOrderChanged, workflows.OrderChanged{Marker: order.Marker})
}

// WakeOrder implements activities.Starter.
func (s Starter) WakeOrder(ctx context.Context, order activities.OrderToStart, cause string) error {
	return s.tell(ctx, order, workflows.SignalWoken, workflows.Woken{Cause: cause})
}

func (s Starter) tell(ctx context.Context, order activities.OrderToStart, signal string, news any) error {
	in := workflows.PushOrderInput{
		Integration: order.Integration, OrderID: order.OrderID, Number: order.Number, Marker: order.Marker,
	}
	_, err := s.Temporal.SignalWithStartWorkflow(ctx, workflows.OrderWorkflowID(order.Integration, order.OrderID), signal, news,
		client.StartWorkflowOptions{
			TaskQueue:             workflows.QueueSync,
			TypedSearchAttributes: workflows.SearchAttributes(order.Integration, workflows.FlowOrders, order.Number),
			StaticSummary:         "Order " + order.Number,
		},
		workflows.PushOrder, in)
	return err
}
