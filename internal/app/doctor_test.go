package app

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/configs/examples"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/testkit"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// tester is a Temporal whose tests of connections end as the test says.
type tester struct {
	client.Client
	ends func(in workflows.TestConnectionInput) workflows.TestConnectionResult
}

func (t *tester) ExecuteWorkflow(_ context.Context, _ client.StartWorkflowOptions, _ any, args ...any) (client.WorkflowRun, error) {
	return testRun{result: t.ends(args[0].(workflows.TestConnectionInput))}, nil
}

type testRun struct {
	client.WorkflowRun
	result workflows.TestConnectionResult
}

func (r testRun) Get(_ context.Context, into any) error {
	*into.(*workflows.TestConnectionResult) = r.result
	return nil
}

// surgery is an app whose last test of the document in force found one thing.
func surgery(t *testing.T) (*App, settings.Document) {
	t.Helper()
	pool, box := testkit.Database(t), testkit.Box(t)
	a := &App{
		DB: pool, Payloads: &db.Payloads{DB: pool, Box: box}, Tests: db.ConnectionTests{DB: pool, Box: box}, Listings: db.Listings{DB: pool, Box: box},
	}
	for _, system := range []string{systemBooks, systemTill} {
		require.NoError(t, a.Tests.Put(t.Context(), "demo", system, domain.Findings{
			Assumptions: []domain.Assumption{{Row: system + " 1", Found: "in force"}},
		}))
	}
	require.NoError(t, a.Listings.Put(t.Context(), "demo", domain.Listings{domain.ListTillEmployees: {{Code: "1"}, {Code: "2"}, {Code: "3"}}}))
	doc, err := settings.Parse(examples.Demo)
	require.NoError(t, err)
	return a, doc
}

func examined() Diagnosis {
	return Diagnosis{Systems: []SystemDiagnosis{{System: systemBooks}, {System: systemTill}}}
}

func TestDoctor_ShowsWhatTheDraftFoundAndNotWhatIsStored(t *testing.T) {
	t.Parallel()
	a, doc := surgery(t)
	a.Temporal = &tester{ends: func(in workflows.TestConnectionInput) workflows.TestConnectionResult {
		require.Equal(t, "2026-11/draft", in.Draft)
		found := domain.Findings{
			Checks:      []domain.Check{{Name: "reach", About: in.System, Outcome: domain.CheckOK}},
			Assumptions: []domain.Assumption{{Row: in.System + " 1", Found: "by the draft"}},
		}
		if in.System == systemTill {
			found.Listings = domain.Listings{domain.ListTillEmployees: {{Code: "1"}, {Code: "2"}, {Code: "7", Name: "planted-name"}}}
		}
		plain, err := json.Marshal(found)
		require.NoError(t, err)
		ref, err := a.Payloads.Prepare(t.Context(), "demo", time.Now())
		require.NoError(t, err)
		require.NoError(t, a.Payloads.Put(t.Context(), a.DB, "demo", ref, plain))
		return workflows.TestConnectionResult{Outcome: workflows.OutcomeDone, Checks: found.Checks, Findings: ref.String()}
	}}
	d := examined()
	require.NoError(t, a.testSystems(t.Context(), "demo", "2026-11/draft", &doc, &d))
	for _, s := range d.Systems {
		require.Equal(t, []domain.Check{{Name: "reach", About: s.System, Outcome: domain.CheckOK}}, s.Checks)
		require.Equal(t, []domain.Assumption{{Row: s.System + " 1", Found: "by the draft"}}, s.Assumptions)
	}
	require.Equal(t, []domain.Check{{
		Name: "lookup", About: "employee", Outcome: domain.CheckWarns, Code: "lookup_not_covering",
		Found: "1 of 3 employees of the till take the table's default, because they have no row: 7; 1 row has a key that no longer exists: 3",
	}}, d.Coverage)
	require.False(t, d.NeedsPerson())
	told, err := json.Marshal(d)
	require.NoError(t, err)
	require.NotContains(t, string(told), "planted-name")
}

func TestDoctor_ATestOfADraftThatCannotBeMadeShowsNothingOfAnother(t *testing.T) {
	t.Parallel()
	a, doc := surgery(t)
	a.Temporal = &tester{ends: func(workflows.TestConnectionInput) workflows.TestConnectionResult {
		return workflows.TestConnectionResult{Outcome: workflows.OutcomeUnavailable, Code: "no_worker_in_time"}
	}}
	d := examined()
	require.NoError(t, a.testSystems(t.Context(), "demo", "2026-11/draft", &doc, &d))
	require.Equal(t, []domain.Check{{Name: "test", Outcome: domain.CheckFailed, Code: "no_worker_in_time"}}, d.Systems[0].Checks)
	require.Empty(t, d.Systems[0].Assumptions)
	require.Empty(t, d.Coverage)
	require.True(t, d.NeedsPerson())
}

func TestDoctor_ComparesTheDocumentInForceWithTheListsThatAreStored(t *testing.T) {
	t.Parallel()
	a, doc := surgery(t)
	doc.Mapping.Customer = append(doc.Mapping.Customer, domain.MappingRow{Target: "FREE_1", Source: "customer.custom['shoe size']"})
	require.NoError(t, a.Listings.Put(t.Context(), "demo", domain.Listings{domain.ListTillCustomFields: {{Code: "relation.hat size"}}}))
	a.Temporal = &tester{ends: func(workflows.TestConnectionInput) workflows.TestConnectionResult {
		return workflows.TestConnectionResult{Outcome: workflows.OutcomeDone}
	}}
	d := examined()
	require.NoError(t, a.testSystems(t.Context(), "demo", "", &doc, &d))
	require.Equal(t, []domain.Assumption{{Row: "mplus 1", Found: "in force"}}, d.Systems[1].Assumptions)
	require.Len(t, d.Coverage, 2, "of other tables no list was fetched")
	require.Equal(t, domain.Check{Name: "lookup", About: "employee", Outcome: domain.CheckOK}, d.Coverage[0])
	require.Equal(t, "own_field_absent", d.Coverage[1].Code)
	require.Equal(t, domain.CheckWarns, d.Coverage[1].Outcome)
	require.Contains(t, d.Coverage[1].Found, "shoe size")

	doc.Flows.Orders.Fill.Employee = "7"
	require.NoError(t, a.Listings.Put(t.Context(), "demo", domain.Listings{domain.ListTillEmployees: {{Code: "1"}}}))
	d = examined()
	require.NoError(t, a.testSystems(t.Context(), "demo", "", &doc, &d))
	last := d.Coverage[len(d.Coverage)-1]
	require.Equal(t, "number_unknown", last.Code)
	require.Equal(t, "flows.orders.fill.employee: the till has no employee 7", last.Found)
	require.False(t, d.NeedsPerson())
}
