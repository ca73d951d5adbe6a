package mplus

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/fault"
)

// save stands for any write.
var save = operation{name: "saveOrder", answer: "SaveOrderResponse"}

const echo = "hello " + plantedIdent + " with " + plantedSecret

func TestFaults_EveryWayToFailHasItsKindAndShowsNoCredentials(t *testing.T) {
	t.Parallel()
	page := "<!DOCTYPE html><html><body>502 Bad Gateway " + echo + "</body></html>"
	half := orders(sale("a", 5, 0)).body[:300]
	for name, c := range map[string]struct {
		answer            reply
		list, one, write  fault.Kind
		code              string
		hasWordsFromThere bool
	}{
		"bad credentials, fault": {faultReply(500, "SOAP-ENV:Client.Authentication", echo), fault.Unauthorized, fault.Unauthorized, fault.Unauthorized, "till_credentials_refused", true},
		"bad credentials, 401":   {reply{401, page}, fault.Unauthorized, fault.Unauthorized, fault.Unauthorized, "till_credentials_refused", false},
		"bad credentials, 403":   {faultReply(403, "x:Server", echo), fault.Unauthorized, fault.Unauthorized, fault.Unauthorized, "till_credentials_refused", true},
		"request refused":        {faultReply(500, "SOAP-ENV:Client", echo), fault.Misconfigured, fault.Rejected, fault.Rejected, "till_refused_request", true},
		"request refused in 200": {faultReply(200, "Client", echo), fault.Misconfigured, fault.Rejected, fault.Rejected, "till_refused_request", true},
		"bad request":            {reply{400, echo}, fault.Misconfigured, fault.Rejected, fault.Rejected, "till_refused_request", false},
		"till failed":            {faultReply(500, "SOAP-ENV:Server", echo), fault.Unavailable, fault.Unavailable, fault.Uncertain, "till_failed", true},
		"unknown fault code":     {faultReply(500, "Weird", echo), fault.Unavailable, fault.Unavailable, fault.Uncertain, "till_failed", true},
		"plain 500":              {reply{500, echo}, fault.Unavailable, fault.Unavailable, fault.Uncertain, "till_failed", false},
		"gateway page":           {reply{502, page}, fault.Unavailable, fault.Unavailable, fault.Uncertain, "till_failed", false},
		"page in 200":            {reply{200, page}, fault.Unavailable, fault.Unavailable, fault.Uncertain, "answer_is_html", false},
		"cut":                    {reply{200, half}, fault.Unavailable, fault.Unavailable, fault.Uncertain, "answer_cut", false},
		"empty":                  {reply{200, ""}, fault.Unavailable, fault.Unavailable, fault.Uncertain, "answer_cut", false},
		"malformed":              {reply{200, "<a></b>" + echo}, fault.Unavailable, fault.Unavailable, fault.Uncertain, "answer_not_understood", false},
		"document type":          {reply{200, `<!DOCTYPE a [<!ENTITY x "` + echo + `">]><a>&x;</a>`}, fault.Unavailable, fault.Unavailable, fault.Uncertain, "answer_not_understood", false},
		"another answer":         {enveloped("<ns:GetStockResponse></ns:GetStockResponse>"), fault.Unavailable, fault.Unavailable, fault.Uncertain, "answer_unexpected", false},
		"not found":              {reply{404, page}, fault.Misconfigured, fault.Misconfigured, fault.Misconfigured, "till_address_wrong", false},
		"not a till":             {reply{405, ""}, fault.Misconfigured, fault.Misconfigured, fault.Misconfigured, "till_address_wrong", false},
		"moved":                  {reply{302, ""}, fault.Misconfigured, fault.Misconfigured, fault.Misconfigured, "till_address_wrong", false},
		"throttled":              {reply{429, ""}, fault.Throttled, fault.Throttled, fault.Throttled, "told_to_wait", false},
		"busy":                   {reply{503, ""}, fault.Unavailable, fault.Unavailable, fault.Uncertain, "service_unavailable", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			till := newFakeTill(t)
			till.on("getOrders", c.answer)
			till.on("getOrder", c.answer)
			till.on("saveOrder", c.answer)
			client := till.client(t)

			_, listErr := client.OrdersAfter(t.Context(), 0, 10)
			_, oneErr := client.OrderByID(t.Context(), "a")
			_, writeErr := client.call(t.Context(), save, nil)
			for _, got := range []struct {
				err  error
				kind fault.Kind
			}{{listErr, c.list}, {oneErr, c.one}, {writeErr, c.write}} {
				f, ok := fault.As(got.err)
				require.True(t, ok, "%v", got.err)
				require.Equal(t, got.kind, f.Kind)
				require.Equal(t, c.code, f.Code)
				require.Equal(t, c.hasWordsFromThere, f.Detail() != "", "the till's words are kept for encrypted storage")
				showsNothing(t, f, till.url)
			}
		})
	}
}

