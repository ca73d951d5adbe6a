package console

import (
	"time"
)

// status is all that the status page shows. It holds no personal data: numbers,
// codes, counts, amounts and times only.
type status struct {
	At           clock
	TemporalDown bool
	Integrations []integration
}

type integration struct {
	Slug       string
	Version    int
	Problem    string // why its document cannot be used; empty when it can
	Untold     []untold
	Flows      []flow
	Catalogue  []catalogue
	Arrived    int64 // orders in the last 24 hours
	Unfinished int64 // orders on their way, or waiting for a person
	Outcomes   []outcome
	Parked     []parked // those that wait longest
	ParkedAll  int64
	ParkedEuro string
	Webhook    string
}

// flow is one flow of an integration.
type flow struct {
	Name     string
	State    flowState
	Note     string // why it is paused, in the words of whoever paused it
	Next     clock  // the next run; zero when there is none
	Link     string // the schedule in Temporal's Web UI
	HasRead  bool   // whether it ever read its source
	LastRead string // how long ago
	LastRun  string // how long ago its schedule started it; empty: not that Temporal knows
	Marker   int64
	Reads    bool // whether the flow has a cursor at all
	NoMarker bool // its cursor is a moment, which says no more than when it read last
}

// catalogue is how the records of a flow from the books stand at the till.
type catalogue struct {
	Flow                                 string
	Stand, LeftOut, Parked, PutOff, Gone int64
	Written                              int64  // in the last 24 hours
	Compared                             string // how long ago everything was compared; empty: not yet
}

type flowState string

const (
	flowRuns       flowState = "runs"
	flowPaused     flowState = "paused"
	flowOff        flowState = "switched off"
	flowUnplanned  flowState = "no schedule"
	flowBehind     flowState = "not started" // switched on, but its schedule is still switched off
	flowNotKnown   flowState = "not known"
	flowNoDocument flowState = "stopped"
)

// outcome is how many records ended in one way in the last 24 hours.
type outcome struct {
	Name    string
	Records int64
}

// untold is a channel by which people cannot be told.
type untold struct {
	Channel string
	Words   string
	Fix     string
	Age     string
}

// parked is a record that waits for a person.
type parked struct {
	Flow   string
	Number string
	Words  string // what happened
	Fix    string // what to do
	About  string // business keys that it is about
	Euro   string
	Age    string
	Link   string // its workflow in Temporal's Web UI
}

func (s status) waiting() int64 {
	var n int64
	for _, i := range s.Integrations {
		n += i.ParkedAll
	}
	return n
}

func (s status) untold() int {
	n := 0
	for _, i := range s.Integrations {
		n += len(i.Untold)
	}
	return n
}

func (s status) stopped() int {
	n := 0
	for _, i := range s.Integrations {
		for _, f := range i.Flows {
			if f.State == flowPaused || f.State == flowUnplanned || f.State == flowBehind || f.State == flowNoDocument {
				n++
			}
		}
	}
	return n
}

// day is the period that the page counts over.
const day = 24 * time.Hour

// mostParked is how many parked records of an integration are shown.
const mostParked = 25
