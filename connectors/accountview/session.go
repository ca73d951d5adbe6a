package accountview

import (
	"context"
	"sync"
	"time"

	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/secret"
)

// session hands out access tokens. It remembers the last one, so that a call
// costs no read of the keeper, and lets one caller of this process renew; the
// keeper does the same among processes.
type session struct {
	tokens   Tokens
	exchange func(ctx context.Context, refresh secret.Text) (Token, error)
	patience time.Duration // a renewal may take; it is not given up with its caller
	now      func() time.Time

	renewing lock
	mu       sync.Mutex
	last     Token
	skew     time.Duration // before its end, a token counts as old
}

// token gives a token that is good for a while.
func (s *session) token(ctx context.Context) (Token, error) {
	if t := s.remembered(); s.fresh(t) {
		return t, nil
	}
	release, err := s.renewing.take(ctx)
	if err != nil {
		return Token{}, fault.New(fault.Unavailable, "cancelled", system+" POST token").Because(err)
	}
	defer release()
	if t := s.remembered(); s.fresh(t) {
		return t, nil
	}
	current, err := s.tokens.Current(ctx)
	if err != nil {
		return Token{}, err
	}
	if s.fresh(current) {
		s.remember(current)
		return current, nil
	}
	renewed, err := s.renew(ctx, current)
	if fault.Is(err, fault.Unavailable) && current.lives(s.now()) {
		return current, nil // old, but not over: the token endpoint may come back in time
	}
	return renewed, err
}

// renewed gives another token in place of one that was refused.
func (s *session) renewed(ctx context.Context, refused Token) (Token, error) {
	release, err := s.renewing.take(ctx)
	if err != nil {
		return Token{}, fault.New(fault.Unavailable, "cancelled", system+" POST token").Because(err)
	}
	defer release()
	if t := s.remembered(); t.Access != refused.Access && s.fresh(t) {
		return t, nil
	}
	return s.renew(ctx, refused)
}

// renew asks the keeper. A token that another worker put there long ago may be
// old as well: then it is renewed in turn.
func (s *session) renew(ctx context.Context, old Token) (Token, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.patience)
	defer cancel()
	ours := false
	exchange := func(ctx context.Context, refresh secret.Text) (Token, error) {
		ours = true
		return s.exchange(ctx, refresh)
	}
	t, err := s.tokens.Renew(ctx, old, exchange)
	if err == nil && !ours && !s.fresh(t) {
		t, err = s.tokens.Renew(ctx, t, exchange)
	}
	if err != nil {
		return Token{}, err
	}
	s.remember(t)
	return t, nil
}

func (s *session) fresh(t Token) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return t.lives(s.now().Add(s.skew))
}

func (s *session) remembered() Token {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last
}

// remember keeps the token. One that lives shorter than the skew would be
// renewed at every call; for such tokens half their life is skew enough.
func (s *session) remember(t Token) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = t
	if life := t.ExpiresAt.Sub(s.now()); life > 0 && life <= s.skew {
		s.skew = life / 2
	}
}
