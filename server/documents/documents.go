// Package documents reads the integration documents in force for the server's
// pages and webhooks.
package documents

import (
	"context"
	"errors"
	"regexp"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/settings"
)

// Reader reads documents. A version never changes, so what was parsed of it once
// serves every request.
type Reader struct {
	Store db.Documents

	parsed settings.Kept[settings.Document]
}

// ErrRefused says that this build refuses the stored document.
var ErrRefused = errors.New("the stored document is refused by this build")

// slug is what an integration can be called; anything else does not reach the database.
var slug = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$`)

// CanBeCalled reports whether an integration can have that name.
func CanBeCalled(integration string) bool { return slug.MatchString(integration) }

// Version is the version in force; db.ErrNoIntegration when there is no such integration.
func (r *Reader) Version(ctx context.Context, integration string) (int, error) {
	if !CanBeCalled(integration) {
		return 0, db.ErrNoIntegration
	}
	return r.Store.Current(ctx, integration)
}

// Get reads one version; ErrRefused when this build cannot work with it.
func (r *Reader) Get(ctx context.Context, integration string, version int) (settings.Document, error) {
	return r.parsed.Get(integration, version, func() (settings.Document, error) {
		text, err := r.Store.Get(ctx, integration, version)
		if err != nil {
			return settings.Document{}, err
		}
		doc, err := settings.Parse(text)
		if err != nil {
			return settings.Document{}, errors.Join(ErrRefused, err)
		}
		return doc, nil
	})
}
