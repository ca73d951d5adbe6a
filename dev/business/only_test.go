package business

import (
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/settings"
)

// only are books that take some sales by plain choice.
var only = group{
	name: "only some",
	document: func(d *settings.Document) {
		d.Flows.Orders.Only = settings.Only{
			Branches: []string{"1"}, Categories: []string{"1", "3"}, Employees: []string{"1", "999999"}, Paid: settings.PaidOnly,
			DeliveryStates: []settings.SaleState{settings.StateComplete}, CancelStates: []settings.SaleState{settings.StateNothing},
			CompleteStates: []settings.SaleState{settings.StateNothing, settings.StatePartial}, From: dateOf(thisYear("01-01")),
		}
		row(d, "employee", "10", "999999")
	},
	stories: []story{
		left("another branch", "branch", sale{Branch: 2}, isDone),
		left("a step that stays out", "category", sale{Category: 2}, isDone),
		left("another employee", "employee", sale{EmployeeNumber: 2}, isDone),
		left("of last year", "date", sale{FinancialDate: lastYear("12-31")}, isDone),
		left("cancelled in part", "cancel_state", sale{}, stands(outside.States{Delivery: "complete", Cancel: "partial", FullyPaid: new(true)})),
		left("complete already", "complete_state", sale{}, stands(outside.States{Delivery: "complete", Complete: "complete", FullyPaid: new(true)})),
		{
			name: "not delivered yet, then delivered, then paid",
			sale: sale{RelationNumber: 2, Lines: oneSkillet},
			want: want{timeline: []string{"skipped filtered_delivery_state"}},
			then: []chapter{
				{name: "delivered", do: stands(outside.States{Delivery: "complete"}), want: want{timeline: []string{"skipped filtered_paid"}}},
				{name: "paid", do: pays(0), want: want{debtor: "10002", documents: skilletOrder}},
			},
		},
		{
			name: "rung up by an integration", meanwhile: isDone,
			sale: sale{RelationNumber: 3, EmployeeNumber: 999999, Lines: oneSkillet},
			want: want{debtor: "10003", documents: skilletOrder},
		},
	},
}

// left is a sale that one part of the choice leaves out.
func left(name, part string, s sale, meanwhile func(*visit)) story {
	s.RelationNumber, s.Lines = 1, oneSkillet
	return story{name: name, sale: s, meanwhile: meanwhile, want: want{timeline: []string{"skipped filtered_" + part}}}
}

// stands says how far a sales order is.
func stands(states outside.States) func(*visit) {
	return func(v *visit) { require.NoError(v, v.till.SetStates(v.Context(), v.order.ID, states)) }
}

// isDone is a sale that is paid and delivered.
func isDone(v *visit) { stands(outside.States{Delivery: "complete", FullyPaid: new(true)})(v) }
