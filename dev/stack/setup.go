package stack

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"github.com/koppel/koppel/configs/examples"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
)

// setUp sets up the integration that every stack has.
func (s *Stack) setUp(ctx context.Context) error {
	return s.setUpShop(ctx, Shop{Integration, s.Sandboxes}, s.options.Document)
}

// setUpShop gives a new data folder what an integrator would give a new
// installation: the secrets and the document. A document that a person applied
// since stays; only the addresses of the sandboxes follow their ports.
func (s *Stack) setUpShop(ctx context.Context, shop Shop, adapt func(*settings.Document)) error {
	if err := s.setSecrets(ctx, shop); err != nil {
		return err
	}
	doc, err := s.documentInForce(ctx, shop.Integration)
	if err != nil {
		return err
	}
	before := doc
	doc.Integration = shop.Integration
	doc.AccountView.BaseURL = shop.Sandboxes.BooksURL + "/api/v3"
	doc.AccountView.CompanyID = shop.Sandboxes.Books.Ready().CompanyID
	doc.AccountView.ClientID = shop.Sandboxes.Books.Ready().ClientID
	doc.Mplus.BaseURL = shop.Sandboxes.TillURL + "/"
	if adapt != nil {
		adapt(&doc)
	}
	text, err := settings.Marshal(doc)
	if err != nil {
		return err
	}
	if same, err := settings.Marshal(before); err == nil && string(same) == string(text) && s.hasDocument(ctx, shop.Integration) {
		return nil
	}
	applied, err := s.App.Apply(ctx, api.Change{Text: text, Author: "make run", Note: "addresses of the sandboxes"})
	return errors.Join(err, applied.Schedules)
}

func (s *Stack) hasDocument(ctx context.Context, integration string) bool {
	_, err := s.App.Documents.Current(ctx, integration)
	return err == nil
}

func (s *Stack) documentInForce(ctx context.Context, integration string) (settings.Document, error) {
	version, err := s.App.Documents.Current(ctx, integration)
	if errors.Is(err, db.ErrNoIntegration) {
		return settings.Parse(examples.Demo)
	}
	if err != nil {
		return settings.Document{}, err
	}
	text, err := s.App.Documents.Get(ctx, integration, version)
	if err != nil {
		return settings.Document{}, err
	}
	return settings.Parse(text)
}

// setSecrets sets what is not set yet: tokens that rotated since stay.
func (s *Stack) setSecrets(ctx context.Context, shop Shop) error {
	set, err := s.App.Secrets.List(ctx, shop.Integration)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, name := range set {
		known[name.Name] = true
	}
	books, till := shop.Sandboxes.Books.Ready(), shop.Sandboxes.Till.Ready()
	webhook, err := secret.NewKey()
	if err != nil {
		return err
	}
	for name, value := range map[string]secret.Text{
		settings.SecretAccountViewClient:  secret.Text(books.ClientSecret),
		settings.SecretAccountViewRefresh: secret.Text(books.RefreshToken),
		settings.SecretMplusIdent:         secret.Text(till.Ident),
		settings.SecretMplusSecret:        secret.Text(till.Secret),
		settings.SecretWebhook:            webhook,
	} {
		if known[name] {
			continue
		}
		if err := s.App.SetSecret(ctx, shop.Integration, name, value); err != nil {
			return err
		}
	}
	return nil
}

// masterKey reads the key of this data folder, or makes it.
func masterKey(home string) (secret.Text, error) {
	path := filepath.Join(home, "master.key")
	kept, err := os.ReadFile(path)
	if err == nil {
		return secret.Text(kept), nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("read the master key: %w", err)
	}
	key, err := secret.NewKey()
	if err != nil {
		return "", err
	}
	return key, os.WriteFile(path, []byte(key.Reveal()), 0o600)
}

// listen opens the server's port before anything is told about it, and says plainly
// when it is taken.
func listen(port int) (net.Listener, error) {
	l, err := net.Listen("tcp", address(port))
	if err != nil {
		return nil, fmt.Errorf("port %d is taken by another program: set KOPPEL_PORT to another port", port)
	}
	return l, nil
}
