package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
)

// LoadProgress is how far an initial load is. It answers the query Progress.
type LoadProgress struct {
	Flow  string
	State string    // running, paused, waiting for the end of an outage, or done
	At    time.Time // when it was so: at the end of the last page

	Began time.Time
	Done  int // records gone through
	Total int // 0: not known
	Count activities.CatalogCount
	After string // the last record carried

	Pace      int           // records a minute that it may do; 0: as fast as it can
	PerMinute float64       // records a minute that it does; 0: not known yet
	Left      time.Duration // until it is done, at that speed; 0: not known

	PausedBy string // who; empty: the load itself, for the failure
	PausedAt time.Time
	Failure  activities.Failure // why it is paused, or what it waits out
}

// States of an initial load.
const (
	LoadRunning = "running"
	LoadPaused  = "paused"
	LoadWaiting = "waiting"
	LoadDone    = "done"
)

func (l *loadCatalog) progress() (LoadProgress, error) {
	p := LoadProgress{
		Flow: l.Flow, State: LoadRunning, Began: l.Load.Began, At: l.Load.Began, Done: l.Load.Done, Total: l.Load.Total,
		Count: l.run.Result.Count, After: l.run.Place.After, Pace: l.PerMinute, PerMinute: l.speed(), Failure: l.Load.Failure,
	}
	if n := len(l.Load.Laps); n > 0 {
		p.At = l.Load.Laps[n-1].Began.Add(l.Load.Laps[n-1].Took)
	}
	switch {
	case l.run.Result.Outcome == OutcomeDone:
		p.State = LoadDone
	case l.Load.Paused:
		p.State, p.PausedBy, p.PausedAt = LoadPaused, l.Load.PausedBy, l.Load.PausedAt
	case l.Load.Failure.Code != "":
		p.State = LoadWaiting
	}
	if left := l.Load.Total - l.Load.Done; p.State == LoadRunning && left > 0 && p.PerMinute > 0 {
		p.Left = time.Duration(float64(left) / p.PerMinute * float64(time.Minute)).Round(time.Second)
	}
	return p, nil
}

// Bounds of a page of a load: a pause waits for the end of one.
const (
	mostInPage   = 500
	pagesAMinute = 4 // so that a slow pace does not come in one gulp
)

func (l *loadCatalog) pageSize() int {
	if l.PerMinute == 0 {
		return mostInPage
	}
	return min(mostInPage, max(1, l.PerMinute/pagesAMinute))
}

// mostLaps is how many pages the speed is told by.
const mostLaps = 20

// lap notes how long a page took, and when the pace allows the next one.
func (l *loadCatalog) lap(ctx workflow.Context, began time.Time, read, passed int) {
	took := workflow.Now(ctx).Sub(began)
	l.Load.Due = time.Time{}
	if l.PerMinute > 0 {
		l.Load.Due = began.Add(time.Duration(read) * time.Minute / time.Duration(l.PerMinute))
		took = max(took, l.Load.Due.Sub(began))
	}
	l.Load.Laps = append(l.Load.Laps, LoadLap{Began: began, Took: took, Records: passed})
	if extra := len(l.Load.Laps) - mostLaps; extra > 0 {
		l.Load.Laps = l.Load.Laps[extra:]
	}
}

// speed is how many records a minute it does, without the time that it stood still.
func (l *loadCatalog) speed() float64 {
	var records int
	var took time.Duration
	for _, lap := range l.Load.Laps {
		records, took = records+lap.Records, took+lap.Took
	}
	if took <= 0 {
		return 0
	}
	return float64(records) / took.Minutes()
}
