package settings

import (
	"time"

	"github.com/koppel/koppel/domain"
)

// Plan is what a document wants of one flow's schedule.
type Plan struct {
	Flow    string
	Enabled bool
	Switch  string // path of the setting that switches the flow; empty: nothing does
	Every   Duration
}

// ordersSwitch is the setting that switches the flows of the orders.
const ordersSwitch = "flows.orders.enabled"

// dayTotalsSwitch is the setting that switches the totals of days: that of their
// own, unless the orders are off altogether.
func (o Orders) dayTotalsSwitch() string {
	if !o.Enabled {
		return ordersSwitch
	}
	return "flows.orders.day_totals.enabled"
}

// forgetEvery is how often things are looked for that were kept long enough: the
// limits are in days.
const forgetEvery = Duration(24 * time.Hour)

// Plans lists what the document wants of every flow. The sweep for doubles
// and the waking of parked orders belong to the orders: they are on when those are. Nothing switches off retention,
// nor alerts: without anybody to tell they still know what is open.
func (d Document) Plans() []Plan {
	orders := d.Flows.Orders
	plans := []Plan{
		{Flow: domain.FlowOrders, Enabled: orders.Enabled, Switch: ordersSwitch, Every: orders.Every},
		{Flow: domain.FlowDoubles, Enabled: orders.Enabled, Switch: ordersSwitch, Every: orders.Sweep.Every},
		{Flow: domain.FlowDayTotals, Enabled: orders.Enabled && orders.DayTotals.Enabled, Switch: orders.dayTotalsSwitch(), Every: orders.DayTotals.Every},
		{Flow: domain.FlowWake, Enabled: orders.Enabled, Switch: ordersSwitch, Every: orders.Wake.Every},
		{Flow: domain.FlowRetention, Enabled: true, Every: forgetEvery},
		{Flow: domain.FlowAlerts, Enabled: true, Every: d.Alerts.Every},
	}
	for _, flow := range domain.CatalogFlows() {
		of := d.Flows.Catalogues()[flow]
		plans = append(plans, Plan{Flow: flow, Enabled: of.Enabled, Switch: "flows." + flow + ".enabled", Every: of.Every})
	}
	return plans
}

// Enabled reports whether the document wants a flow to run.
func (d Document) Enabled(flow string) bool {
	for _, plan := range d.Plans() {
		if plan.Flow == flow {
			return plan.Enabled
		}
	}
	return false
}
