package activities_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/secret"
)

const withChannels = document + `
alerts:
  channels:
    - {name: desk, kind: email, to: [desk@example.nl]}
    - {name: chat, kind: webhook, url: https://chat.example.nl/hook, about: [parked, paused], min_open: 5}
`

// people are told things, and remember them.
type people struct {
	mu    sync.Mutex
	heard map[string][]domain.Notice // by channel
	fails map[string]error           // channel to why it cannot be reached
	some  bool                       // who reads mail is only reached in part
	key   secret.Text

	address secret.Text
}

func (p *people) hear(notice domain.Notice) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.fails[notice.Channel]; err != nil && !p.some {
		return err
	}
	p.heard[notice.Channel] = append(p.heard[notice.Channel], notice)
	return p.fails[notice.Channel]
}

func (p *people) Email(_ context.Context, to []string, notice domain.Notice) (int, error) {
	if err := p.hear(notice); err != nil && p.some {
		return len(to), err
	} else if err != nil {
		return 0, err
	}
	return len(to), nil
}

func (p *people) Webhook(_ context.Context, address, key secret.Text, notice domain.Notice) error {
	p.address, p.key = address, key
	return p.hear(notice)
}

// newsroom is a desk with people to tell.
type newsroom struct {
	*desk
	people *people
	alerts *activities.Alerts
}

func newNewsroom(t *testing.T) *newsroom {
	t.Helper()
	d := newDesk(t)
	d.apply(withChannels)
	p := &people{heard: map[string][]domain.Notice{}, fails: map[string]error{}}
	return &newsroom{desk: d, people: p, alerts: &activities.Alerts{Desk: d.Desk, Schedules: d.schedules, Telling: activities.Telling{
		Notifier: p, Secrets: db.Secrets{DB: d.pool, Box: d.Payloads.Box}, PublicURL: "https://koppel.example.nl/",
	}}}
}

func (n *newsroom) look() []activities.Delivery {
	n.t.Helper()
	out, err := run[activities.NoteIncidentsResult](n.desk, n.alerts.NoteIncidents, activities.NoteIncidentsInput{Integration: "shop"})
	require.NoError(n.t, err)
	return out.Deliveries
}

// tick does what a run does, and gives the channels that failed.
func (n *newsroom) tick() map[string]string {
	n.t.Helper()
	failed := map[string]string{}
	for _, delivery := range n.look() {
		_, err := run[activities.SendAlertResult](n.desk, n.alerts.SendAlert, activities.SendAlertInput{Integration: "shop", Delivery: delivery})
		if err == nil {
			continue
		}
		_, f := failure(n.t, err)
		failed[delivery.Channel] = f.Code
		_, err = run[struct{}](n.desk, n.alerts.NoteChannel, activities.NoteChannelInput{Integration: "shop", Channel: delivery.Channel, Failure: f})
		require.NoError(n.t, err)
	}
	return failed
}

// heard takes what a channel heard since the last time.
func (n *newsroom) heard(channel string) []domain.Notice {
	n.people.mu.Lock()
	defer n.people.mu.Unlock()
	heard := n.people.heard[channel]
	n.people.heard[channel] = nil
	return heard
}

func (n *newsroom) parkMany(count int, code string) {
	n.t.Helper()
	_, err := n.pool.Exec(context.Background(), `insert into parked (integration, flow, entity, source_id, number, code, document, total_cents)
		select 'shop', 'orders', 'order', $1 || i, '2026.' || i, $1, 1, 1210 from generate_series(1, $2::integer) as i`, code, count)
	require.NoError(n.t, err)
}

func (n *newsroom) solve(code string) {
	n.t.Helper()
	_, err := n.pool.Exec(context.Background(), "update parked set closed_at = now(), closed_by = 'delivered' where code = $1 and closed_at is null", code)
	require.NoError(n.t, err)
}

func (n *newsroom) incidents() string {
	n.t.Helper()
	var rows string
	require.NoError(n.t, n.pool.QueryRow(context.Background(),
		"select coalesce((select jsonb_agg(i order by id) from incident i)::text, '') || coalesce((select jsonb_agg(t order by incident, channel) from incident_told t)::text, '')").Scan(&rows))
	return rows
}

