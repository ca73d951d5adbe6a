package httpx

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/koppel/koppel/internal/fault"
)

// longestWait bounds what a far side may ask for: a wrong clock must not stop a flow for a year.
const longestWait = time.Hour

// toldToWait recognises the two answers by which a server says "not now".
//
// A 429 is given before any work is done. A 503 may come from a relay in front
// of a system that did get the call, so for a write it is uncertain.
func (c *Client) toldToWait(op string, write bool, a Answer) error {
	switch a.Status {
	case http.StatusTooManyRequests:
		return fault.New(fault.Throttled, "told_to_wait", op).After(RetryAfter(a.Header, time.Now()))
	case http.StatusServiceUnavailable:
		f := unclear(op, write, "service_unavailable")
		return f.After(RetryAfter(a.Header, time.Now()))
	default:
		return nil
	}
}

// RetryAfter reads the Retry-After header: seconds or an HTTP date. Without a
// usable one it is one second.
func RetryAfter(h http.Header, now time.Time) time.Duration {
	text := h.Get("Retry-After")
	wait := time.Second
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		wait = time.Duration(min(max(seconds, 0), int64(longestWait/time.Second))) * time.Second
	} else if at, err := http.ParseTime(text); err == nil {
		wait = at.Sub(now)
	}
	return min(max(wait, 0), longestWait)
}
