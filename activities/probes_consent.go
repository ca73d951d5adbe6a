package activities

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"go.temporal.io/sdk/activity"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/fault"
)

// ConsentInput names a consent whose code came back.
type ConsentInput struct {
	Integration string
	Consent     string // its id
}

// ConsentResult says under which version of the document a code was exchanged.
type ConsentResult struct {
	Document int // 0: a draft
}

// ExchangeConsent exchanges the code of a consent for tokens, and keeps those.
func (p *Probes) ExchangeConsent(ctx context.Context, in ConsentInput) (ConsentResult, error) {
	var out ConsentResult
	err := p.exchangeConsent(ctx, in, &out)
	return out, p.fail(ctx, in.Integration, err)
}

func (p *Probes) exchangeConsent(ctx context.Context, in ConsentInput, out *ConsentResult) error {
	unknown := fault.New(fault.NotFound, "consent_unknown", "take consent")
	id, err := uuid.Parse(in.Consent)
	if err != nil {
		return unknown
	}
	consent, err := p.Consents.Get(ctx, id)
	if errors.Is(err, db.ErrNoConsent) || err == nil && (consent.Code == "" || consent.Integration != in.Integration) {
		return unknown
	}
	if err != nil {
		return err
	}
	edition, err := EditionOf(ctx, p.Desk, in.Integration, consent.Draft)
	if err != nil {
		return err
	}
	out.Document = edition.Version
	consenter, err := p.SetUp.Consenter(ctx, in.Integration, edition, consent.System)
	if err != nil {
		return err
	}
	return consenter.TakeConsent(ctx, consent.Code.Reveal(), consent.RedirectURI, consent.Verifier.Reveal())
}

// EndConsentInput says how a consent ended.
type EndConsentInput struct {
	ConsentInput
	Outcome string // ok, or the code of why not
	About   string `json:",omitempty"` // what that is about
}

// EndConsent destroys what a consent held, whichever way it ended.
func (p *Probes) EndConsent(ctx context.Context, in EndConsentInput) error {
	id, err := uuid.Parse(in.Consent)
	if err != nil {
		return nil // nothing of that name was ever stored
	}
	activity.GetLogger(ctx).Info("consent ended", "integration", in.Integration, "outcome", in.Outcome, "about", in.About)
	return p.failButTryOn(ctx, in.Integration, p.Consents.End(ctx, id))
}
