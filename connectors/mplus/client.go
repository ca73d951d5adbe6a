package mplus

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/httpx"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/internal/soap"
)

const (
	system    = "mplus"
	namespace = "urn:mplusqapi" // WSDL
	homeZone  = "Europe/Amsterdam"
)

// Client speaks to one till administration. It is safe for concurrent use and
// remembers what it once found out: the scale of percentages, that the till speaks
// our protocol, which fields the retailer made, and whether stock can be set in bulk.
type Client struct {
	settings      Settings
	http          *httpx.Client
	address       secret.Text // holds the credentials in its query
	zone          *time.Location
	scale         scale
	protocol      protocol
	own           ownFields
	relationIndex relationIndex
	stock         stockCalls
	branches      stockBranches
	warn          func(text string)
}

// Wiring is what a client needs from the house around it. The zero Wiring works:
// no shared limits, the shared transport, nobody watching.
type Wiring struct {
	Gate      connectors.Gate
	Transport http.RoundTripper
	Observe   func(op string, took time.Duration, err error)
	Warn      func(text string) // hears of what a person should know, such as an old release of the till
}

var _ connectors.OrderSource = (*Client)(nil)

// New opens the connection; nothing is sent yet. Wrong settings are a fault of
// kind Misconfigured that lists all of them in its cause.
func New(s Settings, w Wiring) (*Client, error) {
	if err := s.Validate(); err != nil {
		return nil, fault.New(fault.Misconfigured, "till_settings_wrong", system+" open").Because(err)
	}
	s = s.withDefaults()
	zone, err := time.LoadLocation(homeZone)
	if err != nil {
		return nil, fault.New(fault.Misconfigured, "time_zone_unknown", system+" open").Because(err)
	}
	if w.Warn == nil {
		w.Warn = func(string) {}
	}
	return &Client{
		warn:     w.Warn,
		settings: s,
		address:  address(s),
		zone:     zone,
		http: httpx.New(httpx.Settings{
			System: system, Timeout: s.Timeout, MaxBody: s.MaxAnswer, PerSecond: s.PerSecond,
			Gate: w.Gate, Transport: w.Transport, Observe: w.Observe,
		}),
	}, nil
}

// String names the client and nothing it holds: fmt would show the credentials
// inside, since it cannot ask unexported fields how they want to be printed.
func (c *Client) String() string { return system + " client" }

// GoString is String, for %#v.
func (c *Client) GoString() string { return c.String() }

func address(s Settings) secret.Text {
	credentials := url.Values{"ident": {s.Ident.Reveal()}, "secret": {s.Secret.Reveal()}}
	base := s.BaseURL
	if u, err := url.Parse(base); err == nil && u.Path == "" {
		base = strings.TrimSuffix(base, "/") + "/"
	}
	return secret.Text(base + "?" + credentials.Encode())
}

// call makes one call and gives the payload of its answer. A nil request sends
// the bare operation.
func (c *Client) call(ctx context.Context, op operation, request any) (soap.Body, error) {
	envelope, err := soap.Marshal(namespace, op.name, request)
	if err != nil {
		return soap.Body{}, fault.New(fault.Invalid, "request_not_writable", op.op()).Because(err)
	}
	answer, err := c.http.Do(ctx, httpx.Call{
		Op: op.name, Write: op.writes(), Method: http.MethodPost, URL: c.address.Reveal(), Body: envelope,
		Header: http.Header{
			"Content-Type": {"text/xml; charset=utf-8"},
			"SOAPAction":   {op.name}, // the schema says empty, the vendor's own clients send the name
		},
	})
	if err != nil {
		return soap.Body{}, err
	}
	return c.payload(op, answer)
}

// payload takes the one element out of the answer's envelope, or tells what is
// wrong with the answer.
func (c *Client) payload(op operation, answer httpx.Answer) (soap.Body, error) {
	body, err := soap.ReadEnvelope(bytes.NewReader(answer.Body), c.settings.MaxAnswer)
	if err == nil && answer.Status/100 == 2 && strings.EqualFold(body.Root(), op.answer) {
		return body, nil
	}
	return soap.Body{}, c.withoutCredentials(faultFromAnswer(op, answer.Status, err))
}

// decode reads the whole payload; one that does not fit is an answer not understood.
func decode(op operation, body soap.Body, into any) error {
	if err := body.Decode(into); err != nil {
		return unclear(op, "answer_not_understood").Because(err)
	}
	return nil
}

// ask makes a call whose answer is small and read whole.
func (c *Client) ask(ctx context.Context, op operation, request, into any) error {
	body, err := c.call(ctx, op, request)
	if err != nil {
		return err
	}
	return decode(op, body, into)
}
