package app

import (
	"context"

	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/settings"
)

// SetSecret stores a secret of an integration. A refresh token that a person
// sets begins a new chain of tokens: the one in use is forgotten. What cannot be
// this secret is an error of type settings.Problems, which shows nothing of it.
func (a *App) SetSecret(ctx context.Context, integration, name string, value secret.Text) error {
	if problem := settings.SecretProblem(name, value.Reveal()); problem != "" {
		return settings.Problems{{Path: name, Text: problem}}
	}
	if err := a.CheckKey(ctx); err != nil {
		return err
	}
	if name == settings.SecretAccountViewRefresh {
		token, err := accountview.Token{Refresh: value}.Stored()
		if err != nil {
			return err
		}
		if err := a.Tokens.Put(ctx, integration, systemBooks, token); err != nil {
			return err
		}
	}
	return a.Secrets.Put(ctx, integration, name, value)
}
