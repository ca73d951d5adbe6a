package mplus

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	_ "time/tzdata"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/soap"
)

const (
	plantedIdent  = "planted-ident"
	plantedSecret = "planted secret&more"
)

// reply is one answer of a fakeTill. An empty body is cut off after the headers.
type reply struct {
	status int
	body   string
}

// fakeTill answers with canned envelopes and keeps what it was sent.
type fakeTill struct {
	url string

	mu      sync.Mutex
	replies map[string][]reply // by operation; the last one stays
	asked   []string           // operations, in order
	sent    [][]byte           // their envelopes
}

func newFakeTill(t *testing.T) *fakeTill {
	t.Helper()
	till := &fakeTill{replies: map[string][]reply{}}
	for _, path := range glob(t, "testdata/answers/*.xml") {
		till.on(strings.TrimSuffix(filepath.Base(path), ".xml"), enveloped(read(t, path)))
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		envelope, err := io.ReadAll(r.Body)
		if err != nil || r.URL.Query().Get("ident") != plantedIdent || r.URL.Query().Get("secret") != plantedSecret {
			http.Error(w, "bad request", http.StatusUnauthorized)
			return
		}
		body, err := soap.ReadEnvelope(strings.NewReader(string(envelope)), 1<<20)
		if err != nil || body.Namespace() != "urn:mplusqapi" || r.Header.Get("SOAPAction") != body.Root() ||
			r.Header.Get("Content-Type") != "text/xml; charset=utf-8" || r.Header.Get("X-Request-Id") == "" || r.Method != http.MethodPost {
			http.Error(w, "bad envelope", http.StatusTeapot)
			return
		}
		answer := till.next(body.Root(), envelope)
		w.Header().Set("Content-Type", "text/xml")
		w.WriteHeader(answer.status)
		fmt.Fprint(w, answer.body)
	}))
	t.Cleanup(server.Close)
	till.url = server.URL
	return till
}

// on sets the answers to an operation, one after the other.
func (f *fakeTill) on(operation string, answers ...reply) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.replies[operation] = answers
}

func (f *fakeTill) next(operation string, envelope []byte) reply {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, operation)
	f.sent = append(f.sent, envelope)
	answers := f.replies[operation]
	if len(answers) == 0 {
		return reply{http.StatusTeapot, "no answer is set for " + operation}
	}
	if len(answers) > 1 {
		f.replies[operation] = answers[1:]
	}
	return answers[0]
}

func (f *fakeTill) operations() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string{}, f.asked...)
}

func (f *fakeTill) request(i int) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return string(f.sent[i])
}

// client opens a client of the till; change may alter its settings.
func (f *fakeTill) client(t *testing.T, change ...func(*Settings)) *Client {
	t.Helper()
	s := Settings{BaseURL: f.url, Ident: plantedIdent, Secret: plantedSecret}
	for _, c := range change {
		c(&s)
	}
	c, err := New(s, Wiring{Transport: &http.Transport{DisableKeepAlives: true}})
	require.NoError(t, err)
	return c
}

// enveloped puts a payload written with the prefix ns into an envelope.
func enveloped(payload string) reply {
	return reply{http.StatusOK, `<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns="urn:mplusqapi"><SOAP-ENV:Body>` +
		payload + `</SOAP-ENV:Body></SOAP-ENV:Envelope>`}
}

// orders is the answer of getOrders with these orders in it.
func orders(orders ...string) reply {
	return enveloped("<ns:GetOrdersResponse><ns:orderList>" + strings.Join(orders, "\n") + "</ns:orderList></ns:GetOrdersResponse>")
}

// sales is the answer of getReceipts or getInvoices with these sales in it.
func sales(kind string, sales ...string) reply {
	list := strings.ToLower(strings.TrimSuffix(kind, "s")) + "List"
	return enveloped("<ns:Get" + kind + "Response><ns:" + list + ">" + strings.Join(sales, "\n") + "</ns:" + list + "></ns:Get" + kind + "Response>")
}

// sale is a small order with an id, a marker and, when not 0, a customer.
func sale(id string, marker, relation int) string {
	return fmt.Sprintf(`<ns:order><ns:orderId>%s</ns:orderId><ns:syncMarker>%d</ns:syncMarker><ns:orderType>ORDER-TYPE-SALES-ORDER</ns:orderType>`+
		`<ns:entryBranchNumber>1</ns:entryBranchNumber><ns:relationNumber>%d</ns:relationNumber><ns:relationName>Own name</ns:relationName>`+
		`<ns:vatMethod>VAT-METHOD-INCLUSIVE</ns:vatMethod><ns:changeCounter>2</ns:changeCounter><ns:versionNumber>1</ns:versionNumber>`+
		`<ns:orderNumber><ns:year>2026</ns:year><ns:number>%d</ns:number></ns:orderNumber></ns:order>`, id, marker, relation, marker)
}

func faultReply(status int, code, text string) reply {
	return reply{status, `<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>` +
		code + `</faultcode><faultstring>` + html.EscapeString(text) + `</faultstring></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>`}
}

func glob(t testing.TB, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	return paths
}

func read(t testing.TB, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

func serve(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}