func TestFaults_LostCallsShowNoCredentials(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]http.HandlerFunc{
		"hang": func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // only then does the server notice that the client left
			<-r.Context().Done()
		},
		"drop": func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_ = conn.Close()
			}
		},
		"cut": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "5000")
			fmt.Fprint(w, "<half")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := serve(t, handler)
			c, err := New(Settings{BaseURL: url, Ident: plantedIdent, Secret: plantedSecret, Timeout: 200 * time.Millisecond},
				Wiring{Transport: &http.Transport{DisableKeepAlives: true}})
			require.NoError(t, err)
			_, err = c.OrdersAfter(t.Context(), 0, 1)
			f, ok := fault.As(err)
			require.True(t, ok)
			require.Equal(t, fault.Unavailable, f.Kind)
			showsNothing(t, f, url)
			_, err = c.call(t.Context(), save, nil)
			f, ok = fault.As(err)
			require.True(t, ok)
			require.Equal(t, fault.Uncertain, f.Kind)
			showsNothing(t, f, url)
		})
	}
}

func TestFaults_ATillThatCannotBeReachedWasNotAsked(t *testing.T) {
	t.Parallel()
	c, err := New(Settings{BaseURL: "http://127.0.0.1:1", Ident: plantedIdent, Secret: plantedSecret}, Wiring{})
	require.NoError(t, err)
	_, err = c.call(t.Context(), save, nil)
	f, ok := fault.As(err)
	require.True(t, ok)
	require.Equal(t, fault.Unavailable, f.Kind)
	showsNothing(t, f, "127.0.0.1:1/")
}

// showsNothing checks the text of a fault and of every cause below it.
func showsNothing(t *testing.T, f *fault.Error, url string) {
	t.Helper()
	texts := []string{f.Detail(), fmt.Sprintf("%+v", f)}
	for err := error(f); err != nil; err = errors.Unwrap(err) {
		texts = append(texts, err.Error(), fmt.Sprintf("%#v", err))
	}
	for _, text := range texts {
		require.NotContains(t, text, "planted")
		require.NotContains(t, text, strings.TrimPrefix(url, "http://")+"/")
		require.NotContains(t, text, "ident=")
	}
}

func TestResults_AreToldApart(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		result, message string
		kind            fault.Kind
		code            string
	}{
		{"SAVE-ORDER-RESULT-OK", "", "", ""},
		{"GET-ORDER-RESULT-OK", "something friendly", "", ""},
		{"UPDATE-ORDER-RESULT-NO-CHANGES", "", "", ""},
		{"UPDATE-ORDER-RESULT-FAILED", "Order not saved because there were no changes in the order.", "", ""},
		{"SAVE-ORDER-RESULT-FAILED", " Order not saved because there were no changes in the order.\n", "", ""},
		{"SAVE-ORDER-RESULT-FAILED", "Order not saved.", fault.Rejected, "till_rejected"},
		{"SET-STOCK-RESULT-NO-STOCK-ARTICLE", "", fault.Rejected, "till_rejected"},
		{"GET-ORDER-RESULT-NOT-FOUND", "", fault.NotFound, "till_record_not_found"},
		{"SET-STOCK-RESULT-ARTICLE-NOT-FOUND", "", fault.NotFound, "till_record_not_found"},
		{"UPDATE-ORDER-RESULT-ORDER-HAS-CHANGED", "", fault.Conflict, "till_record_changed"},
		{"CREATE-ORDER-RESULT-EXT-ORDER-ID-ALREADY-EXISTS", "", fault.Conflict, "till_record_exists"},
		{"CREATE-RELATION-RESULT-FAILED-RELATION-NUMBER-ALREADY-TAKEN", "", fault.Conflict, "till_record_exists"},
		{"", "", fault.Uncertain, "answer_not_understood"},
		{"OK", "", fault.Uncertain, "answer_not_understood"},
	} {
		err := faultFromResult(save, c.result, c.message)
		if c.kind == "" {
			require.NoError(t, err, c.result)
			continue
		}
		f, ok := fault.As(err)
		require.True(t, ok, c.result)
		require.Equal(t, c.kind, f.Kind, c.result)
		require.Equal(t, c.code, f.Code, c.result)
	}
}
