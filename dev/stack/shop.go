package stack

import (
	"context"

	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/settings"
)

// Shop is one integration, with a till and books of its own.
type Shop struct {
	Integration string
	Sandboxes   *app.Sandboxes
}

// Till is its till, for people.
func (s Shop) Till() outside.Till {
	ready := s.Sandboxes.Till.Ready()
	return outside.Till{Page: outside.Page{URL: s.Sandboxes.TillURL}, Ident: ready.Ident, Secret: ready.Secret}
}

// Books are its books, for people.
func (s Shop) Books() outside.Books {
	ready := s.Sandboxes.Books.Ready()
	return outside.Books{Page: outside.Page{URL: s.Sandboxes.BooksURL}, AccessToken: ready.AccessToken, CompanyID: ready.CompanyID}
}

// Shop is the integration that every stack has.
func (s *Stack) Shop() Shop { return Shop{Integration, s.Sandboxes} }

// Join sets up one more integration beside it: the demo document, adapted. Its
// sandboxes live as long as the stack.
func (s *Stack) Join(ctx context.Context, integration string, sandboxes app.SandboxOptions, adapt func(*settings.Document)) (Shop, error) {
	sandboxes.BooksAddr, sandboxes.TillAddr, sandboxes.Log = address(0), address(0), s.options.Log
	started, err := app.StartSandboxes(sandboxes)
	if err != nil {
		return Shop{}, err
	}
	shop := Shop{integration, started}
	s.mu.Lock()
	s.joined = append(s.joined, shop)
	s.mu.Unlock()
	return shop, s.setUpShop(ctx, shop, adapt)
}
