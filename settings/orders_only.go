package settings

import (
	"slices"

	"github.com/koppel/koppel/domain"
)

// Why a sale is left out; domain.ReasonFor explains each.
const (
	LeftOutBranch        = "filtered_branch"
	LeftOutCategory      = "filtered_category"
	LeftOutEmployee      = "filtered_employee"
	LeftOutDeliveryState = "filtered_delivery_state"
	LeftOutCancelState   = "filtered_cancel_state"
	LeftOutCompleteState = "filtered_complete_state"
	LeftOutPaid          = "filtered_paid"
	LeftOutDate          = "filtered_date"
)

// LeavesOut names the part that leaves a sale out of the books; empty when all hold.
// States are those of sales orders: receipts and invoices have none, and receipts have
// no category.
func (o Only) LeavesOut(sale domain.Order) string {
	order := sale.Source == domain.SourceOrder || sale.Source == ""
	switch {
	case !lists(o.Branches, sale.Branch):
		return LeftOutBranch
	case sale.Source != domain.SourceReceipt && !lists(o.Categories, sale.Category):
		return LeftOutCategory
	case !lists(o.Employees, sale.Employee):
		return LeftOutEmployee
	case order && !lists(o.DeliveryStates, stateOf(sale.DeliveryState)):
		return LeftOutDeliveryState
	case order && !lists(o.CancelStates, stateOf(sale.CancelState)):
		return LeftOutCancelState
	case order && !lists(o.CompleteStates, stateOf(sale.CompleteState)):
		return LeftOutCompleteState
	case o.Paid == PaidOnly && !sale.FullyPaid, o.Paid == UnpaidOnly && sale.FullyPaid:
		return LeftOutPaid
	case !o.From.IsZero() && sale.Date.Before(o.From):
		return LeftOutDate
	default:
		return ""
	}
}

// stateOf takes a till that says nothing of a state for one where nothing happened.
func stateOf(told string) SaleState {
	if told == "" {
		return StateNothing
	}
	return SaleState(told)
}

// lists holds when nothing is listed, or the value is.
func lists[T comparable](listed []T, value T) bool {
	return len(listed) == 0 || slices.Contains(listed, value)
}
