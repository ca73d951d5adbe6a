// Package refusal is how the server says no: a status, a code for programs, and
// for people what happened and what to do. Nothing internal is ever part of it.
package refusal

import (
	"net/http"
	"strconv"
	"time"
)

// Refusal is an answer that is not what was asked for.
type Refusal struct {
	Status     int           `json:"-"`
	Code       string        `json:"code"`    // stable, lower_snake
	Message    string        `json:"message"` // what happened
	Fix        string        `json:"fix"`     // what to do
	RetryAfter time.Duration `json:"-"`       // zero: asking again does not help
	Problems   []Problem     `json:"problems,omitempty"`

	cause error
}

// Problem is one of several things that are wrong with what was sent.
type Problem struct {
	Path string `json:"path" doc:"where, in the keys of what was sent; empty: the whole of it"`
	Line int    `json:"line" doc:"line in the text; 0: not known"`
	Text string `json:"text" doc:"what is wrong"`
}

// New makes a refusal.
func New(status int, code, message, fix string) *Refusal {
	return &Refusal{Status: status, Code: code, Message: message, Fix: fix}
}

// Because keeps the cause for the log.
func (r *Refusal) Because(err error) *Refusal { r.cause = err; return r }

// Listing adds everything that is wrong.
func (r *Refusal) Listing(problems []Problem) *Refusal { r.Problems = problems; return r }

// Unwrap gives the cause.
func (r *Refusal) Unwrap() error { return r.cause }

// Error is the text for the log; whoever asked sees Message and Fix only.
func (r *Refusal) Error() string {
	if r.cause == nil {
		return r.Code
	}
	return r.Code + ": " + r.cause.Error()
}

// retryAfter is when to come back to a part of us that is down.
const retryAfter = 5 * time.Second

// DatabaseDown says that the database does not answer, or not with what can be read.
func DatabaseDown(err error) *Refusal {
	r := New(http.StatusServiceUnavailable, "database_unavailable", "Koppel cannot read its database right now. Nothing was started and nothing is lost.",
		"Send the same request again in a few seconds.").Because(err)
	r.RetryAfter = retryAfter
	return r
}

// TemporalDown says that Temporal does not answer, or does not take what it is given.
func TemporalDown(err error) *Refusal {
	r := New(http.StatusServiceUnavailable, "temporal_unavailable", "Koppel cannot start work right now: Temporal did not take it. Nothing is lost.",
		"Send the very same request again in a few seconds: it starts at most once.").Because(err)
	r.RetryAfter = retryAfter
	return r
}

// Unforeseen says that something went wrong that nobody foresaw. The request id finds it in the log.
func Unforeseen(err error) *Refusal {
	return New(http.StatusInternalServerError, "unforeseen", "Something went wrong that nobody foresaw.",
		"Try again. If it stays, look in the server's log for the X-Request-Id of this answer.").Because(err)
}

// TooLarge says that the body is over the limit, in bytes.
func TooLarge(limit int64) *Refusal {
	return New(http.StatusRequestEntityTooLarge, "body_too_large", "The body is larger than "+strconv.FormatInt(limit, 10)+" bytes.",
		"Send less: name the orders in several requests, or send an empty body to have all changes read.")
}
