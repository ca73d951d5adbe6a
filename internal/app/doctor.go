package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// Diagnosis is how an integration and the house around it stand.
type Diagnosis struct {
	House    []domain.Check
	Systems  []SystemDiagnosis
	Coverage []domain.Check // where the document and the lists of the systems do not fit together
}

// SystemDiagnosis is how one connection stands.
type SystemDiagnosis struct {
	System      string
	Checks      []domain.Check
	Assumptions []domain.Assumption
}

// NeedsPerson reports whether something was found that somebody must act on: a
// check that failed, or a setting that the live system contradicts.
func (d Diagnosis) NeedsPerson() bool {
	failed := func(checks []domain.Check) bool {
		for _, c := range checks {
			if c.Outcome == domain.CheckFailed || c.Outcome == domain.CheckNotRun {
				return true
			}
		}
		return false
	}
	if failed(d.House) {
		return true
	}
	for _, s := range d.Systems {
		if failed(s.Checks) {
			return true
		}
		for _, a := range s.Assumptions {
			if a.Set != "" {
				return true
			}
		}
	}
	return false
}

// Doctor looks at everything an integration needs, under the document in force or
// under a draft among the payloads, and changes nothing. Both systems are looked
// at by workflows, as always.
func (a *App) Doctor(ctx context.Context, integration, draft string) (Diagnosis, error) {
	house := &houseCall{App: a, integration: integration, draft: draft}
	if err := house.look(ctx); err != nil {
		return Diagnosis{}, err
	}
	d := Diagnosis{House: house.checks, Systems: []SystemDiagnosis{{System: systemBooks}, {System: systemTill}}}
	if !house.worksOn() {
		for i := range d.Systems {
			d.Systems[i].Checks = []domain.Check{{Name: "reach", Outcome: domain.CheckNotRun}}
		}
		return d, nil
	}
	err := a.testSystems(ctx, integration, draft, house.doc, &d)
	return d, err
}

// testSystems has both connections tested, and compares the document with the
// lists that stand then.
func (a *App) testSystems(ctx context.Context, integration, draft string, doc *settings.Document, d *Diagnosis) error {
	found := make([]domain.Findings, len(d.Systems))
	group, grouped := errgroup.WithContext(ctx)
	for i := range d.Systems {
		group.Go(func() (err error) {
			found[i], err = a.testSystem(grouped, integration, d.Systems[i].System, draft)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	lists := domain.Listings{}
	for i, f := range found {
		d.Systems[i].Checks, d.Systems[i].Assumptions = f.Checks, f.Assumptions
		maps.Copy(lists, f.Listings)
	}
	if doc != nil {
		d.Coverage = coverageChecks(api.CoverageOf(*doc, lists))
	}
	return nil
}

// testSystem has one connection tested, waits for the result and reads all that
// was found.
func (a *App) testSystem(ctx context.Context, integration, system, draft string) (domain.Findings, error) {
	began := time.Now().Add(-time.Minute) // the database has a clock of its own
	run, err := a.Temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: workflows.ConnectionTestID(integration, system, draft), TaskQueue: workflows.QueueSync,
		WorkflowIDConflictPolicy: enums.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
		WorkflowExecutionTimeout: workflows.ConnectionTestPatience,
		TypedSearchAttributes:    workflows.SearchAttributes(integration, workflows.RequestTest, system),
	}, workflows.TestConnection, workflows.TestConnectionInput{Integration: integration, System: system, Draft: draft})
	if err != nil {
		return domain.Findings{}, fmt.Errorf("start the test of %s: %w", system, err)
	}
	var result workflows.TestConnectionResult
	if err := run.Get(ctx, &result); err != nil {
		return domain.Findings{}, fmt.Errorf("the test of %s did not end; see it in the Temporal UI under %s: %w", system, run.GetID(), err)
	}
	if result.Code != "" && len(result.Checks) == 0 {
		result.Checks = []domain.Check{{Name: "test", Outcome: domain.CheckFailed, Code: result.Code}}
	}
	if draft != "" {
		return a.foundByDraft(ctx, integration, result)
	}
	return a.foundInForce(ctx, integration, system, result, began)
}

// foundByDraft reads what the test of a draft found: its result says where that is kept.
func (a *App) foundByDraft(ctx context.Context, integration string, result workflows.TestConnectionResult) (domain.Findings, error) {
	bare := domain.Findings{Checks: result.Checks}
	if result.Findings == "" { // the test could not be made
		return bare, nil
	}
	ref, err := db.ParsePayloadRef(result.Findings)
	if err != nil {
		return bare, err
	}
	plain, err := a.Payloads.Get(ctx, integration, ref)
	if err != nil {
		return bare, fmt.Errorf("read what the test of the draft found: %w", err)
	}
	var found domain.Findings
	if err := json.Unmarshal(plain, &found); err != nil {
		return bare, errors.New("what the test of the draft found is damaged: test it again")
	}
	return found, nil
}

// foundInForce reads what is stored for the document in force. An older test than
// the one that began then tells nothing about this one; lists keep until newer ones come.
func (a *App) foundInForce(ctx context.Context, integration, system string, result workflows.TestConnectionResult, began time.Time) (domain.Findings, error) {
	found := domain.Findings{Checks: result.Checks}
	tests, err := a.Tests.List(ctx, integration)
	if err != nil {
		return found, err
	}
	for _, test := range tests {
		if test.System == system && test.TestedAt.After(began) && result.Outcome == workflows.OutcomeDone {
			found.Assumptions = test.Assumptions
		}
	}
	found.Listings, err = a.Listings.Get(ctx, integration)
	return found, err
}
