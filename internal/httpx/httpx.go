// Package httpx makes the calls to outside systems: one HTTP client with
// timeouts, verified TLS, bounded answers and a gate, and the one place where a
// broken call is told apart from an uncertain one.
package httpx

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"golang.org/x/time/rate"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/fault"
)

// Settings of a client for one connection.
type Settings struct {
	System    string        // "accountview" or "mplus": the first word of every operation
	Timeout   time.Duration // of one call, from the first byte sent to the last byte read
	MaxBody   int64         // bytes of an answer that are read at most
	Gate      connectors.Gate
	PerSecond float64 // smooths bursts inside this process; 0 means no smoothing
	Transport http.RoundTripper
	Observe   func(op string, took time.Duration, err error) // nil: nobody watches
}

// Client makes calls to one connection of an outside system.
type Client struct {
	settings Settings
	http     *http.Client
	smooth   *rate.Limiter
}

// New makes a client. A redirect is never followed: a call answers where it was sent.
func New(s Settings) *Client {
	if s.Timeout == 0 {
		s.Timeout = 30 * time.Second
	}
	if s.MaxBody == 0 {
		s.MaxBody = 32 << 20
	}
	if s.Transport == nil {
		s.Transport = SharedTransport
	}
	c := &Client{settings: s, http: &http.Client{
		Transport:     s.Transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	if s.PerSecond > 0 {
		c.smooth = rate.NewLimiter(rate.Limit(s.PerSecond), max(1, int(s.PerSecond)))
	}
	return c
}

// SharedTransport pools connections for all clients of the process. TLS is
// verified; nothing can switch that off.
var SharedTransport http.RoundTripper = newTransport()

func newTransport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.DialContext = (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext
	t.TLSHandshakeTimeout = 10 * time.Second
	t.MaxIdleConnsPerHost = 16
	return t
}

// Call is one request to make.
type Call struct {
	Op     string // "GET AR1": without the system's name, without keys
	Write  bool   // whether the far side changes anything when it gets this
	Method string
	URL    string // may hold credentials in the query
	Header http.Header
	Body   []byte
}

// Format shows the operation under every verb, and never what is sent.
func (c Call) Format(out fmt.State, _ rune) { _, _ = io.WriteString(out, c.Op) }

// Answer is what the far side said, whole.
type Answer struct {
	Status    int
	Header    http.Header
	Body      []byte
	RequestID string // the X-Request-Id that was sent
}

// Format shows the status and to which request, and never what was said.
func (a Answer) Format(out fmt.State, _ rune) { fmt.Fprintf(out, "%d to %s", a.Status, a.RequestID) }

// Do makes the call and gives whatever the far side answered, of any status
// except 429 and 503, which are Throttled and Unavailable. A call that never
// left is Unavailable; one that left without a whole answer is Uncertain when
// it writes, Unavailable when it only reads.
func (c *Client) Do(ctx context.Context, call Call) (Answer, error) {
	began := time.Now()
	answer, err := c.do(ctx, call)
	if c.settings.Observe != nil {
		c.settings.Observe(call.Op, time.Since(began), err)
	}
	return answer, err
}

func (c *Client) do(ctx context.Context, call Call) (Answer, error) {
	op := c.settings.System + " " + call.Op
	leave, err := c.enter(ctx, op)
	if err != nil {
		return Answer{}, err
	}
	defer leave()

	ctx, cancel := context.WithTimeout(ctx, c.settings.Timeout)
	defer cancel()
	var sent atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders: func() { sent.Store(true) },
	})
	req, err := http.NewRequestWithContext(ctx, call.Method, call.URL, bytes.NewReader(call.Body))
	if err != nil {
		return Answer{}, fault.New(fault.Misconfigured, "bad_address", op) // the error's text holds the URL
	}
	for name, values := range call.Header {
		req.Header[name] = values
	}
	id := "koppel-" + uuid.NewString()
	req.Header.Set("X-Request-Id", id)

	resp, err := c.http.Do(req)
	if err != nil {
		return Answer{}, c.broken(op, call.Write && sent.Load(), err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, c.settings.MaxBody+1))
	if err != nil {
		return Answer{}, c.broken(op, call.Write, err)
	}
	answer := Answer{Status: resp.StatusCode, Header: resp.Header, Body: body, RequestID: id}
	if int64(len(body)) > c.settings.MaxBody {
		return Answer{}, unclear(op, call.Write, "answer_too_large")
	}
	return answer, c.toldToWait(op, call.Write, answer)
}

func (c *Client) enter(ctx context.Context, op string) (leave func(), err error) {
	if c.smooth != nil {
		if err := c.smooth.Wait(ctx); err != nil {
			return nil, fault.New(fault.Throttled, "no_place_at_gate", op).Because(err)
		}
	}
	if c.settings.Gate == nil {
		return func() {}, nil
	}
	return c.settings.Gate.Enter(ctx, c.settings.Timeout+5*time.Second)
}

// broken classifies a call without a whole answer.
func (c *Client) broken(op string, mayBeDone bool, err error) error {
	code := causeOf(err)
	f := unclear(op, mayBeDone, code)
	return f.Because(withoutURL(err))
}

func unclear(op string, mayBeDone bool, code string) *fault.Error {
	if mayBeDone {
		return fault.New(fault.Uncertain, code, op)
	}
	return fault.New(fault.Unavailable, code, op)
}
