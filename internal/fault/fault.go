// Package fault names the ways work can fail, so that retrying, parking and
// telling a person are decided once, from the kind, and never from error text.
//
// The text of a fault enters Temporal's history and the log. It therefore holds
// a code, an operation and business keys (order numbers, article codes), and
// nothing else: no names, addresses, secrets, URLs or bodies of answers.
package fault

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// Error is one classified failure.
type Error struct {
	Kind       Kind
	Code       string        // stable, lower_snake: the key of its explanation
	Op         string        // what was being done, e.g. "accountview POST SO1"
	Key        string        // business key of the record it is about; never personal data
	RetryAfter time.Duration // how long the far side asked us to wait; zero if it did not say

	Awaits []string // what must come for it to pass, as domain.WaitKey writes it; empty: nobody can tell

	detail string
	cause  error
}

// New makes a fault of this kind. Code explains it to people, op says what was being done.
func New(kind Kind, code, op string) *Error {
	return &Error{Kind: kind, Code: code, Op: op}
}

// About names the record that the fault is about.
func (e *Error) About(key string) *Error { e.Key = key; return e }

// After says how long to wait before the next try.
func (e *Error) After(d time.Duration) *Error { e.RetryAfter = d; return e }

// Awaiting says what must come for the record to pass: business keys.
func (e *Error) Awaiting(keys ...string) *Error { e.Awaits = keys; return e }

// WithDetail keeps the far side's own words. They may name people, so they are
// never part of the text: they may only be stored encrypted with the record.
func (e *Error) WithDetail(text string) *Error { e.detail = text; return e }

// Because keeps the cause for errors.Is and errors.As in this process. Its text
// is not part of the fault's text.
func (e *Error) Because(err error) *Error { e.cause = err; return e }

// Detail is the far side's own words, for encrypted storage only.
func (e *Error) Detail() string { return e.detail }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.cause }

// Error is the text that may enter a history and a log.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Kind))
	b.WriteString(": ")
	b.WriteString(e.Code)
	if e.Op != "" {
		b.WriteString(" (" + e.Op + ")")
	}
	if e.Key != "" {
		b.WriteString(" [" + e.Key + "]")
	}
	return b.String()
}

// Format shows a fault as its text under every verb: %#v, or a fault printed by
// value, would otherwise show the detail and the cause.
func (e Error) Format(out fmt.State, _ rune) { _, _ = io.WriteString(out, (&e).Error()) }

// As finds the fault in an error chain.
func As(err error) (*Error, bool) {
	return errors.AsType[*Error](err)
}

// Is reports whether err holds a fault of this kind.
func Is(err error, kind Kind) bool {
	f, ok := As(err)
	return ok && f.Kind == kind
}
