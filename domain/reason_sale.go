package domain

// comesBack ends in the setting that leaves a sale out.
const comesBack = "Nothing to do: when it changes at the till and passes, it comes back by itself. To take it all the same, change flows.orders.only."

// saleReasons explain why a sale of the till is not in the books, or is not read.
var saleReasons = map[string]Reason{
	// What flows.orders.only leaves out.
	"filtered_branch":         {Words: "The sale is of a branch that flows.orders.only.branches does not list.", Fix: comesBack + "branches."},
	"filtered_category":       {Words: "The sale is in an order category that flows.orders.only.categories does not list.", Fix: comesBack + "categories."},
	"filtered_employee":       {Words: "The sale is by an employee whom flows.orders.only.employees does not list.", Fix: comesBack + "employees."},
	"filtered_delivery_state": {Words: "The order is not delivered as far as flows.orders.only.delivery_states asks.", Fix: comesBack + "delivery_states."},
	"filtered_cancel_state":   {Words: "The order is cancelled in a measure that flows.orders.only.cancel_states does not list.", Fix: comesBack + "cancel_states."},
	"filtered_complete_state": {Words: "The order is not complete as far as flows.orders.only.complete_states asks.", Fix: comesBack + "complete_states."},
	"filtered_paid":           {Words: "The sale is not paid, or is paid, other than flows.orders.only.paid asks.", Fix: comesBack + "paid."},
	"filtered_date":           {Words: "The sale is of a day before flows.orders.only.from.", Fix: comesBack + "from."},

	// What counts elsewhere.
	"belongs_to_order": {Words: "This receipt or invoice belongs to a sales order that goes to the books: the sale counts once, as the order.", Fix: "Nothing to do: look at the order."},
	"moves_cash":       {Words: "This receipt is no sale: money was put into the drawer, taken out of it or moved.", Fix: "Nothing to do. To have it counted, let receipts go to day totals."},

	"mark_refused":           {Words: "The order is in AccountView, but the till does not let it be marked.", Fix: "Look at the details for MplusKASSA's own words. Correct flows.orders.mark, or mark the order at the till by hand and end this: koppel parked skip NUMBER -i INTEGRATION --reason done_by_hand."},
	"receipt_not_searchable": {Words: "The branch sold so much that year that this receipt was not come across.", Fix: "Ask for it by its id at the till: koppel sync orders --key receipt-ID."},
}
