package accountview

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// Books is one connection to AccountView. It plays all five roles, is safe for
// concurrent use, and is meant to be kept: it remembers the token and the data
// dictionary.
type Books struct {
	settings   Settings
	consent    *Consent
	session    *session
	dictionary *dictionary
	zone       *time.Location
	now        func() time.Time
	allowed    *allowance
	calendar   *calendar
	mostPages  int // of one list
}

var (
	_ connectors.OrderSink    = (*Books)(nil)
	_ connectors.CustomerSink = (*Books)(nil)
	_ connectors.AddressSink  = (*Books)(nil)
	_ connectors.ProductIndex = (*Books)(nil)

	_ connectors.ProductReader = (*Books)(nil)
)

// New opens a connection. It makes no call yet. A nil gate means no limits, a
// nil observer that nobody watches.
func New(s Settings, tokens Tokens, gate connectors.Gate, observe Observer) (*Books, error) {
	if err := s.Validate(); err != nil {
		return nil, fmt.Errorf("accountview settings: %w", err)
	}
	if tokens == nil {
		return nil, errors.New("accountview needs a keeper of tokens")
	}
	s = s.upperNames()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		return nil, fmt.Errorf("load the time zone of the books: %w", err)
	}
	consent, err := NewConsent(s, gate, observe)
	if err != nil {
		return nil, err
	}
	b := &Books{settings: s, consent: consent, zone: zone, now: time.Now, allowed: &allowance{reading: newLock()}, calendar: &calendar{reading: newLock()}, mostPages: mostPages}
	b.session = &session{
		tokens: tokens, exchange: consent.Refresh, skew: s.RefreshSkew,
		patience: 2*s.Timeout + 10*time.Second, now: time.Now, renewing: newLock(),
	}
	b.dictionary = &dictionary{read: b.readDictionary, builtIn: s.builtIn(), now: time.Now, reading: newLock()}
	return b, nil
}

// String names the connection and nothing it holds: fmt would show the secrets
// inside, since it cannot ask unexported fields how they want to be printed.
func (b *Books) String() string { return system + " books" }

// GoString is String, for %#v.
func (b *Books) GoString() string { return b.String() }

// NoConsent is the fault of a connection to which nobody gave consent yet.
func NoConsent() error { return fault.New(fault.Unauthorized, codeConsentMissing, opToken) }

// renewals is how many fresh tokens may be refused before the connection counts
// as refused. One could be bad luck: another worker may renew in the same moment.
const renewals = 2

// authorized makes a call with a token, and again with a fresh one when the
// token was refused. A refused call did nothing, so a write may be repeated too.
func (b *Books) authorized(ctx context.Context, call func(Token) error) error {
	token, err := b.session.token(ctx)
	if err != nil {
		return err
	}
	for range renewals {
		err := call(token)
		if !isTokenRefused(err) {
			return err
		}
		if token, err = b.session.renewed(ctx, token); err != nil {
			return err
		}
	}
	if err = call(token); isTokenRefused(err) {
		refused, _ := fault.As(err)
		return fault.New(fault.Unauthorized, codeCredentialsRefused, refused.Op)
	}
	return err
}

func isTokenRefused(err error) bool {
	f, ok := fault.As(err)
	return ok && f.Code == codeTokenRefused
}

// bookDate is the date that picks the book year; zero when AccountView chooses.
func (b *Books) bookDate() domain.Date {
	if b.settings.BookDate == BookDateEmpty {
		return domain.Date{}
	}
	return domain.DateIn(b.now(), b.zone)
}
