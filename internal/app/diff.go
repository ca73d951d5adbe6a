package app

import (
	"context"

	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
)

// Diff tells how one version of a document differs from another.
func (a *App) Diff(ctx context.Context, integration string, from, to int) ([]settings.Change, error) {
	var docs [2]settings.Document
	for i, version := range []int{from, to} {
		text, err := a.Documents.Get(ctx, integration, version)
		if err != nil {
			return nil, err
		}
		if docs[i], err = settings.Parse(text); err != nil {
			return nil, &api.RefusedVersion{Version: version, Problems: err}
		}
	}
	return settings.Diff(docs[0], docs[1]), nil
}
