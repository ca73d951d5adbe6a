package activities

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
)

// mostNumbers is how many records of one cause a message names.
const mostNumbers = 20

// NoteIncidentsInput names the integration.
type NoteIncidentsInput struct {
	Integration string
}

// NoteIncidentsResult says what is to be told, channel by channel. There are
// numbers of incidents in it, and nothing that was in them.
type NoteIncidentsResult struct {
	Deliveries []Delivery
	Document   int // version that the run goes by from here on
}

// NoteIncidents looks at what waits for a person and which flows are stopped,
// opens and closes incidents accordingly, and works out which channel has
// something to hear. When nothing changed nothing is written.
func (a *Alerts) NoteIncidents(ctx context.Context, in NoteIncidentsInput) (NoteIncidentsResult, error) {
	var out NoteIncidentsResult
	err := a.note(ctx, in.Integration, &out)
	return out, a.fail(ctx, in.Integration, err)
}

func (a *Alerts) note(ctx context.Context, integration string, out *NoteIncidentsResult) error {
	doc, err := a.Documents.Current(ctx, integration)
	if err != nil {
		return err
	}
	out.Document = doc.Version
	open, err := db.Q.IncidentListOpen(ctx, a.DB, integration)
	if err != nil {
		return fmt.Errorf("list the open incidents: %w", err)
	}
	causes, err := db.Q.ParkedCountByCause(ctx, a.DB, store.ParkedCountByCauseParams{Integration: integration, MostNumbers: mostNumbers})
	if err != nil {
		return fmt.Errorf("count what is parked: %w", err)
	}
	solved, err := a.solved(ctx, integration, doc, open, causes)
	if err != nil {
		return err
	}
	if err := a.write(ctx, integration, doc, open, causes, solved); err != nil {
		return err
	}
	untold, err := db.Q.IncidentListUntold(ctx, a.DB, integration)
	if err != nil {
		return fmt.Errorf("list the incidents: %w", err)
	}
	told, err := db.Q.IncidentListTold(ctx, a.DB, integration)
	if err != nil {
		return fmt.Errorf("list who was told: %w", err)
	}
	out.Deliveries = deliveries(integration, doc.Alerts.Channels, untold, told, a.Now())
	return a.forgetChannels(ctx, integration, doc, told)
}

// forgetChannels lets nothing wait for a channel that the document no longer has.
func (a *Alerts) forgetChannels(ctx context.Context, integration string, doc *Document, told []store.IncidentTold) error {
	if !slices.ContainsFunc(told, func(t store.IncidentTold) bool { return channelNamed(doc, t.Channel) == nil }) {
		return nil
	}
	names := []string{}
	for _, channel := range doc.Alerts.Channels {
		names = append(names, channel.Name)
	}
	err := db.Q.IncidentForgetTold(ctx, a.DB, store.IncidentForgetToldParams{Integration: integration, Channels: names})
	if err != nil {
		return fmt.Errorf("forget a channel: %w", err)
	}
	return nil
}

// solved lists the open incidents whose cause is gone.
func (a *Alerts) solved(ctx context.Context, integration string, doc *Document, open []store.Incident, causes []store.ParkedCountByCauseRow) ([]int64, error) {
	var ids []int64
	for _, incident := range open {
		gone := false
		switch incident.Topic {
		case domain.TopicPaused:
			stands := a.Schedules.Paused
			if incident.Subject == domain.SubjectLoad { // it says itself when it goes on; one that somebody ended says nothing
				stands = a.Schedules.Loads
			}
			still, err := stands(ctx, incident.Flow, integration)
			if err != nil {
				return nil, fmt.Errorf("ask whether a flow runs: %w", err)
			}
			gone = !still
		case domain.TopicChannel:
			gone = channelNamed(doc, incident.Subject) == nil
		default:
			gone = !slices.ContainsFunc(causes, func(c store.ParkedCountByCauseRow) bool {
				return c.Flow == incident.Flow && c.Code == incident.Code
			})
		}
		if gone {
			ids = append(ids, incident.ID)
		}
	}
	return ids, nil
}

func (a *Alerts) write(ctx context.Context, integration string, doc *Document, open []store.Incident, causes []store.ParkedCountByCauseRow, solved []int64) error {
	var changed []store.IncidentPutParams
	for _, cause := range causes {
		now := incidentOf(integration, doc, cause)
		if !slices.ContainsFunc(open, func(i store.Incident) bool { return stands(i, now) }) {
			changed = append(changed, now)
		}
	}
	if len(changed) == 0 && len(solved) == 0 {
		return nil
	}
	return a.inTx(ctx, func(tx pgx.Tx) error {
		for _, incident := range changed {
			if err := db.Q.IncidentPut(ctx, tx, incident); err != nil {
				return fmt.Errorf("store an incident: %w", err)
			}
		}
		if err := db.Q.IncidentClose(ctx, tx, solved); err != nil {
			return fmt.Errorf("close an incident: %w", err)
		}
		return nil
	})
}

// stands reports whether an incident says what there is to say.
func stands(i store.Incident, now store.IncidentPutParams) bool {
	return i.Flow == now.Flow && i.Code == now.Code && i.Subject == now.Subject && i.Records == now.Records &&
		i.TotalCents == now.TotalCents && i.OldestAt.Equal(now.OldestAt) && i.NewestAt.Equal(now.NewestAt)
}

func incidentOf(integration string, doc *Document, cause store.ParkedCountByCauseRow) store.IncidentPutParams {
	topic := domain.TopicParked
	if cause.Flow == domain.FlowDoubles {
		topic = domain.TopicDoubles
	}
	return store.IncidentPutParams{
		Integration: integration, Flow: cause.Flow, Code: cause.Code, Topic: topic, Records: cause.Records, TotalCents: cause.TotalCents,
		Numbers: tellable(cause.Numbers, doc.Flows.Orders.ReferencePrefix), OldestAt: cause.OldestAt, NewestAt: cause.NewestAt,
	}
}

// tellable leaves out what is no number of a till: a reference in the books may be
// anything that a person typed, a telephone number or a day of birth too.
func tellable(numbers []string, prefix string) []string {
	told := []string{}
	for _, number := range numbers {
		if plainNumber.MatchString(strings.TrimPrefix(number, prefix)) {
			told = append(told, number)
		}
	}
	return told
}

// plainNumber is a number of the till as it writes them: 2026.123, or 123.
var plainNumber = regexp.MustCompile(`^[1-9][0-9]{0,9}(\.[1-9][0-9]{0,17})?$`)
