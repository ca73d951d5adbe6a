package sandbox_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/accountview/sandbox"
	"github.com/koppel/koppel/internal/sandboxkit"
)

// fault asks for faults the way a script does.
func (f *foreign) fault(rule string) {
	f.t.Helper()
	a, err := f.send(http.MethodPost, "/_sandbox/faults", rule)
	require.NoError(f.t, err)
	require.Equal(f.t, 201, a.status, a.raw)
}

func (f *foreign) tryOrder(reference string) error {
	f.t.Helper()
	_, err := f.send(http.MethodPost, "/api/v3/accountviewdata", order("10001", reference))
	return err
}

func TestFault_DropAfterIsWrittenAndDropBeforeIsNot(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	f.fault(`{"kind":"drop_before","operation":"POST SO1","calls":1}`)
	require.Error(t, f.tryOrder("before"))
	require.Empty(t, f.server.Orders())
	f.fault(`{"kind":"drop_after","operation":"POST SO1","calls":1}`)
	require.Error(t, f.tryOrder("after"))
	found := f.get("BusinessObject", "SO1", "Filter", "COMMENT1='after'").ok(t, "SO_HDR")
	require.Len(t, found, 1)
	require.NoError(t, f.tryOrder("fine"))
	require.Len(t, f.server.Orders(), 2)
}

func TestFault_LateWriteAppearsAfterTheClientLooked(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	f.fault(`{"kind":"late","operation":"POST SO1","calls":1,"seconds":1.5}`)
	require.Error(t, f.tryOrder("late"))
	look := func() int { return len(f.get("BusinessObject", "SO1", "Filter", "COMMENT1='late'").ok(t, "SO_HDR")) }
	require.Zero(t, look(), "the look that fools a hasty client")
	require.Eventually(t, func() bool { return look() == 1 }, 10*time.Second, 20*time.Millisecond)
}

func TestFault_CutAnswerWasWritten(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	f.fault(`{"kind":"cut","operation":"POST SO1","calls":1}`)
	require.ErrorIs(t, f.tryOrder("cut"), io.ErrUnexpectedEOF)
	require.Len(t, f.server.Orders(), 1)
}

func TestFault_SpeaksTheSystemsLanguage(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	f.fault(`[{"kind":"error_in_200","operation":"POST","calls":1},{"kind":"500","operation":"GET VA1","calls":1},{"kind":"502","operation":"GET GL1","calls":1},{"kind":"429","operation":"GET companies","calls":1,"seconds":7}]`)
	f.post(order("10001", "x")).refused(t, 200, "tijdelijk")
	require.Empty(t, f.server.Orders())
	f.get("BusinessObject", "VA1").refused(t, 500, "onverwachte fout")
	html := f.get("BusinessObject", "GL1")
	require.Equal(t, 502, html.status)
	require.Contains(t, html.header.Get("Content-Type"), "text/html")
	a, err := f.send(http.MethodGet, "/api/v3/companies", "")
	require.NoError(t, err)
	require.Equal(t, 429, a.status)
	require.Equal(t, "7", a.header.Get("Retry-After"))
}

func TestFault_ExpiredTokenStaysExpired(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	f.fault(`{"kind":"expired_token","calls":1}`)
	f.get("BusinessObject", "VA1").refused(t, 401, "toegangstoken")
	f.get("BusinessObject", "VA1").refused(t, 401, "toegangstoken")
	f.token = text(f.refresh(f.server.Ready().RefreshToken).body["access_token"])
	f.get("BusinessObject", "VA1").ok(t, "VAT")
}

func TestFault_ARefreshIsNotLostUnlessARuleNamesIt(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	f.fault(`{"kinds":["drop_after","cut","late","expired_token","error_in_200"],"calls":5}`)
	a := f.refresh(f.server.Ready().RefreshToken)
	require.Equal(t, 200, a.status)
	f.server.Faults().Clear()
	f.fault(`{"kind":"drop_after","operation":"POST token","calls":1}`)
	second := text(a.body["refresh_token"])
	ready := f.server.Ready()
	req, err := http.NewRequest(http.MethodPost, f.base+"/api/v3/token", strings.NewReader(query("grant_type", "refresh_token",
		"refresh_token", second, "client_id", ready.ClientID, "client_secret", ready.ClientSecret)))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	_, err = f.do(req)
	require.Error(t, err)
	require.Equal(t, "invalid_grant", f.refresh(second).body["error"], "spent all the same")
}

func TestFault_RepeatedPageComesAgain(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	page := func(pairs ...string) []string {
		return values(f.get(append([]string{"BusinessObject", "AK1", "PageSize", "10", "Fields", "ART_CODE"}, pairs...)...).ok(t, "ARTICLE"), "ART_CODE")
	}
	first, second := page("PageNumber", "1"), page("PageNumber", "2")
	f.fault(`{"kind":"repeated_page","calls":2}`)
	require.Equal(t, first, page("PageNumber", "1"), "a first page is no repetition")
	require.Equal(t, first, page("PageNumber", "2"))
	require.Equal(t, first, page("LastKey", first[9]))
	require.Equal(t, second, page("PageNumber", "2"))
}

func TestFault_ChangedRowComesAgainNewer(t *testing.T) {
	t.Parallel()
	for name, next := range map[string]func(last string) []string{
		"by number": func(string) []string { return []string{"PageNumber", "2"} },
		"by key":    func(last string) []string { return []string{"LastKey", last} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t, sandbox.Options{})
			page := func(pairs ...string) []map[string]any {
				return f.get(append([]string{"BusinessObject", "AK1", "PageSize", "10", "Fields", "ART_CODE,CNG_NR"}, pairs...)...).ok(t, "ARTICLE")
			}
			first := page()
			last := text(first[9]["ART_CODE"])
			f.fault(`{"kind":"row_changed","calls":1}`)
			again := page(next(last)...)
			require.Equal(t, last, text(again[0]["ART_CODE"]))
			require.Equal(t, "1", text(first[9]["CNG_NR"]))
			require.Equal(t, "2", text(again[0]["CNG_NR"]))
			require.NotEqual(t, last, text(page(next(last)...)[0]["ART_CODE"]))
		})
	}
}

func TestCalls_AreNamedByObject(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	f.get("businessobject", "ar1")
	f.get("BusinessObject", "AR1", "PageNumber", "2")
	f.get("BusinessObject", "nothing")
	f.system("BusinessObject", "FLD")
	f.post(order("10001", "x"))
	f.post("broken")
	f.put(single("AR1", "CONTACT", "SUB_NR", "C", `"10001"`, "CITY", "C", `"X"`))
	f.refresh(f.server.Ready().RefreshToken)
	for _, path := range []string{"/api/v3/companies", "/api/v3/accountviewsystembusinessobjects", "/", "/_sandbox/orders"} {
		_, err := f.send(http.MethodGet, path, "")
		require.NoError(t, err)
	}
	require.Equal(t, sandboxkit.CallReport{
		Operations: map[string]int{
			"GET AR1": 2, "GET accountviewdata": 1, "GET system fld": 1, "POST SO1": 1, "POST accountviewdata": 1, "PUT AR1": 1,
			"POST token": 1, "GET companies": 1, "GET businessobjects": 1,
		},
		Reads: 7, Writes: 3,
	}, f.server.Calls().Report())
}
