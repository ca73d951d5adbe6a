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
	// FlowCategories carries article groups from the books to the till.
	FlowCategories = "categories"
	// FlowProducts carries articles from the books to the till.
	FlowProducts = "products"
	// FlowCustomers carries debtors from the books to the till.
	FlowCustomers = "customers"
	// FlowStock carries stock from the books to the till.
	FlowStock = "stock"
	// FlowPrices carries B2B prices from the books to the till.
	FlowPrices = "prices"
	// FlowAlerts tells people what waits for them.
	FlowAlerts = "alerts"
)

// CatalogFlows lists the flows from the books to the till, each after those that it
// builds on.
func CatalogFlows() []string {
	return []string{FlowCategories, FlowProducts, FlowCustomers, FlowStock, FlowPrices}
}

// OrdersCursor names how far the order flow has read one kind of sale: each kind has
// a sync marker of its own.
func OrdersCursor(of SourceKind) string {
	if of == SourceOrder || of == "" {
		return FlowOrders
	}
	return FlowOrders + "/" + string(of)
}

// CarriedBy is what a flow from the books to the till carries; empty for another flow.
func CarriedBy(flow string) Entity {
	return map[string]Entity{
		FlowCategories: EntityCategory, FlowProducts: EntityProduct, FlowCustomers: EntityRelation, FlowStock: EntityStock, FlowPrices: EntityPrice,
	}[flow]
}
