package server_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"golang.org/x/net/html"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// seed fills the database as a day of work would.
func seed(t *testing.T, b *testBundle) {
	t.Helper()
	ctx := t.Context()
	_, err := db.Q.CursorLease(ctx, b.db, store.CursorLeaseParams{Integration: "shop", Flow: "orders", FirstMarker: 4711, Holder: "x", Lease: db.Interval(time.Minute)})
	require.NoError(t, err)
	_, err = b.db.Exec(ctx, "update cursor set moved_at = now() - interval '90 seconds'")
	require.NoError(t, err)
	for i := range 4 {
		_, err := db.Q.InboxPut(ctx, b.db, store.InboxPutParams{
			Integration: "shop", Entity: string(domain.EntityOrder), SourceID: fmt.Sprint(i), Number: fmt.Sprintf("2026.%d", i+1), Marker: 1,
			ContentHash: "h", PayloadMonth: now, PayloadID: uuid.New(), TotalCents: 1995,
		})
		require.NoError(t, err)
	}
	require.NoError(t, db.Q.InboxFinished(ctx, b.db, store.InboxFinishedParams{Integration: "shop", Entity: string(domain.EntityOrder), SourceID: "0", Marker: 1}))
	for i, outcome := range []string{"delivered", "delivered", "delivered", "adopted", "parked"} {
		require.NoError(t, db.Q.OutcomePut(ctx, b.db, store.OutcomePutParams{
			Decisions:   []byte("[]"),
			Integration: "shop", Flow: "orders", Entity: "order", SourceID: fmt.Sprint(i), Document: 1, Outcome: outcome, Run: "run",
		}))
	}
	_, err = b.db.Exec(ctx, "update outcome set at = $1", now.Add(-time.Hour))
	require.NoError(t, err)
	_, err = b.db.Exec(ctx, "update outcome set at = $1 where source_id = '0'", now.Add(-25*time.Hour))
	require.NoError(t, err)
	_, err = b.db.Exec(ctx, "update inbox set arrived_at = $1 where source_id <> '3'", now.Add(-time.Hour))
	require.NoError(t, err)
	_, err = b.db.Exec(ctx, "update inbox set arrived_at = $1 where source_id = '3'", now.Add(-25*time.Hour))
	require.NoError(t, err)
	for _, p := range []store.ParkedPutParams{
		{Flow: "orders", Entity: "order", SourceID: "1", Number: "2026.2", Code: "product_missing", About: "10045", TotalCents: 123456, WorkflowID: "order/shop/1"},
		{Flow: "orders", Entity: "order", SourceID: "2", Number: "2026.3", Code: "vat_differs", TotalCents: 50, WorkflowID: "order/shop/2"},
		{Flow: "doubles", Entity: "order_double", SourceID: "2026.9", Number: "2026.9", Code: "order_double", About: "1001, 1002"},
	} {
		p.Integration, p.Document, p.WaitsFor = "shop", 1, []string{}
		_, err := db.Q.ParkedPut(ctx, b.db, p)
		require.NoError(t, err)
	}
	_, err = b.db.Exec(ctx, "update parked set opened_at = $1", now.Add(-3*time.Hour))
	require.NoError(t, err)
}

func scheduled(next time.Time, paused bool, note string) *client.ScheduleDescription {
	return &client.ScheduleDescription{
		Schedule: client.Schedule{State: &client.ScheduleState{Paused: paused, Note: note}},
		Info:     client.ScheduleInfo{NextActionTimes: []time.Time{next}},
	}
}

// textOf is what a reader of the page sees, on one line.
func textOf(t *testing.T, answer *httptest.ResponseRecorder) string {
	t.Helper()
	tree, err := html.Parse(strings.NewReader(answer.Body.String()))
	require.NoError(t, err)
	var words []string
	for node := range tree.Descendants() {
		if node.Type == html.TextNode && node.Parent.Data != "noscript" {
			words = append(words, strings.Fields(node.Data)...)
		}
	}
	return strings.Join(words, " ")
}

func TestStatusPage_SaysWhatToDoFirstWhenThereIsNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	answer := b.get(t, "/")
	require.Equal(t, 200, answer.Code, answer.Body.String())
	require.Contains(t, textOf(t, answer), "No integration yet")
	require.Contains(t, textOf(t, answer), "koppel apply -f shop.yaml")
}

