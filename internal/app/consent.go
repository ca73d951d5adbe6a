package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
)

// consentLife is how long an address to give consent at may be opened.
const consentLife = 15 * time.Minute

// pathConnect is where the browser comes back to.
const pathConnect = "/connect/accountview"

// AskConsent makes the address at which a person gives consent to AccountView,
// under the document in force or under a draft among the payloads. The state in
// it is known to that browser only; we keep its hash.
func (a *App) AskConsent(ctx context.Context, integration, draft string) (api.ConsentAsked, error) {
	base := strings.TrimSuffix(a.Config.Server.PublicURL, "/")
	if base == "" {
		return api.ConsentAsked{Refused: "public_url_missing"}, nil
	}
	consent, err := a.consentOf(ctx, integration, draft)
	if f, ok := fault.As(err); ok {
		return api.ConsentAsked{Refused: f.Code, About: f.Key}, nil
	}
	if err != nil {
		return api.ConsentAsked{}, err
	}
	state, verifier := randomText(), randomText()
	asked := db.Consent{
		Integration: integration, System: systemBooks, RedirectURI: base + pathConnect, Draft: draft, Verifier: secret.Text(verifier),
	}
	until := time.Now().Add(consentLife)
	if _, err := a.Consents.Ask(ctx, asked, secret.Text(state), until); err != nil {
		return api.ConsentAsked{}, err
	}
	return api.ConsentAsked{
		AuthorizeURL: consent.AuthorizeURL(state, asked.RedirectURI, challengeOf(verifier)), ExpiresAt: until.UTC().Truncate(time.Second),
	}, nil
}

// consentOf opens the consent of a document; what is wrong with it is a fault.
func (a *App) consentOf(ctx context.Context, integration, draft string) (*accountview.Consent, error) {
	desk := a.Desk()
	edition, err := activities.EditionOf(ctx, desk, integration, draft)
	if err != nil {
		return nil, err
	}
	systems := desk.SetUp.(*Directory)
	doc, err := systems.edition(ctx, integration, edition)
	if err != nil {
		return nil, err
	}
	return systems.consent(ctx, integration, edition, doc)
}

// consent opens the consent of the books that a document describes. What would
// take the place of the consent in force comes from the address in force only.
func (d *Directory) consent(ctx context.Context, integration string, of connectors.Edition, doc settings.Document) (*accountview.Consent, error) {
	elsewhere, err := d.elsewhere(ctx, integration, of, doc)
	if err != nil {
		return nil, err
	}
	if elsewhere {
		return nil, consentNotTried()
	}
	secrets, err := d.secrets(ctx, integration, settings.SecretAccountViewClient)
	if err != nil {
		return nil, err
	}
	gate, err := d.gate(ctx, integration, systemBooks, doc.AccountView.Limits, setUpWait)
	if err != nil {
		return nil, err
	}
	consent, err := accountview.NewConsent(booksSettings(doc.AccountView, secrets), gate, d.observe(systemBooks))
	if err != nil {
		return nil, fault.New(fault.Misconfigured, "document_refused", "open accountview").About(integration).Because(err)
	}
	return consent, nil
}

// consenter keeps what a consent gives as the tokens of one integration.
type consenter struct {
	consent     *accountview.Consent
	directory   *Directory
	integration string
}

// TakeConsent implements connectors.Consenter.
func (c consenter) TakeConsent(ctx context.Context, code, redirectURI, verifier string) error {
	token, err := c.consent.Exchange(ctx, code, redirectURI, secret.Text(verifier))
	if f, ok := fault.As(err); ok && f.Code == "consent_expired" { // of a code it says that the code is no good
		return fault.New(fault.Unauthorized, "consent_code_refused", f.Op)
	}
	if err != nil {
		return err
	}
	if token.Refresh == "" {
		return fault.New(fault.Unauthorized, "consent_without_refresh", "accountview POST token")
	}
	stored, err := token.Stored()
	if err != nil {
		return errors.New("the token could not be written") // the error might show it
	}
	// The code is used up: what it brought is kept even when the caller has gone.
	ctx = context.WithoutCancel(ctx)
	if err := c.directory.Tokens.Put(ctx, c.integration, systemBooks, stored); err != nil {
		return err
	}
	if err := c.directory.Secrets.Put(ctx, c.integration, settings.SecretAccountViewRefresh, token.Refresh); err != nil {
		return fmt.Errorf("note that consent was given: %w", err)
	}
	return nil
}

// randomText is 256 bits that nobody can guess, in characters that stand in a URL.
func randomText() string {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails
	return base64.RawURLEncoding.EncodeToString(raw)
}

// challengeOf is the S256 challenge of a verifier (RFC 7636).
func challengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
