package e2e

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/internal/notify"
	"github.com/koppel/koppel/settings"
)

const chatSecret = "what-both-sides-know"

// chat is a receiver of alerts: it keeps what it could verify.
type chat struct {
	*httptest.Server
	mu    sync.Mutex
	heard []notify.Body
	wrong int
}

// signatureOf signs as the documentation says.
func signatureOf(key, timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(timestamp + "."))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

func newChat(t *testing.T) *chat {
	t.Helper()
	c := &chat{}
	c.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		c.mu.Lock()
		defer c.mu.Unlock()
		var body notify.Body
		if r.Header.Get("X-Koppel-Signature") != signatureOf(chatSecret, r.Header.Get("X-Koppel-Timestamp"), text) || json.Unmarshal(text, &body) != nil {
			c.wrong++
			return
		}
		c.heard = append(c.heard, body)
	}))
	t.Cleanup(c.Close)
	return c
}

func (c *chat) messages() []notify.Body {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]notify.Body{}, c.heard...)
}

// age makes what is kept of an order as old as if it came so long ago: the
// payload is moved into that month.
func (b *bundle) age(order saved, days int) db.PayloadRef {
	b.t.Helper()
	ctx := context.Background()
	to, err := b.App.Payloads.Prepare(ctx, stack.Integration, time.Now().AddDate(0, 0, -days))
	require.NoError(b.t, err)
	key := store.InboxPayloadLockParams{Integration: stack.Integration, Entity: "order", SourceID: order.OrderID}
	require.NoError(b.t, pgx.BeginFunc(ctx, b.App.DB, func(tx pgx.Tx) error {
		at, err := db.Q.InboxPayloadLock(ctx, tx, key)
		if err != nil {
			return err
		}
		if err := b.App.Payloads.Move(ctx, tx, stack.Integration, db.PayloadRef{Month: at.PayloadMonth, ID: at.PayloadID}, to); err != nil {
			return err
		}
		return db.Q.InboxPayloadMove(ctx, tx, store.InboxPayloadMoveParams{
			Integration: stack.Integration, Entity: "order", SourceID: order.OrderID, PayloadMonth: to.Month, PayloadID: to.ID,
		})
	}))
	return to
}

func TestUpkeep_AParkedOrderIsToldOfOnceOutlivesItsRetentionAndStillGoesToTheBooks(t *testing.T) {
	const unknown = 700001
	listener := newChat(t)
	b := setup(t)
	b.koppel(chatSecret, "secret", "set", "alert.chat.secret", "-i", stack.Integration)
	doc := b.documentInForce()
	doc.Alerts.Every = settings.Duration(24 * time.Hour) // the test ticks itself
	doc.Alerts.Channels = []settings.AlertChannel{{
		Name: "chat", Kind: settings.AlertWebhook, URL: listener.URL, MinOpen: 1, To: []string{},
		About: []settings.AlertTopic{settings.AlertParked, settings.AlertPaused, settings.AlertDoubles},
	}}
	b.apply(doc)
	require.Contains(t, b.koppel("", "alert", "test", "-i", stack.Integration, "--channel", "chat"), "went out through chat")
	require.True(t, listener.messages()[0].Test)

	b.newTillArticle(unknown)
	done := b.ringUp(oneLadle(knownCustomer))
	stranger := b.enrol(strangers()[0])
	waits := b.ringUp(sale{RelationNumber: stranger, Lines: []saleLine{of(ladle, "2"), of(unknown, "1")}})
	b.awaitDelivered(done)
	eventually(t, func() string {
		if len(b.parked()) == 0 {
			return "the order is not parked"
		}
		return ""
	})

	for range 2 { // a second look tells nothing new
		require.Contains(t, b.sync("alerts"), "Outcome: done")
	}
	require.Len(t, listener.messages(), 2)
	told := listener.messages()[1]
	require.Equal(t, []string{waits.Number}, told.News[0].Numbers)
	require.Equal(t, "product_missing", told.News[0].Code)
	require.EqualValues(t, 1, told.News[0].Records)

	goneRef, oldRef := b.age(done, 130), b.age(waits, 130)
	out := b.sync("retention")
	require.Contains(t, out, "Kept: 1")
	require.Contains(t, out, "Months: 1")
	require.Contains(t, out, "Outcome: done")
	for _, ref := range []db.PayloadRef{goneRef, oldRef} {
		_, err := b.App.Payloads.Get(context.Background(), stack.Integration, ref)
		require.ErrorIs(t, err, db.ErrNoPayload)
	}
	require.Zero(t, b.count("select count(*) from payload where month < $1", db.MonthOf(time.Now())))

	b.enterByHand("AK1", "ARTICLE", "ART_CODE", "C", "700001", "ART_DESC1", "C", "Gieter", "VAT_CODE", "C", "1")
	b.koppel("", "parked", "retry", waits.Number, "-i", stack.Integration)
	b.awaitDelivered(done, waits)
	require.Contains(t, b.sync("alerts"), "Sent: 1")
	require.Len(t, listener.messages(), 3)
	require.Equal(t, "product_missing", listener.messages()[2].Solved[0].Code)

	b.koppel("of-another-till", "secret", "set", settings.SecretMplusSecret, "-i", stack.Integration)
	eventually(t, func() string {
		if b.count("select count(*) from incident where topic = 'paused' and closed_at is null") == 0 {
			return "the flow is not stopped"
		}
		return ""
	})
	require.Contains(t, b.sync("alerts"), "Sent: 1")
	require.Equal(t, "till_credentials_refused", listener.messages()[3].News[0].Code)
	require.Contains(t, b.sync("alerts"), "Sent: 0", "it is stopped still")
	b.koppel(b.Sandboxes.Till.Ready().Secret, "secret", "set", settings.SecretMplusSecret, "-i", stack.Integration)
	b.unpause()
	require.Contains(t, b.sync("alerts"), "Sent: 1")
	require.Equal(t, "till_credentials_refused", listener.messages()[4].Solved[0].Code)

	heard, err := json.Marshal(listener.messages())
	require.NoError(t, err)
	require.Empty(t, newScanner(personal(strangers())...).find(heard), "no name was told")
	require.Zero(t, listener.wrong)
}

func (b *bundle) documentInForce() settings.Document {
	b.t.Helper()
	version, err := b.App.Documents.Current(context.Background(), stack.Integration)
	require.NoError(b.t, err)
	text, err := b.App.Documents.Get(context.Background(), stack.Integration, version)
	require.NoError(b.t, err)
	doc, err := settings.Parse(text)
	require.NoError(b.t, err)
	return doc
}

// apply puts a document in force, as koppel apply does.
func (b *bundle) apply(doc settings.Document) {
	b.t.Helper()
	text, err := settings.Marshal(doc)
	require.NoError(b.t, err)
	file := filepath.Join(b.t.TempDir(), "document.yaml")
	require.NoError(b.t, os.WriteFile(file, text, 0o600))
	b.koppel("", "apply", "-f", file)
}