func TestStatusPage_SaysWhatToDoNextWhenNothingHappenedYet(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	page := textOf(t, b.get(t, "/"))
	require.Contains(t, page, "shop document version 1")
	require.Contains(t, page, "no schedule Start koppel worker")
	require.Contains(t, page, "not yet")
	require.Contains(t, page, "https://koppel.example/webhooks/shop/orders")
	require.Contains(t, page, "Nothing is parked")
	require.Contains(t, page, "5 flows do not run.")
}

func TestStatusPage_ShowsHowThingsStand(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	seed(t, b)
	b.temporal.schedules["orders/shop"] = scheduled(now.Add(20*time.Second), false, "")
	b.temporal.schedules["doubles/shop"] = scheduled(now, true, "<b>Stopped</b> for the stocktaking")
	alerts := scheduled(now.Add(time.Minute), false, "")
	alerts.Info.RecentActions = []client.ScheduleActionResult{{ActualTime: now.Add(-time.Hour)}, {ActualTime: now.Add(-2 * time.Minute)}}
	b.temporal.schedules["alerts/shop"] = alerts
	b.temporal.schedules["retention/shop"] = scheduled(now, true, "No consent. Give it, then unpause the schedule.")

	answer := b.get(t, "/")
	require.Equal(t, 200, answer.Code)
	page := textOf(t, answer)
	for _, want := range []string{
		"3 records wait for a person.",
		"orders arrived, 24 h 3 orders not finished 3 delivered, 24 h 2 found in the books, 24 h 1 parked, 24 h 1",
		"koppel parked retry NUMBER -i shop",
		"Read at 16:09:26 and renewed",
		"orders runs 16:09:46 1 min ago 4711",
		"doubles paused <b>Stopped</b> for the stocktaking Unpause it in the Temporal UI when that is done.",
		"alerts runs 16:10:26 2 min ago", "retention paused No consent. Give it, then unpause the schedule. –",
		"Waiting for a person: 3 records, € 1235.06",
		"2026.2 orders", domain.ReasonFor("product_missing").Words, "About: 10045", domain.ReasonFor("product_missing").Fix, "€ 1234.56 3 h ago",
		domain.ReasonFor("vat_differs").Words, "€ 0.50", "About: 1001, 1002",
	} {
		require.Contains(t, page, want)
	}
	raw := answer.Body.String()
	require.NotContains(t, raw, "<b>Stopped", "a note is text")
	require.Contains(t, raw, `href="http://temporal.example/namespaces/default/workflows/order%2Fshop%2F1"`)
	require.Contains(t, raw, `href="http://temporal.example/namespaces/default/schedules/orders%2Fshop"`)
	require.Contains(t, answer.Header().Get("Content-Security-Policy"), "default-src 'none'")
}

func TestStatusPage_ManyParkedRecordsAreCountedAndTheOldestShown(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	for i := range 30 {
		_, err := db.Q.ParkedPut(t.Context(), b.db, store.ParkedPutParams{
			Integration: "shop", Flow: "orders", Entity: "order", SourceID: fmt.Sprint(i), Number: fmt.Sprintf("2026.%d", 100+i), Code: "unmapped", Document: 1,
		})
		require.NoError(t, err)
	}
	page := textOf(t, b.get(t, "/"))
	require.Contains(t, page, "30 records wait for a person.")
	require.Contains(t, page, "2026.100")
	require.Contains(t, page, "2026.124")
	require.NotContains(t, page, "2026.125")
	require.Contains(t, page, "koppel parked list -i shop")
}

func TestStatusPage_WithoutTemporalStillShowsWhatTheDatabaseKnows(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	seed(t, b)
	b.temporal.fail(serviceerror.NewUnavailable(internal))
	answer := b.get(t, "/")
	require.Equal(t, 200, answer.Code)
	require.Contains(t, textOf(t, answer), "Temporal does not answer.")
	require.Contains(t, textOf(t, answer), "2026.2")
	require.NotContains(t, answer.Body.String(), internal)

	b.temporal.fail(nil)
	b.temporal.mu.Lock()
	b.temporal.hangs = true
	b.temporal.mu.Unlock()
	begun := time.Now()
	require.Contains(t, textOf(t, b.get(t, "/")), "Temporal does not answer.")
	require.Less(t, time.Since(begun), 8*time.Second, "a Temporal that hangs holds the page for a moment only")
}

