package app

import (
	"context"
	"errors"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
)

// uncovered holds tables that refuse a code without row to the lists that were
// last fetched from the systems. What was never fetched is not judged, and what
// the document in force lacks too is not the fault of this one.
func (a *App) uncovered(ctx context.Context, doc settings.Document) (settings.Problems, error) {
	lists, err := a.lists(ctx, doc)
	if err != nil {
		return nil, err
	}
	_, text, err := a.inForce(ctx, doc.Integration)
	if err != nil {
		return nil, err
	}
	var before *settings.Document
	if was, err := settings.Parse(text); err == nil { // one that this build refuses excuses nothing
		before = &was
	}
	problems, _ := errors.AsType[settings.Problems](settings.RefuseUnmapped(lists, before)(doc))
	return problems, nil
}

// warnings says what those lists make doubtful of a document, and refuses nothing.
func (a *App) warnings(ctx context.Context, doc settings.Document) ([]string, error) {
	lists, err := a.lists(ctx, doc)
	if err != nil {
		return nil, err
	}
	return api.WarningsOf(doc, lists), nil
}

func (a *App) lists(ctx context.Context, doc settings.Document) (domain.Listings, error) {
	return db.Listings{DB: a.DB, Box: a.Secrets.Box}.Get(ctx, doc.Integration)
}
