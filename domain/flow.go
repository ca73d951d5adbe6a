package domain

// Names of the flows, as people know them: in documents, schedules, webhooks,
// commands and metrics.
const (
	// FlowOrders carries orders from the till to the books.
	FlowOrders = "orders"
	// FlowDoubles looks for records that a late write made twice.
	FlowDoubles = "doubles"
	// FlowDayTotals adds receipts up to the totals of their days.
	FlowDayTotals = "day_totals"
	// FlowWake tells parked orders that what they wait for came.
	FlowWake = "wake"
	// FlowRetention forgets what was kept long enough.
	FlowRetention = "retention"
	// FlowAlerts tells people what waits for them.
	FlowAlerts = "alerts"
)

// OrdersCursor names how far the order flow has read one kind of sale: each kind has
// a sync marker of its own.
func OrdersCursor(of SourceKind) string {
	if of == SourceOrder || of == "" {
		return FlowOrders
	}
	return FlowOrders + "/" + string(of)
}
