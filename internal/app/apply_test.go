package app

import (
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/configs"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/internal/testkit"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
)

// offices are two people with one installation, each at a process of their own.
type offices struct {
	t          *testing.T
	one, other *App
	schedules  *testkit.Schedules
}

func newOffices(t *testing.T) *offices {
	t.Helper()
	url := testkit.DatabaseURL(t)
	key, err := secret.NewKey()
	require.NoError(t, err)
	o := &offices{t: t, schedules: &testkit.Schedules{}}
	for _, a := range []**App{&o.one, &o.other} {
		*a, err = Open(t.Context(), configs.Config{DatabaseURL: secret.Text(url), Key: key}, slog.New(slog.DiscardHandler))
		require.NoError(t, err)
		t.Cleanup((*a).DB.Close)
		(*a).Temporal = o.schedules
	}
	for _, name := range settings.RequiredSecrets(settings.Document{}) {
		require.NoError(t, o.one.SetSecret(t.Context(), "demo", name, "planted"))
	}
	return o
}

// every is the demo document with another interval of the orders.
func (o *offices) every(interval time.Duration) api.Change {
	o.t.Helper()
	doc := nowhere(o.t)
	doc.AccountView.CompanyID = "7d3f1c52-90ab-4c6e-8f57-2b1e6a0d4c11"
	doc.Flows.Orders.Every = settings.Duration(interval)
	text, err := settings.Marshal(doc)
	require.NoError(o.t, err)
	return api.Change{Text: text, Author: "anna"}
}

func (o *offices) apply(a *App, change api.Change) int {
	o.t.Helper()
	applied, err := a.Apply(o.t.Context(), change)
	require.NoError(o.t, err)
	require.NoError(o.t, applied.Schedules)
	return applied.Version
}

func (o *offices) interval() time.Duration {
	o.t.Helper()
	kept, there := o.schedules.Kept("orders/demo")
	require.True(o.t, there)
	return kept.Spec.Intervals[0].Every
}

// meanwhile has something done once, between the document of the first apply and
// its schedules.
func (o *offices) meanwhile(do func()) {
	o.schedules.Reading = func(string) {
		o.schedules.Reading = nil
		do()
	}
}

func TestApply_ASlowOneDoesNotUndoTheSchedulesOfANewerVersion(t *testing.T) {
	t.Parallel()
	o := newOffices(t)
	o.apply(o.one, o.every(time.Minute))
	o.meanwhile(func() { require.Equal(t, 3, o.apply(o.other, o.every(3*time.Minute))) })
	require.Equal(t, 2, o.apply(o.one, o.every(2*time.Minute)))
	require.Equal(t, 3*time.Minute, o.interval())

	o.meanwhile(func() { require.Equal(t, 5, o.apply(o.other, o.every(5*time.Minute))) })
	back, err := o.one.Rollback(t.Context(), api.Rollback{Integration: "demo", To: 1, Author: "anna"})
	require.NoError(t, err)
	require.NoError(t, back.Schedules)
	require.Equal(t, 4, back.Version)
	require.Equal(t, 5*time.Minute, o.interval())
}

// overtaken has a version put in force by somebody else between the check of a change
// and its storing, which waits for the lock that is held here.
func (o *offices) overtaken(version int, change func() error) error {
	o.t.Helper()
	ctx := o.t.Context()
	tx, err := o.other.DB.Begin(ctx)
	require.NoError(o.t, err)
	_, err = db.Q.IntegrationLock(ctx, tx, "demo")
	require.NoError(o.t, err)
	done := make(chan error, 1)
	go func() { done <- change() }()
	require.Eventually(o.t, func() bool {
		var waiting int
		err := o.other.DB.QueryRow(ctx, "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'").Scan(&waiting)
		return err == nil && waiting > 0
	}, 10*time.Second, 10*time.Millisecond)
	require.NoError(o.t, db.Q.DocumentPut(ctx, tx, store.DocumentPutParams{
		Integration: "demo", Version: int32(version), Yaml: string(o.every(2 * time.Minute).Text), Author: "bert",
	}))
	require.NoError(o.t, db.Q.IntegrationSetVersion(ctx, tx, store.IntegrationSetVersionParams{Slug: "demo", Version: int32(version)}))
	require.NoError(o.t, tx.Commit(ctx))
	return <-done
}

func TestApply_WhoIsSecondDoesNotOverwriteUnseen(t *testing.T) {
	t.Parallel()
	o := newOffices(t)
	o.apply(o.one, o.every(time.Minute))
	var conflict *db.Conflict
	require.ErrorAs(t, o.overtaken(2, func() error {
		_, err := o.one.Apply(t.Context(), o.every(3*time.Minute))
		return err
	}), &conflict)
	require.Equal(t, db.Conflict{Integration: "demo", From: 1, InForce: 2}, *conflict)
	require.ErrorAs(t, o.overtaken(3, func() error {
		_, err := o.one.Rollback(t.Context(), api.Rollback{Integration: "demo", To: 1, Author: "anna"})
		return err
	}), &conflict)
	require.Equal(t, db.Conflict{Integration: "demo", From: 2, InForce: 3}, *conflict)
	require.Equal(t, 4, o.apply(o.one, o.every(3*time.Minute)), "made from what is in force")
}
