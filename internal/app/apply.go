package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
)

// patience is how long a change waits for Temporal to take its schedules. They
// follow at the start of a worker at the latest.
const patience = 5 * time.Second

// Check says what a change would do, and does nothing. Whatever is wrong with the
// document is in the error, all at once, as settings.Problems.
func (a *App) Check(ctx context.Context, change api.Change) (api.Checked, error) {
	doc, err := a.read(ctx, change.Text, change.Integration)
	if err != nil {
		return api.Checked{}, err
	}
	// Stored with its defaults filled in: a later build with other defaults must
	// not change what this version means.
	whole, err := settings.Marshal(doc)
	if err != nil {
		return api.Checked{}, err
	}
	checked := api.Checked{Integration: doc.Integration, Document: doc, Whole: whole}
	checked.InForce, checked.Before, err = a.inForce(ctx, doc.Integration)
	if err != nil {
		return api.Checked{}, err
	}
	if change.From != nil && *change.From != checked.InForce {
		return api.Checked{}, &db.Conflict{Integration: doc.Integration, From: *change.From, InForce: checked.InForce}
	}
	if before, err := settings.Parse(checked.Before); err == nil {
		checked.Compared, checked.Changes = true, settings.Diff(before, doc)
	}
	checked.Warnings, err = a.warnings(ctx, doc)
	return checked, err
}

// Apply checks a document and puts it in force as a new version, unless it says
// what is in force already. Then the schedules follow.
func (a *App) Apply(ctx context.Context, change api.Change) (api.Applied, error) {
	checked, err := a.Check(ctx, change)
	if err != nil {
		return api.Applied{}, err
	}
	applied := api.Applied{Integration: checked.Integration, Version: checked.InForce, Warnings: checked.Warnings}
	if !checked.Same() {
		applied.Made = true
		// Over what was checked: what somebody applied since is not overwritten unseen.
		applied.Version, err = a.Documents.Put(ctx, checked.Integration, checked.Whole, change.Author, change.Note, db.Over(checked.InForce))
		if err != nil {
			return api.Applied{}, err
		}
	}
	applied.Schedules = a.follow(ctx, checked.Integration)
	return applied, nil
}

// Rollback puts the very text of an earlier version in force again, as the
// newest version. A text that this build refuses stays where it is.
func (a *App) Rollback(ctx context.Context, back api.Rollback) (api.Applied, error) {
	inForce, err := a.Documents.Current(ctx, back.Integration)
	if err != nil {
		return api.Applied{}, err
	}
	if back.From != nil && *back.From != inForce {
		return api.Applied{}, &db.Conflict{Integration: back.Integration, From: *back.From, InForce: inForce}
	}
	text, err := a.Documents.Get(ctx, back.Integration, back.To)
	if err != nil {
		return api.Applied{}, err
	}
	doc, err := a.held(ctx, text, back.Integration, a.missingSecrets) // no list of today keeps anybody from going back
	if err != nil {
		return api.Applied{}, err
	}
	warnings, err := a.warnings(ctx, doc)
	if err != nil {
		return api.Applied{}, err
	}
	note := back.Note
	if note == "" {
		note = fmt.Sprintf("back to version %d", back.To)
	}
	version, err := a.Documents.Put(ctx, back.Integration, text, back.Author, note, db.Over(inForce))
	if err != nil {
		return api.Applied{}, err
	}
	return api.Applied{Integration: back.Integration, Version: version, Made: true, Schedules: a.follow(ctx, back.Integration), Warnings: warnings}, nil
}

// read reads a document and holds it to everything that must be true of it.
func (a *App) read(ctx context.Context, text []byte, integration string) (settings.Document, error) {
	return a.held(ctx, text, integration, a.asking()...)
}

// held reads a document and holds it to what needs no look, and to these.
func (a *App) held(ctx context.Context, text []byte, integration string, asking ...asks) (settings.Document, error) {
	var failed error
	checks := []settings.Check{settings.FilledIn, compiles, ofIntegration(integration)}
	for _, ask := range asking {
		checks = append(checks, func(doc settings.Document) error {
			problems, err := ask(ctx, doc)
			failed = errors.Join(failed, err)
			if len(problems) > 0 {
				return problems
			}
			return nil
		})
	}
	doc, err := settings.Parse(text, checks...)
	if failed != nil { // that we could not look is no problem of the document
		return settings.Document{}, failed
	}
	return doc, err
}

// asks is a check that looks at what we store. The error says that it could not look.
type asks func(ctx context.Context, doc settings.Document) (settings.Problems, error)

// asking lists those checks.
func (a *App) asking() []asks { return []asks{a.missingSecrets, a.uncovered} }

func (a *App) missingSecrets(ctx context.Context, doc settings.Document) (settings.Problems, error) {
	names, err := a.Secrets.List(ctx, doc.Integration)
	if err != nil {
		return nil, err
	}
	set := map[string]bool{}
	for _, n := range names {
		set[n.Name] = true
	}
	return settings.MissingSecrets(doc, func(name string) bool { return set[name] }), nil
}

// ofIntegration refuses the document of another integration than it is put at.
func ofIntegration(integration string) settings.Check {
	return func(doc settings.Document) error {
		if integration == "" || doc.Integration == "" || doc.Integration == integration {
			return nil
		}
		return settings.Problems{{Path: "integration", Text: "must be " + integration + ", because that is what it is put in force for"}}
	}
}

// inForce is the version in force and its text; 0 and nothing when there is none.
func (a *App) inForce(ctx context.Context, integration string) (int, []byte, error) {
	version, err := a.Documents.Current(ctx, integration)
	if errors.Is(err, db.ErrNoIntegration) {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, err
	}
	text, err := a.Documents.Get(ctx, integration, version)
	return version, text, err
}

// follow makes the schedules what the document in force says, even when whoever
// applied it has gone. That is the one in force by then: who is slow must not undo
// what a newer version did meanwhile.
func (a *App) follow(ctx context.Context, integration string) error {
	following, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	for followed := 0; ; {
		version, text, err := a.inForce(following, integration)
		if err != nil || version == followed {
			return err
		}
		doc, err := settings.Parse(text)
		if err != nil {
			return err
		}
		a.wake(following, doc, version)
		if err := a.reconcile(following, doc); err != nil {
			return err
		}
		followed = version
	}
}
