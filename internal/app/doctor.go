package app

import (
	"context"
	"fmt"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/workflows"
)

// Diagnosis is how an integration and the house around it stand.
type Diagnosis struct {
	House   []domain.Check
	Systems []SystemDiagnosis
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
	group, grouped := errgroup.WithContext(ctx)
	for i := range d.Systems {
		group.Go(func() (err error) {
			d.Systems[i], err = a.testSystem(grouped, integration, d.Systems[i].System, draft)
			return err
		})
	}
	return d, group.Wait()
}

// testSystem has one connection tested and waits for the result.
func (a *App) testSystem(ctx context.Context, integration, system, draft string) (SystemDiagnosis, error) {
	began := time.Now().Add(-time.Minute) // the database has a clock of its own
	run, err := a.Temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: workflows.ConnectionTestID(integration, system, draft), TaskQueue: workflows.QueueSync,
		WorkflowIDConflictPolicy: enums.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
		WorkflowExecutionTimeout: workflows.ConnectionTestPatience,
		TypedSearchAttributes:    workflows.SearchAttributes(integration, workflows.RequestTest, system),
	}, workflows.TestConnection, workflows.TestConnectionInput{Integration: integration, System: system, Draft: draft})
	if err != nil {
		return SystemDiagnosis{}, fmt.Errorf("start the test of %s: %w", system, err)
	}
	var result workflows.TestConnectionResult
	if err := run.Get(ctx, &result); err != nil {
		return SystemDiagnosis{}, fmt.Errorf("the test of %s did not end; see it in the Temporal UI under %s: %w", system, run.GetID(), err)
	}
	d := SystemDiagnosis{System: system, Checks: result.Checks}
	if result.Code != "" && len(result.Checks) == 0 {
		d.Checks = []domain.Check{{Name: "test", Outcome: domain.CheckFailed, Code: result.Code}}
	}
	tests, err := a.Tests.List(ctx, integration)
	if err != nil {
		return SystemDiagnosis{}, err
	}
	for _, test := range tests {
		if test.System == system && test.TestedAt.After(began) && result.Outcome == workflows.OutcomeDone {
			d.Assumptions = test.Assumptions
		}
	}
	return d, nil
}
