package sandbox_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/accountview/sandbox"
)

func TestRestart_KeepsBooksTokensAndNumbers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := start(t, sandbox.Options{DataDir: dir})
	number := text(f.post(order("10001", "kept")).ok(t, "SO_HDR")[0]["ORD_NR"])
	added := f.post(debtor("Kept")).ok(t, "CONTACT")[0]
	f.put(single("AR1", "CONTACT", "SUB_NR", "C", `"10002"`, "CITY", "C", `"Weesp"`)).ok(t, "CONTACT")
	spent := f.server.Ready().RefreshToken
	fresh := f.refresh(spent)
	client := f.server.Ready().ClientID
	orders, debtors := f.server.Orders(), f.server.Debtors()

	// The first one is not closed: a kill must lose nothing that was answered.
	again := start(t, sandbox.Options{DataDir: dir})
	require.Equal(t, orders, again.server.Orders())
	require.Equal(t, debtors, again.server.Debtors())
	require.Equal(t, client, again.server.Ready().ClientID)
	again.token = text(fresh.body["access_token"])
	row := again.get("BusinessObject", "AR1", "Filter", "SUB_NR='10061'").ok(t, "CONTACT")[0]
	require.Equal(t, added, row)
	require.Equal(t, "invalid_grant", again.refresh(spent).body["error"])
	require.Equal(t, 200, again.refresh(text(fresh.body["refresh_token"])).status)
	require.Equal(t, 200, again.refresh(again.server.Ready().RefreshToken).status)
	next := text(again.post(order("10001", "next")).ok(t, "SO_HDR")[0]["ORD_NR"])
	require.Equal(t, number[:7]+"2", next)
	require.Equal(t, "10062", again.post(debtor("Next")).ok(t, "CONTACT")[0]["SUB_NR"])
	require.Len(t, again.get("BusinessObject", "AK1", "PageSize", "1000").ok(t, "ARTICLE"), 300, "seeded once")
}

func TestOptions_ChangeWhileRunning(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	set := func(body string) answer {
		a, err := f.send(http.MethodPost, "/_sandbox/options", body)
		require.NoError(t, err)
		return a
	}
	a := set(`{"empty_answer":"404","token_ttl":"90s","gross_prices":false,"max_page_size":5}`)
	require.Equal(t, 200, a.status, a.raw)
	require.Equal(t, "1m30s", a.body["token_ttl"])
	require.Equal(t, "off", a.body["gross_prices"])
	require.Equal(t, "on", a.body["refresh_rotation"], "what is not named stays")
	f.get("BusinessObject", "SO1", "PageSize", "5").refused(t, 404, "geen gegevens")
	f.get("BusinessObject", "SO1", "PageSize", "6").refused(t, 400, "PageSize")
	for _, bad := range []string{
		`{"empty_answer":"nothing"}`, `{"colour":"red"}`, `{"token_ttl":"soon"}`, `{"max_page_size":-1}`, `{"gross_prices":"maybe"}`, `x`,
		`{"post_status":418}`, `{"DataDir":"/tmp"}`,
	} {
		require.Equal(t, 400, set(bad).status, bad)
	}
	shown, err := f.send(http.MethodGet, "/_sandbox/options", "")
	require.NoError(t, err)
	require.Equal(t, a.body, shown.body)
}

func TestNew_RefusesOptionsThatCannotBe(t *testing.T) {
	t.Parallel()
	for _, o := range []sandbox.Options{
		{EmptyAnswer: "maybe"}, {RefreshRotation: "sometimes"}, {MaxPageSize: -1}, {TokenTTL: -1}, {PostStatus: 500},
	} {
		_, err := sandbox.New(o)
		require.Error(t, err)
	}
	_, err := sandbox.New(sandbox.Options{DataDir: "/dev/null/x"})
	require.Error(t, err)
}

func TestDumps_ShowOrdersAndDebtors(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	f.post(order("10001", "2026.1")).ok(t, "SO_HDR")
	a, err := f.send(http.MethodGet, "/_sandbox/orders", "")
	require.NoError(t, err)
	require.Equal(t, "1", text(a.body["count"]))
	o := a.tables["orders"][0]
	require.Equal(t, "2026.1", o["reference"])
	require.Equal(t, "10001", o["debtor"])
	require.Contains(t, a.raw, `"vat":[{"code":"1","percent":"21","net":"86.65","tax":"18.2","gross":"104.85"}]`)
	a, err = f.send(http.MethodGet, "/_sandbox/debtors", "")
	require.NoError(t, err)
	require.Equal(t, "60", text(a.body["count"]))
	require.Equal(t, "Marijke Verhoeven", a.tables["debtors"][0]["contact"])
	require.Equal(t, true, a.tables["debtors"][0]["seeded"])
	require.Equal(t, "", a.tables["debtors"][0]["external_number"])
}

func TestIndex_ShowsTheLatestOrdersToAPerson(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	page := func() string {
		a, err := f.send(http.MethodGet, "/", "")
		require.NoError(t, err)
		require.Equal(t, 200, a.status)
		require.Contains(t, a.header.Get("Content-Type"), "text/html")
		return a.raw
	}
	require.Contains(t, page(), "No order yet")
	f.post(order("10001", "<b>2026.1</b>")).ok(t, "SO_HDR")
	shown := page()
	require.Contains(t, shown, `http-equiv="refresh"`)
	require.Contains(t, shown, "€ 104.85")
	require.Contains(t, shown, "Restaurant De Gouden Lepel B.V.")
	require.Contains(t, shown, "&lt;b&gt;2026.1&lt;/b&gt;")
	a, err := f.send(http.MethodGet, "/nothing", "")
	require.NoError(t, err)
	require.Equal(t, 404, a.status)
}
