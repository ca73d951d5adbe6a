package accountview

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/koppel/koppel/internal/secret"
)

// Token is what a consent or a refresh gives.
type Token struct {
	Access    secret.Text
	Refresh   secret.Text
	ExpiresAt time.Time // of Access; zero when not known
	Stated    bool      // whether the answer itself said how long Access lives
}

// Tokens keeps the token of one connection for all workers. Its errors are
// faults where a person must act: without any consent yet, Current gives
// NoConsent.
type Tokens interface {
	// Current gives the token in use.
	Current(ctx context.Context) (Token, error)
	// Renew replaces the token used. Only while used is still the one kept does it call exchange, and only one caller
	// of all workers does so at a time; otherwise it gives the token that another caller put there. What exchange gives
	// is stored, encrypted, before it is given back: the old refresh token may be dead by then.
	Renew(ctx context.Context, used Token, exchange func(ctx context.Context, refresh secret.Text) (Token, error)) (Token, error)
}

// storedToken is a token at rest. It exists because secret.Text never shows itself.
type storedToken struct {
	Access    string    `json:"access"`
	Refresh   string    `json:"refresh"`
	ExpiresAt time.Time `json:"expires_at,omitzero"`
	Stated    bool      `json:"stated,omitempty"`
}

// Stored is the token as bytes to encrypt and keep. Equal tokens give equal bytes.
func (t Token) Stored() ([]byte, error) {
	return json.Marshal(storedToken{t.Access.Reveal(), t.Refresh.Reveal(), t.ExpiresAt.UTC().Truncate(time.Second), t.Stated})
}

// TokenFromStored reads what Stored gave. The error shows nothing of it.
func TokenFromStored(stored []byte) (Token, error) {
	var s storedToken
	if err := json.Unmarshal(stored, &s); err != nil {
		return Token{}, errors.New("the stored accountview token is damaged")
	}
	return Token{secret.Text(s.Access), secret.Text(s.Refresh), s.ExpiresAt, s.Stated}, nil
}

// lives reports whether the access token is still good at the moment. A token
// without a known end is good until it is refused.
func (t Token) lives(at time.Time) bool {
	return t.Access != "" && (t.ExpiresAt.IsZero() || at.Before(t.ExpiresAt))
}
