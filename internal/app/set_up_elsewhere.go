package app

import (
	"context"
	"errors"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/settings"
)

// elsewhere reports whether a draft looks for the books at another address than
// the document in force. Consent was given to the address in force: what answers
// at another one may neither see its tokens nor put its own in their place.
func (d *Directory) elsewhere(ctx context.Context, integration string, of connectors.Edition, draft settings.Document) (bool, error) {
	if of.Draft == nil {
		return false, nil
	}
	version, err := d.Documents.Store.Current(ctx, integration)
	if errors.Is(err, db.ErrNoIntegration) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	text, err := d.Documents.Store.Get(ctx, integration, version)
	if err != nil {
		return false, err
	}
	inForce, err := settings.Parse(text)
	if err != nil { // nobody can tell which address was consented to
		return true, nil
	}
	return !settings.SameAddress(draft.AccountView.BaseURL, inForce.AccountView.BaseURL), nil
}

// notTried are the tokens of books elsewhere: there are none.
type notTried struct{}

// Current implements accountview.Tokens.
func (notTried) Current(context.Context) (accountview.Token, error) {
	return accountview.Token{}, consentNotTried()
}

// Renew implements accountview.Tokens.
func (notTried) Renew(context.Context, accountview.Token, func(context.Context, secret.Text) (accountview.Token, error)) (accountview.Token, error) {
	return accountview.Token{}, consentNotTried()
}

func consentNotTried() error {
	return fault.New(fault.Misconfigured, "consent_not_tried", "open accountview")
}
