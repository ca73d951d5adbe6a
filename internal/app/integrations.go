package app

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/worker"
)

func (a *App) reconcile(ctx context.Context, doc settings.Document) error {
	if a.Temporal == nil {
		return nil
	}
	schedules := worker.Schedules{Temporal: a.Temporal, Log: a.Log}
	for _, plan := range plansOf(doc) {
		if err := schedules.Reconcile(ctx, plan); err != nil {
			return fmt.Errorf("the schedule of %s follows when a worker starts or the document is applied again: %w", plan.Flow, err)
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
			Integration: doc.Integration, Flow: plan.Flow, Enabled: plan.Enabled, Switch: plan.Switch, Every: plan.Every.Std(),
		})
	}
	return plans
}
