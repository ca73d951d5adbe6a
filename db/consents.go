package db

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/internal/secret"
)

// Consents keeps the consents that were asked of people, from the address that
// is opened until the code that came back was exchanged.
type Consents struct {
	DB  *pgxpool.Pool
	Box *secret.Box
}

// Consent is what the exchange of a code needs.
type Consent struct {
	ID          uuid.UUID
	Integration string
	System      string
	RedirectURI string
	Draft       string      // reference of the draft of a document that it was asked for; empty: the document in force
	Verifier    secret.Text // of the challenge that was sent
	Code        secret.Text // what came back; empty until then
}

// keptConsent is what is sealed of a consent. It exists because secret.Text
// never shows itself.
type keptConsent struct{ RedirectURI, Draft, Verifier, Code string }

// ErrNoConsent says that a state was never given out, came back before, or came
// back too late; or that a consent ended already.
var ErrNoConsent = errors.New("no such consent is awaited")

// Ask remembers a consent under a state that only the browser knows, and forgets
// those of long ago.
func (c Consents) Ask(ctx context.Context, asked Consent, state secret.Text, until time.Time) (uuid.UUID, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return uuid.Nil, fmt.Errorf("name a consent: %w", err)
	}
	asked.ID = id
	sealed, err := c.seal(asked)
	if err != nil {
		return uuid.Nil, err
	}
	if _, err := Q.ConsentForget(ctx, c.DB); err != nil {
		return uuid.Nil, fmt.Errorf("forget old consents: %w", err)
	}
	err = Q.ConsentPut(ctx, c.DB, store.ConsentPutParams{
		ID: id, Integration: asked.Integration, System: asked.System, StateHash: hashOf(state), Sealed: sealed, ExpiresAt: until,
	})
	if err != nil {
		return uuid.Nil, fmt.Errorf("store a consent: %w", err)
	}
	return id, nil
}

// Returned keeps the code that came back with a state. A state counts once and
// in time only; otherwise the error is ErrNoConsent.
func (c Consents) Returned(ctx context.Context, state, code secret.Text) (Consent, error) {
	var consent Consent
	err := pgx.BeginFunc(ctx, c.DB, func(tx pgx.Tx) error {
		row, err := Q.ConsentReturn(ctx, tx, hashOf(state))
		if err != nil {
			return err
		}
		consent, err = c.open(row.ID, row.Integration, row.System, row.Sealed)
		if err != nil {
			return err
		}
		consent.Code = code
		sealed, err := c.seal(consent)
		if err != nil {
			return err
		}
		return Q.ConsentSeal(ctx, tx, store.ConsentSealParams{ID: row.ID, Sealed: sealed})
	})
	if IsNotFound(err) {
		return Consent{}, ErrNoConsent
	}
	if err != nil {
		return Consent{}, fmt.Errorf("take a consent: %w", err)
	}
	return consent, nil
}

// Get reads a consent that has not ended.
func (c Consents) Get(ctx context.Context, id uuid.UUID) (Consent, error) {
	row, err := Q.ConsentGet(ctx, c.DB, id)
	if IsNotFound(err) {
		return Consent{}, ErrNoConsent
	}
	if err != nil {
		return Consent{}, fmt.Errorf("read a consent: %w", err)
	}
	return c.open(id, row.Integration, row.System, row.Sealed)
}

// End forgets a consent and all that it held.
func (c Consents) End(ctx context.Context, id uuid.UUID) error {
	if err := Q.ConsentEnd(ctx, c.DB, id); err != nil {
		return fmt.Errorf("end a consent: %w", err)
	}
	return nil
}

func (c Consents) seal(of Consent) ([]byte, error) {
	plain, err := json.Marshal(keptConsent{of.RedirectURI, of.Draft, of.Verifier.Reveal(), of.Code.Reveal()})
	if err != nil {
		return nil, errors.New("a consent could not be written") // the error might show it
	}
	return c.Box.Seal(plain, consentPlace(of.ID))
}

func (c Consents) open(id uuid.UUID, integration, system string, sealed []byte) (Consent, error) {
	plain, err := c.Box.Open(sealed, consentPlace(id))
	if err != nil {
		return Consent{}, err
	}
	var kept keptConsent
	if err := json.Unmarshal(plain, &kept); err != nil {
		return Consent{}, errors.New("the stored consent is damaged")
	}
	return Consent{
		ID: id, Integration: integration, System: system, RedirectURI: kept.RedirectURI, Draft: kept.Draft,
		Verifier: secret.Text(kept.Verifier), Code: secret.Text(kept.Code),
	}, nil
}

func hashOf(state secret.Text) []byte {
	sum := sha256.Sum256([]byte(state.Reveal()))
	return sum[:]
}

func consentPlace(id uuid.UUID) string { return "consent/" + id.String() }