func TestStatusPage_WithoutTheDatabaseSaysSo(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	b.db.Close()
	answer := b.get(t, "/")
	require.Equal(t, http.StatusServiceUnavailable, answer.Code)
	require.Contains(t, textOf(t, answer), "The database does not answer.")
	require.Contains(t, textOf(t, answer), "koppel migrate")
}

func TestStatusPage_ShowsAFlowThatItsDocumentSwitchesOff(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, func(doc *settings.Document) { doc.Flows.Orders.Enabled = false })
	b.temporal.schedules["orders/shop"] = scheduled(now, true, workflows.SwitchedOffNote("flows.orders.enabled"))
	page := textOf(t, b.get(t, "/"))
	require.Contains(t, page, "orders switched off By its document.")
	require.NotContains(t, page, "Unpause it")
}

func TestStatusPage_SaysThatAScheduleIsSwitchedOffStill(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	b.temporal.schedules["orders/shop"] = scheduled(now, true, workflows.SwitchedOffNote("flows.orders.enabled"))
	page := textOf(t, b.get(t, "/"))
	require.Contains(t, page, "orders not started Switched on in its document, but its schedule did not follow yet.")
	require.Contains(t, page, "5 flows do not run.")
}

func TestStatusPage_ShowsADocumentThatThisBuildRefuses(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	_, err := db.Documents{DB: b.db}.Put(t.Context(), "shop", []byte("nonsense: "+internal), "test", "")
	require.NoError(t, err)
	answer := b.get(t, "/")
	require.Equal(t, 200, answer.Code)
	require.Contains(t, textOf(t, answer), "The stored document is refused by this build.")
	require.NotContains(t, answer.Body.String(), internal)
}

func TestStatusPage_BringsItsOwnStyleAndScript(t *testing.T) {
	t.Parallel()
	b := setup(t)
	tree, err := html.Parse(strings.NewReader(b.get(t, "/").Body.String()))
	require.NoError(t, err)
	found := 0
	for node := range tree.Descendants() {
		for _, attr := range node.Attr {
			if (node.Data != "link" || attr.Key != "href") && (node.Data != "script" || attr.Key != "src") || attr.Val == "data:," {
				continue
			}
			found++
			require.True(t, strings.HasPrefix(attr.Val, "/assets/"), attr.Val)
			answer := b.get(t, attr.Val)
			require.Equal(t, 200, answer.Code, attr.Val)
			require.NotEmpty(t, answer.Body.String())
			require.Contains(t, answer.Header().Get("Cache-Control"), "immutable")
		}
	}
	require.Equal(t, 2, found)
	require.Equal(t, 404, b.get(t, "/assets/").Code)
	require.Equal(t, 404, b.get(t, "/assets/../server.go").Code)
}

func TestStatusPage_ShowsTheChannelsByWhichNobodyIsTold(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	channel := store.IncidentOpenParams{Integration: "shop", Flow: domain.FlowAlerts, Code: "hook_refused", Subject: "chat", Topic: domain.TopicChannel}
	require.NoError(t, db.Q.IncidentOpen(t.Context(), b.db, channel))
	require.NoError(t, db.Q.IncidentOpen(t.Context(), b.db, store.IncidentOpenParams{Integration: "shop", Flow: "orders", Code: "secret_missing", Topic: domain.TopicPaused}))
	page := textOf(t, b.get(t, "/"))
	require.Contains(t, page, "The alert channel chat does not work")
	require.Contains(t, page, domain.ReasonFor("hook_refused").Fix)
	require.Contains(t, b.get(t, "/metrics").Body.String(), `incidents_open{flow="alerts",integration="shop"} 1`)

	closing := store.IncidentCloseOfParams{Integration: "shop", Topic: domain.TopicChannel, Subject: "chat"}
	require.NoError(t, db.Q.IncidentCloseOf(t.Context(), b.db, closing))
	require.NotContains(t, textOf(t, b.get(t, "/")), "does not work")
}
