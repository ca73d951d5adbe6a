package app

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/worker"
)

// Apply checks a document and puts it in force as a new version. Whatever is
// wrong with it is in the error, all at once, and then nothing is changed.
func (a *App) Apply(ctx context.Context, text []byte, author, note string) (integration string, version int, err error) {
	doc, err := settings.Parse(text, compiles, a.secretsAreSet(ctx))
	if err != nil {
		return "", 0, err
	}
	// Stored with its defaults filled in: a later build with other defaults must
	// not change what this version means.
	whole, err := settings.Marshal(doc)
	if err != nil {
		return "", 0, err
	}
	version, err = a.Documents.Put(ctx, doc.Integration, whole, author, note)
	if err != nil {
		return "", 0, err
	}
	return doc.Integration, version, a.reconcile(ctx, doc)
}

func (a *App) secretsAreSet(ctx context.Context) settings.Check {
	return func(doc settings.Document) error {
		names, err := a.Secrets.List(ctx, doc.Integration)
		if err != nil {
			return err
		}
		set := map[string]bool{}
		for _, n := range names {
			set[n.Name] = true
		}
		if missing := settings.MissingSecrets(doc, func(name string) bool { return set[name] }); len(missing) > 0 {
			return missing
		}
		return nil
	}
}

func (a *App) reconcile(ctx context.Context, doc settings.Document) error {
	if a.Temporal == nil {
		return nil
	}
	schedules := worker.Schedules{Temporal: a.Temporal, Log: a.Log}
	for _, plan := range plansOf(doc) {
		if err := schedules.Reconcile(ctx, plan); err != nil {
			return fmt.Errorf("the document is in force, but its schedule is not yet: start a worker, or apply it again: %w", err)
		}
	}
	return nil
}

// Plans tells the worker which schedules the documents in force want.
type Plans struct {
	Documents db.Documents
	Log       *slog.Logger
}

// Plans implements worker.Integrations.
func (p Plans) Plans(ctx context.Context) ([]worker.Plan, error) {
	names, err := p.Documents.List(ctx)
	if err != nil {
		return nil, err
	}
	var plans []worker.Plan
	for _, name := range names {
		version, err := p.Documents.Current(ctx, name)
		if err != nil {
			return nil, err
		}
		text, err := p.Documents.Get(ctx, name, version)
		if err != nil {
			return nil, err
		}
		doc, err := settings.Parse(text)
		if err != nil { // one integration that this build refuses must not stop the others
			p.Log.Error("a document is refused by this build: apply a corrected one", "integration", name, "version", version, "problems", err.Error())
			continue
		}
		plans = append(plans, plansOf(doc)...)
	}
	return plans, nil
}

func plansOf(doc settings.Document) []worker.Plan {
	var plans []worker.Plan
	for _, plan := range doc.Plans() {
		plans = append(plans, worker.Plan{
			Integration: doc.Integration, Flow: plan.Flow, Enabled: plan.Enabled, Every: plan.Every.Std(),
		})
	}
	return plans
}
