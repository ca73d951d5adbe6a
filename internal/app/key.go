package app

import (
	"context"
	"errors"

	"github.com/koppel/koppel/db"
)

// CheckKey refuses a master key that opens nothing of what is stored, with
// db.ErrWrongKey.
func (a *App) CheckKey(ctx context.Context) error { return db.CheckKey(ctx, a.DB, a.Secrets.Box) }

// refuseWrongKey is for a process that must also start while the database is away
// or empty: only a key that is known to be wrong keeps it from starting.
func (a *App) refuseWrongKey(ctx context.Context) error {
	if err := a.CheckKey(ctx); errors.Is(err, db.ErrWrongKey) {
		return err
	}
	return nil
}
