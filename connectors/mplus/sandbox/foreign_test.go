package sandbox_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/internal/wsdl"
)

// foreign is a client that knows nothing of us: it writes envelopes by hand and picks answers apart by name. When
// MPLUS_WSDL is set, every answer it gets is checked against the vendor's description.
type foreign struct {
	t      *testing.T
	server *sandbox.Server
	base   string
	query  string
}

var loadOfficial = sync.OnceValues(func() (*wsdl.Schema, error) {
	path := os.Getenv("MPLUS_WSDL")
	if path == "" {
		return nil, nil
	}
	return wsdl.Load(path)
})

func official(t *testing.T) *wsdl.Schema {
	t.Helper()
	s, err := loadOfficial()
	require.NoError(t, err)
	return s
}

// noon is a summer day, so that the till's clock differs from UTC by two hours.
var noon = time.Date(2026, 7, 1, 10, 0, 0, 0, time.UTC)

func start(t *testing.T, opts sandbox.Options) *foreign {
	t.Helper()
	if opts.Now == nil {
		opts.Now = func() time.Time { return noon }
	}
	server, err := sandbox.New(opts)
	require.NoError(t, err)
	listener := httptest.NewServer(server.Handler())
	t.Cleanup(func() {
		listener.Close()
		require.NoError(t, server.Close())
	})
	ready := server.Ready()
	query := url.Values{"ident": {ready.Ident}, "secret": {ready.Secret}}
	return &foreign{t: t, server: server, base: listener.URL, query: query.Encode()}
}

func envelopeOf(payload string) string {
	return `<?xml version="1.0" encoding="utf-8"?>` +
		`<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:mplusqapi"><soap:Body>` +
		payload + `</soap:Body></soap:Envelope>`
}

// post sends an envelope as it is and gives status and body.
func (f *foreign) post(document string) (int, []byte) {
	f.t.Helper()
	response, err := http.Post(f.base+"/?"+f.query, "text/xml; charset=utf-8", strings.NewReader(document))
	require.NoError(f.t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(f.t, err)
	return response.StatusCode, body
}

// ask calls an operation with the inside of its element and wants an answer that is no fault.
func (f *foreign) ask(operation, inside string) node {
	f.t.Helper()
	request := envelopeOf("<" + operation + ">" + inside + "</" + operation + ">")
	status, body := f.post(request)
	require.Equal(f.t, http.StatusOK, status, "%s: %s", operation, body)
	if schema := official(f.t); schema != nil {
		require.NoError(f.t, schema.ValidateRequest(operation, []byte(request)), "request of %s", operation)
		require.NoError(f.t, schema.ValidateResponse(operation, body), "answer of %s: %s", operation, body)
	}
	return payload(f.t, body)
}

// refused calls an operation and wants a fault; it gives code and text.
func (f *foreign) refused(operation, inside string) (code, text string) {
	f.t.Helper()
	return f.faulty(envelopeOf("<" + operation + ">" + inside + "</" + operation + ">"))
}

func (f *foreign) faulty(document string) (code, text string) {
	f.t.Helper()
	status, body := f.post(document)
	require.Equal(f.t, http.StatusInternalServerError, status, "%s", body)
	require.NoError(f.t, wsdl.ValidateFault(body), "%s", body)
	fault := payload(f.t, body)
	return fault.text("faultcode"), fault.text("faultstring")
}

// node is an element of an answer.
type node struct {
	XMLName  xml.Name
	Text     string `xml:",chardata"`
	Children []node `xml:",any"`
}

func payload(t *testing.T, body []byte) node {
	t.Helper()
	var envelope node
	require.NoError(t, xml.Unmarshal(body, &envelope))
	require.Len(t, envelope.Children, 1)
	require.Len(t, envelope.Children[0].Children, 1)
	return envelope.Children[0].Children[0]
}

// all gives the elements at a path such as orderList/order.
func (n node) all(path string) []node {
	name, rest, deeper := strings.Cut(path, "/")
	var found []node
	for _, child := range n.Children {
		if child.XMLName.Local != name {
			continue
		}
		if deeper {
			found = append(found, child.all(rest)...)
		} else {
			found = append(found, child)
		}
	}
	return found
}

// text gives the text of the first element at a path, empty when there is none.
func (n node) text(path string) string {
	if found := n.all(path); len(found) > 0 {
		return found[0].Text
	}
	return ""
}

func (n node) texts(path string) []string {
	var texts []string
	for _, found := range n.all(path) {
		texts = append(texts, found.Text)
	}
	return texts
}

// json calls one of the sandbox's own pages.
func (f *foreign) json(method, path, body string, out any) int {
	f.t.Helper()
	request, err := http.NewRequest(method, f.base+path, strings.NewReader(body))
	require.NoError(f.t, err)
	response, err := http.DefaultClient.Do(request)
	require.NoError(f.t, err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	require.NoError(f.t, err)
	if out != nil {
		require.NoError(f.t, json.Unmarshal(answer, out), "%s", answer)
	}
	return response.StatusCode
}

func (f *foreign) get(path string) (int, string) {
	f.t.Helper()
	response, err := http.Get(f.base + path)
	require.NoError(f.t, err)
	defer response.Body.Close()
	var body bytes.Buffer
	_, err = body.ReadFrom(response.Body)
	require.NoError(f.t, err)
	return response.StatusCode, body.String()
}

// Pieces of requests that many tests send.

const anyArticles = `<articlePluNumbers></articlePluNumbers><articleBarcodes></articleBarcodes>`

func ordersFrom(marker, limit string) string {
	return `<request><syncMarker>` + marker + `</syncMarker><syncMarkerLimit>` + limit + `</syncMarkerLimit>` + anyArticles + `</request>`
}

func orderOf(head, tail string, lines ...string) string {
	return `<order><orderId></orderId>` + head + `<employeeNumber>999999</employeeNumber><relationNumber>1</relationNumber>` + tail +
		`<lineList>` + strings.Join(lines, "") + `</lineList></order>`
}

func line(article, quantity, places, rest string) string {
	return `<line><articleNumber>` + article + `</articleNumber><data><quantity>` + quantity + `</quantity><decimalPlaces>` + places +
		`</decimalPlaces>` + rest + `</data></line>`
}