func TestTellPeople_ManyEqualFailuresAreOneMessage(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.parkMany(5000, "product_missing")
	require.Empty(t, n.tick())
	for _, channel := range []string{"desk", "chat"} {
		heard := n.heard(channel)
		require.Len(t, heard, 1, channel)
		require.Len(t, heard[0].News, 1)
		news := heard[0].News[0]
		require.EqualValues(t, 5000, news.Records)
		require.EqualValues(t, 5000*1210, news.Cents)
		require.Len(t, news.Numbers, 20)
		require.Equal(t, "product_missing", news.Code)
		require.Equal(t, "https://koppel.example.nl/#shop", heard[0].Page)
	}
	before := n.incidents()
	require.Empty(t, n.look(), "nothing new: no message")
	require.Equal(t, before, n.incidents(), "and no write")

	n.parkMany(1, "vat_differs")
	require.Empty(t, n.tick())
	heard := n.heard("desk")
	require.Len(t, heard, 1)
	require.Equal(t, "vat_differs", heard[0].News[0].Code)
	require.Equal(t, 1, heard[0].StillOpen)
}

func TestTellPeople_ACauseThatGrowsIsToldAgainOnceADayAtMost(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.parkMany(10, "product_missing")
	n.tick()
	n.heard("desk")
	_, err := n.pool.Exec(t.Context(), "insert into parked (integration, flow, entity, source_id, number, code, document) values ('shop', 'orders', 'order', 'more', '2026.99', 'product_missing', 1)")
	require.NoError(t, err)
	n.tick()
	require.Empty(t, n.heard("desk"))

	n.Now = func() time.Time { return time.Now().Add(25 * time.Hour) }
	n.tick()
	heard := n.heard("desk")
	require.Len(t, heard, 1)
	require.EqualValues(t, 11, heard[0].News[0].Records)
	n.tick()
	require.Empty(t, n.heard("desk"), "what does not grow is not repeated")
}

func TestTellPeople_WhatIsSolvedClosesAndIsToldToWhoKnewOfIt(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.parkMany(3, "product_missing") // too few for chat
	n.tick()
	require.Len(t, n.heard("desk"), 1)
	require.Empty(t, n.heard("chat"))

	n.solve("product_missing")
	n.tick()
	heard := n.heard("desk")
	require.Len(t, heard, 1)
	require.Empty(t, heard[0].News)
	require.Equal(t, "product_missing", heard[0].Solved[0].Code)
	require.Empty(t, n.heard("chat"), "who was never told need not hear that it is solved")
	require.Empty(t, n.look())

	n.parkMany(1, "product_missing")
	n.tick()
	require.Len(t, n.heard("desk"), 1, "it comes back as a new cause")
}

func TestTellPeople_AStoppedFlowIsToldAndClosesWhenItRunsAgain(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	for range 3 {
		_, err := run[struct{}](n.desk, n.housekeeping().PauseFlow, activities.PauseFlowInput{
			Integration: "shop", Flow: domain.FlowOrders, Failure: activities.Failure{Code: "till_credentials_refused"},
		})
		require.NoError(t, err)
	}
	n.tick()
	for _, channel := range []string{"desk", "chat"} {
		heard := n.heard(channel)
		require.Len(t, heard, 1)
		require.Equal(t, domain.Incident{
			Topic: domain.TopicPaused, Flow: "orders", Code: "till_credentials_refused", Numbers: []string{}, Oldest: heard[0].News[0].Oldest,
		}, heard[0].News[0])
	}
	n.tick()
	require.Empty(t, n.heard("desk"))

	n.schedules.unpause("orders", "shop")
	n.tick()
	require.Equal(t, "till_credentials_refused", n.heard("desk")[0].Solved[0].Code)
}

func TestTellPeople_AFlowThatItsDocumentSwitchedOffIsNoIncident(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.schedules.off = map[string]bool{"orders/shop": true} // a run of it was under way
	_, err := run[struct{}](n.desk, n.housekeeping().PauseFlow, activities.PauseFlowInput{
		Integration: "shop", Flow: domain.FlowOrders, Failure: activities.Failure{Code: "till_credentials_refused"},
	})
	require.NoError(t, err)
	open, err := db.Q.IncidentListOpen(t.Context(), n.pool, "shop")
	require.NoError(t, err)
	require.Empty(t, open)
	require.Empty(t, n.look())
}

func TestTellPeople_ARunGoesByOneVersionOfTheDocument(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.parkMany(1, "product_missing")
	noted, err := run[activities.NoteIncidentsResult](n.desk, n.alerts.NoteIncidents, activities.NoteIncidentsInput{Integration: "shop"})
	require.NoError(t, err)
	require.Equal(t, 2, noted.Document)
	n.apply(document) // without channels
	for version, sent := range map[int]bool{2: true, 0: false} {
		out, err := run[activities.SendAlertResult](n.desk, n.alerts.SendAlert,
			activities.SendAlertInput{Integration: "shop", Delivery: noted.Deliveries[0], Document: version})
		require.NoError(t, err)
		require.Equal(t, sent, out.Sent)
	}
}

