package e2e

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/enums/v1"

	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/settings"
)

// allows is the person who opens the address and allows what is asked. It gives
// where the browser is sent back to.
func allows(t *testing.T, address, answer string) string {
	t.Helper()
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	page, err := browser.Get(address)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, page.StatusCode)
	require.NoError(t, page.Body.Close())
	asked, err := url.Parse(address)
	require.NoError(t, err)
	form := asked.Query()
	form.Set("answer", answer)
	sent, err := browser.PostForm(strings.Split(address, "?")[0], form)
	require.NoError(t, err)
	require.NoError(t, sent.Body.Close())
	back, err := sent.Location()
	require.NoError(t, err)
	return back.String()
}

func visits(t *testing.T, address string) (status int, page string) {
	t.Helper()
	answer, err := http.Get(address)
	require.NoError(t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.StatusCode, string(text)
}

func TestConnect_AConsentInTheBrowserBecomesTokens(t *testing.T) {
	b := setup(t, withServer, withDocument(func(d *settings.Document) { d.AccountView.Assumptions.PKCE = settings.PKCES256 }))
	b.books.post("/_sandbox/options", map[string]string{"pkce": "required"}, nil)
	ctx := context.Background()
	require.NoError(t, b.App.SetSecret(ctx, stack.Integration, settings.SecretAccountViewRefresh, "dead"))
	d, err := b.App.Doctor(ctx, stack.Integration, "")
	require.NoError(t, err)
	require.Equal(t, "consent_expired", verdict(d, "accountview"))

	asked, err := b.App.AskConsent(ctx, stack.Integration, "")
	require.NoError(t, err)
	require.Empty(t, asked.Refused)
	back := allows(t, asked.AuthorizeURL, "allow")
	require.True(t, strings.HasPrefix(back, b.ServerURL+"/connect/accountview?"), back)
	status, page := visits(t, back)
	require.Equal(t, http.StatusOK, status, page)
	require.Contains(t, page, "is connected")

	d, err = b.App.Doctor(ctx, stack.Integration, "")
	require.NoError(t, err)
	require.Empty(t, verdict(d, "accountview"), "%v", d)

	status, page = visits(t, back)
	require.Equal(t, http.StatusBadRequest, status)
	require.Contains(t, page, "consent_unknown")
	require.Zero(t, b.count("select count(*) from consent"), "nothing of a consent is kept")

	asked, err = b.App.AskConsent(ctx, stack.Integration, "")
	require.NoError(t, err)
	_, page = visits(t, allows(t, asked.AuthorizeURL, "deny"))
	require.Contains(t, page, "consent_refused")
}

func verdict(d app.Diagnosis, system string) string {
	for _, s := range d.Systems {
		if s.System == system {
			return domain.Findings{Checks: s.Checks}.Verdict()
		}
	}
	return "no such system"
}

func TestDoctor_FindsNothingInAShopThatWorksAndTheCauseInOneThatDoesNot(t *testing.T) {
	b := setup(t)
	ctx := context.Background()
	eventually(t, func() string { // the schedules come a moment after the worker
		d, err := b.App.Doctor(ctx, stack.Integration, "")
		require.NoError(t, err)
		if d.NeedsPerson() {
			text, _ := json.Marshal(d)
			return string(text)
		}
		return ""
	})
	d, err := b.App.Doctor(ctx, stack.Integration, "")
	require.NoError(t, err)
	require.Len(t, d.Systems[0].Assumptions, 36)
	require.NotEmpty(t, d.Systems[1].Assumptions)
	require.Zero(t, b.books.calls().Writes)
	require.Zero(t, b.till.calls().Writes)
	lists, err := b.App.Listings.Get(ctx, stack.Integration)
	require.NoError(t, err)
	for _, kind := range domain.ListKinds() {
		require.NotEmpty(t, lists[kind], kind)
	}
	require.NotEmpty(t, d.Coverage)
	draft, err := b.App.Payloads.Prepare(ctx, stack.Integration, time.Now())
	require.NoError(t, err)
	require.NoError(t, b.App.Payloads.Put(ctx, b.App.DB, stack.Integration, draft, []byte(b.draft())))
	drafted, err := b.App.Doctor(ctx, stack.Integration, draft.String())
	require.NoError(t, err)
	require.Len(t, drafted.Systems[0].Assumptions, 36, "those of the draft's own test")
	require.Equal(t, len(d.Coverage), len(drafted.Coverage))
	for _, system := range []string{"accountview", "mplus"} {
		require.NotContains(t, b.historyOf("test/"+stack.Integration+"/"+system), "Femke", "an employee of the till")
	}

	require.NoError(t, b.App.SetSecret(ctx, stack.Integration, settings.SecretMplusSecret, "planted-wrong"))
	d, err = b.App.Doctor(ctx, stack.Integration, "")
	require.NoError(t, err)
	require.True(t, d.NeedsPerson())
	require.Equal(t, "till_credentials_refused", verdict(d, "mplus"))
	require.Empty(t, verdict(d, "accountview"))
	require.NotContains(t, b.historyOf("test/"+stack.Integration+"/mplus"), "planted")
}

func (b *bundle) historyOf(workflow string) string {
	b.t.Helper()
	var text strings.Builder
	events := b.App.Temporal.GetWorkflowHistory(context.Background(), workflow, "", false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		require.NoError(b.t, err)
		text.WriteString(event.String())
	}
	return text.String()
}
