package api

import (
	"bytes"
	"context"
	"errors"

	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/settings"
)

// Integrations does what the API may not do itself, because it takes rooms of
// the house that a server does not know. The command line uses the same.
//
// What is wrong with a document is an error of type settings.Problems, and that
// somebody else was first is a *db.Conflict.
type Integrations interface {
	// Check says what a change would do, and does nothing.
	Check(ctx context.Context, change Change) (Checked, error)
	// Apply puts a document in force.
	Apply(ctx context.Context, change Change) (Applied, error)
	// Rollback puts an earlier version in force again; db.ErrNoVersion when there is none.
	Rollback(ctx context.Context, back Rollback) (Applied, error)
	// Diff tells how one version differs from another; db.ErrNoVersion or a *RefusedVersion when it cannot.
	Diff(ctx context.Context, integration string, from, to int) ([]settings.Change, error)
	// ReplaceLookup gives a lookup table of the document in force other rows;
	// ErrNoLookup when it has no such table.
	ReplaceLookup(ctx context.Context, change LookupChange) (Applied, error)
	// CheckLookup says what ReplaceLookup would do, and does nothing.
	CheckLookup(ctx context.Context, change LookupChange) (Checked, error)
	// SetSecret stores a secret of an integration, replacing what was there. What
	// cannot be this secret is an error of type settings.Problems.
	SetSecret(ctx context.Context, integration, name string, value secret.Text) error
	Questions
}

// Change is a document that somebody wants in force.
type Change struct {
	Integration string // whose it must be; empty: whoever it names
	Text        []byte // YAML
	From        *int   // the version that it was made from, 0: the first; nil: whichever is in force
	Author      string
	Note        string
}

// LookupChange is a lookup table whose rows somebody wants replaced.
type LookupChange struct {
	Integration string
	Table       string
	CSV         []byte
	Empty       bool // no rows are meant
	From        *int // as in Change
	Author      string
	Note        string // empty: says which table it was
}

// ErrNoLookup says that a document has no lookup table of that name.
var ErrNoLookup = errors.New("the document has no such lookup table")

// Rollback asks for an earlier version.
type Rollback struct {
	Integration string
	To          int
	From        *int // as in Change
	Author      string
	Note        string // empty: says that it is a rollback
}

// Checked is a document with which nothing is wrong, beside what is in force.
type Checked struct {
	Integration string
	Document    settings.Document
	Whole       []byte            // its text with the defaults filled in
	InForce     int               // 0: none
	Before      []byte            // the text in force
	Compared    bool              // there is a document in force, and this build reads it
	Changes     []settings.Change // from that to this
	Warnings    []string          // what the lists of the systems make doubtful
}

// Same reports whether the document says what is in force already.
func (c Checked) Same() bool { return c.InForce > 0 && bytes.Equal(c.Whole, c.Before) }

// Applied tells what became of a change.
type Applied struct {
	Integration string
	Version     int      // in force now
	Made        bool     // a new version; false: the one in force says the same
	Schedules   error    // why the schedules do not follow yet; nil: they do
	Warnings    []string // as of Checked
}