func TestTellPeople_ChannelsHearWhatTheyWantTo(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	_, err := n.pool.Exec(t.Context(), `insert into parked (integration, flow, entity, source_id, number, code, document) values
		('shop', 'doubles', 'order_double', 'MPLUS 2026.9', 'MPLUS 2026.9', 'order_double', 1)`)
	require.NoError(t, err)
	n.tick()
	require.Equal(t, domain.TopicDoubles, n.heard("desk")[0].News[0].Topic)
	require.Empty(t, n.heard("chat"))
}

func TestTellPeople_NoNameEntersAMessage(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.arrive(sale("2026.1", 1))
	n.park("2026.1")
	_, err := n.pool.Exec(t.Context(), `insert into parked (integration, flow, entity, source_id, number, code, about, document) values
		('shop', 'doubles', 'order_double', 'MPLUS Jansen', 'MPLUS Jansen', 'order_double', 'Jansen', 1),
		('shop', 'doubles', 'order_double', 'MPLUS 2026.9', 'MPLUS 2026.9', 'order_double', 'Jansen', 1)`)
	require.NoError(t, err)
	deliveries := n.look()
	inHistory, err := json.Marshal(deliveries)
	require.NoError(t, err)
	n.tick()
	messages, err := json.Marshal(n.heard("desk"))
	require.NoError(t, err)
	require.Contains(t, string(messages), "2026.9")
	for _, planted := range []string{"Jansen", "jansen"} {
		require.NotContains(t, string(messages), planted)
		require.NotContains(t, string(inHistory), planted)
	}
	require.NotContains(t, string(inHistory), "example.nl")
}

func TestTellPeople_AChannelThatFailsHoldsUpNoOtherAndIsToldToTheRest(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	require.NoError(t, n.alerts.Telling.Secrets.Put(t.Context(), "shop", "alert.chat.secret", "hunter2"))
	n.parkMany(10, "product_missing")
	n.people.fails["desk"] = fault.New(fault.Unavailable, "mail_unavailable", "alert send mail").WithDetail("desk@example.nl: Jansen")
	first := n.look()
	require.Equal(t, map[string]string{"desk": "mail_unavailable"}, n.tick())
	require.Len(t, n.heard("chat"), 1)
	require.Equal(t, secret.Text("hunter2"), n.people.key)

	require.Equal(t, map[string]string{"desk": "mail_unavailable"}, n.tick())
	heard := n.heard("chat")
	require.Len(t, heard, 1)
	require.Equal(t, domain.Incident{
		Topic: domain.TopicChannel, Flow: "alerts", Code: "mail_unavailable", Subject: "desk", Numbers: []string{}, Oldest: heard[0].News[0].Oldest,
	}, heard[0].News[0])
	n.tick()
	require.Empty(t, n.heard("chat"), "once")

	n.people.fails = map[string]error{}
	require.Empty(t, n.tick())
	heard = n.heard("desk")
	require.Len(t, heard, 1, "what could not be told is told")
	require.Len(t, heard[0].News, 1)
	require.Equal(t, first[0].ID, heard[0].ID, "the same news has the same ID, whoever sends it")
	n.tick()
	require.Equal(t, "desk", n.heard("chat")[0].Solved[0].Subject)
}

func TestTellPeople_OneWrongAddressIsNoReasonToRepeatItself(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.parkMany(10, "product_missing")
	n.people.some = true
	n.people.fails["desk"] = fault.New(fault.Rejected, "mail_refused", "alert send mail")
	require.Empty(t, n.tick())
	require.Len(t, n.heard("desk"), 1)
	n.tick()
	require.Empty(t, n.heard("desk"))
	heard := n.heard("chat")
	require.Equal(t, "mail_refused", heard[len(heard)-1].News[0].Code)
}

