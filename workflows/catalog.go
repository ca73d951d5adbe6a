// Package workflows is the business process: deterministic orchestration, one
// file per flow. It sees no client and no setting; activities do the work.
package workflows

import (
	"slices"
	"time"

	"github.com/koppel/koppel/domain"
)

// Flow is one flow of the product. Its schedule, its webhook, its registration
// and its page follow from this line.
type Flow struct {
	Name   string        // the word people use: in schedules, webhooks, commands and metrics
	Run    any           // the workflow of one run
	Record any           // the workflow of one record, for flows that have one
	Every  time.Duration // interval of the schedule when the document does not say

	// Input is what a run is asked. A schedule asks for all that changed.
	Input func(integration string, ask Wanted) any
	Keys  bool // whether it takes named records
	Carry any  // of a flow from the books: the activity that carries a page, which an initial load uses too
}

// Wanted is what somebody wants of a run; the zero value is all that changed.
type Wanted struct {
	Keys []string // named records only, for a flow that takes keys

	// Of the flows from the books to the till only; see SyncCatalogInput.
	Full, ApproveGone, DryRun bool
}

// FromBooks reports whether it is a flow from the books to the till.
func (f Flow) FromBooks() bool { return slices.Contains(domain.CatalogFlows(), f.Name) }

// Catalog is the list of flows. There is no other.
var Catalog = []Flow{
	{
		Name: FlowOrders, Run: SyncOrders, Record: PushOrder, Every: 30 * time.Second, Keys: true,
		Input: func(integration string, ask Wanted) any {
			return SyncOrdersInput{Integration: integration, Keys: ask.Keys}
		},
	},
	{
		Name: FlowDoubles, Run: FindDoubles, Every: time.Hour,
		Input: func(integration string, _ Wanted) any { return FindDoublesInput{Integration: integration} },
	},
	{
		Name: FlowDayTotals, Run: CloseDays, Every: 15 * time.Minute,
		Input: func(integration string, _ Wanted) any { return CloseDaysInput{Integration: integration} },
	},
	{
		Name: FlowWake, Run: WakeOrders, Every: time.Minute,
		Input: func(integration string, _ Wanted) any { return WakeOrdersInput{Integration: integration} },
	},
	{
		Name: FlowCategories, Run: SyncCategories, Every: 15 * time.Minute, Keys: true, Input: catalogInput, Carry: catalog.CarryCategories,
	},
	{
		Name: FlowProducts, Run: SyncProducts, Every: 5 * time.Minute, Keys: true, Input: catalogInput, Carry: catalog.CarryProducts,
	},
	{
		Name: FlowCustomers, Run: SyncCustomers, Every: 5 * time.Minute, Keys: true, Input: catalogInput, Carry: catalog.CarryCustomers,
	},
	{
		Name: FlowStock, Run: SyncStock, Every: time.Minute, Keys: true, Input: catalogInput, Carry: catalog.CarryStock,
	},
	{
		Name: FlowPrices, Run: SyncPrices, Every: 15 * time.Minute, Keys: true, Input: catalogInput, Carry: catalog.CarryPrices,
	},
	{
		Name: FlowRetention, Run: ForgetOld, Every: 24 * time.Hour,
		Input: func(integration string, _ Wanted) any { return ForgetOldInput{Integration: integration} },
	},
	{
		Name: FlowAlerts, Run: TellPeople, Every: 15 * time.Minute,
		Input: func(integration string, _ Wanted) any { return TellPeopleInput{Integration: integration} },
	},
}

// Requests are the workflows that a person asks for: a test of a connection, a
// preview, an initial load. They have no schedule. Their inputs and results name
// what is stored encrypted in PostgreSQL, and never hold it.
var Requests = []any{TestConnection, ConnectSystem, PreviewRecords, DryRunFlow, WhatIf, LoadCatalog, ExplainPrice}

// Names of the flows.
const (
	// FlowOrders carries orders from the till to the books.
	FlowOrders = domain.FlowOrders
	// FlowDoubles looks for records that a late write made twice.
	FlowDoubles = domain.FlowDoubles
	// FlowDayTotals adds receipts up to the totals of their days.
	FlowDayTotals = domain.FlowDayTotals
	// FlowWake tells parked orders that what they wait for came.
	FlowWake = domain.FlowWake
	// FlowRetention forgets what was kept long enough.
	FlowRetention = domain.FlowRetention
	// FlowAlerts tells people what waits for them.
	FlowAlerts = domain.FlowAlerts
	// FlowCategories carries article groups from the books to the till.
	FlowCategories = domain.FlowCategories
	// FlowProducts carries articles from the books to the till.
	FlowProducts = domain.FlowProducts
	// FlowCustomers carries debtors from the books to the till.
	FlowCustomers = domain.FlowCustomers
	// FlowStock carries stock from the books to the till.
	FlowStock = domain.FlowStock
	// FlowPrices carries prices that do not hold for everybody from the books to the till.
	FlowPrices = domain.FlowPrices
)

// catalogInput asks for a run of a flow from the books to the till.
func catalogInput(integration string, ask Wanted) any {
	return SyncCatalogInput{Integration: integration, Keys: ask.Keys, Full: ask.Full, ApproveGone: ask.ApproveGone, DryRun: ask.DryRun}
}

// FlowNamed finds a flow of the catalogue.
func FlowNamed(name string) (Flow, bool) {
	for _, f := range Catalog {
		if f.Name == name {
			return f, true
		}
	}
	return Flow{}, false
}