// The worker dies after the message left, before it is noted.
func TestSendAlert_ARepeatCarriesTheSameID(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.parkMany(10, "product_missing")
	_, err := n.pool.Exec(t.Context(), `create function die() returns trigger language plpgsql as $$ begin raise exception 'power cut'; end $$`)
	require.NoError(t, err)
	_, err = n.pool.Exec(t.Context(), "create trigger die before insert on incident_told for each row execute function die()")
	require.NoError(t, err)
	delivery := n.look()[0]
	send := activities.SendAlertInput{Integration: "shop", Delivery: delivery}
	_, err = run[activities.SendAlertResult](n.desk, n.alerts.SendAlert, send)
	require.Error(t, err)
	require.Equal(t, delivery.ID, n.look()[0].ID, "a later run would tell the same under the same ID")
	_, err = n.pool.Exec(t.Context(), "drop trigger die on incident_told")
	require.NoError(t, err)
	_, err = run[activities.SendAlertResult](n.desk, n.alerts.SendAlert, send)
	require.NoError(t, err)
	heard := n.heard("desk")
	require.Len(t, heard, 2)
	require.NotEmpty(t, heard[0].ID)
	require.Equal(t, heard[0].ID, heard[1].ID)
	n.tick()
	require.Empty(t, n.heard("desk"))
}

func TestTellPeople_AChannelThatIsGoneWaitsForNothing(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.parkMany(10, "product_missing")
	deliveries := n.look()
	n.apply(document)
	out, err := run[activities.SendAlertResult](n.desk, n.alerts.SendAlert, activities.SendAlertInput{Integration: "shop", Delivery: deliveries[0]})
	require.NoError(t, err)
	require.False(t, out.Sent)

	n.apply(withChannels)
	n.tick()
	n.solve("product_missing")
	n.apply(document)
	require.Empty(t, n.look())
	left, err := db.Q.IncidentListUntold(t.Context(), n.pool, "shop")
	require.NoError(t, err)
	require.Empty(t, left)

	n.parkMany(10, "vat_differs")
	n.apply(withChannels)
	n.tick()
	n.apply(document)
	require.Empty(t, n.look())
	n.apply(withChannels)
	n.heard("desk")
	n.tick()
	require.Len(t, n.heard("desk"), 1, "a channel that comes back is told what is open")
	n.tick()
	require.Empty(t, n.heard("desk"), "once")
}

func TestTelling_ATestMessageSaysThatItIsOne(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	doc, err := n.Documents.Current(t.Context(), "shop")
	require.NoError(t, err)
	require.NoError(t, n.alerts.Telling.Test(t.Context(), "shop", doc.Alerts.Channels[0], domain.Notice{ID: "x"}))
	require.True(t, n.heard("desk")[0].Test)
	n.people.fails["desk"] = errors.New("no")
	require.Error(t, n.alerts.Telling.Test(t.Context(), "shop", doc.Alerts.Channels[0], domain.Notice{ID: "x"}))
}

func TestTellPeople_TheAddressOfAWebhookMayBeASecret(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.tick()
	require.NoError(t, n.alerts.Telling.Secrets.Put(t.Context(), "shop", "alert.chat.url", "https://chat.example.nl/planted-token"))
	n.parkMany(10, "product_missing")
	n.tick()
	require.Equal(t, secret.Text("https://chat.example.nl/hook"), n.people.address, "what the document says counts")

	n.apply(strings.Replace(withChannels, "url: https://chat.example.nl/hook, ", "", 1))
	n.parkMany(20, "vat_differs")
	require.Empty(t, n.tick())
	require.Equal(t, secret.Text("https://chat.example.nl/planted-token"), n.people.address)

	_, err := n.pool.Exec(t.Context(), "delete from secret where name = 'alert.chat.url'")
	require.NoError(t, err)
	n.parkMany(30, "debtor_missing")
	require.Equal(t, map[string]string{"chat": "channel_no_address"}, n.tick(), "the other channels are told")
	require.NotContains(t, n.incidents(), "planted")
}

func TestIncidents_OneOpenRowForEachCause(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	for range 3 {
		require.NoError(t, db.Q.IncidentOpen(t.Context(), n.pool, store.IncidentOpenParams{Integration: "shop", Flow: "orders", Code: "x", Topic: "paused"}))
	}
	open, err := db.Q.IncidentListOpen(t.Context(), n.pool, "shop")
	require.NoError(t, err)
	require.Len(t, open, 1)
	require.NoError(t, db.Q.IncidentClose(t.Context(), n.pool, []int64{open[0].ID}))
	require.NoError(t, db.Q.IncidentOpen(t.Context(), n.pool, store.IncidentOpenParams{Integration: "shop", Flow: "orders", Code: "x", Topic: "paused"}))
	again, err := db.Q.IncidentListOpen(t.Context(), n.pool, "shop")
	require.NoError(t, err)
	require.NotEqual(t, open[0].ID, again[0].ID, fmt.Sprint(again))
}
