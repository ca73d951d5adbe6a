package activities_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
)

// draftOf keeps a draft of an integration, tried so many days ago.
func (d *desk) draftOf(integration string, daysAgo int) db.PayloadRef {
	d.t.Helper()
	ref, err := d.Payloads.Prepare(d.t.Context(), integration, time.Now().AddDate(0, 0, -daysAgo))
	require.NoError(d.t, err)
	require.NoError(d.t, d.Payloads.Put(d.t.Context(), d.pool, integration, ref, []byte("integration: "+integration)))
	return ref
}

func TestForgetPayloads_AlsoOfIntegrationsWithoutADocument(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	_, err := db.Documents{DB: d.pool}.Put(t.Context(), "other", []byte(document), "test", "")
	require.NoError(t, err)
	old, fresh, theirs := d.draftOf("never-applied", 170), d.draftOf("never-applied", 20), d.draftOf("other", 230)
	_, err = d.pool.Exec(t.Context(), "insert into integration (slug) values ('never-applied')") // a first version that was not stored
	require.NoError(t, err)

	out := d.forget(d.keep().Before)
	require.Equal(t, activities.ForgetPayloadsResult{Adrift: 1, Payloads: 1, Partitions: 1}, out)
	_, err = d.Payloads.Get(t.Context(), "never-applied", old)
	require.ErrorIs(t, err, db.ErrNoPayload)
	_, err = d.Payloads.Get(t.Context(), "never-applied", fresh)
	require.NoError(t, err, "somebody may be setting it up still")
	_, err = d.Payloads.Get(t.Context(), "other", theirs)
	require.NoError(t, err, "how long it is kept is for its own document to say")
	var keys int
	require.NoError(t, d.pool.QueryRow(t.Context(), "select count(*) from payload_key where integration = 'never-applied'").Scan(&keys))
	require.Equal(t, 1, keys)
	require.Equal(t, activities.ForgetPayloadsResult{}, d.forget(d.keep().Before))
}

// How long this integration keeps its own says nothing about those without a document.
func TestForgetPayloads_ALongRetentionKeepsNoDraftsOfOthers(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.apply(document + "retention: {payloads: 700}\n")
	old := d.draftOf("never-applied", 170)
	out := d.forget(d.keep().Before)
	require.Equal(t, activities.ForgetPayloadsResult{Adrift: 1, Payloads: 1, Partitions: 1}, out)
	_, err := d.Payloads.Get(t.Context(), "never-applied", old)
	require.ErrorIs(t, err, db.ErrNoPayload)

	d.apply(document + "retention: {payloads: 1}\n")
	young := d.draftOf("never-applied", 50)
	require.Zero(t, d.forget(d.keep().Before).Adrift)
	_, err = d.Payloads.Get(t.Context(), "never-applied", young)
	require.NoError(t, err)
}

func TestForgetRecords_ForgetsConsentsWhoseTimeIsOverLongAgo(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	consents := db.Consents{DB: d.pool, Box: d.Payloads.Box}
	ask := func(state string, until time.Time) {
		t.Helper()
		_, err := consents.Ask(t.Context(), db.Consent{Integration: "never-applied", System: "accountview"}, "x", until)
		require.NoError(t, err)
		_, err = d.pool.Exec(t.Context(), "update consent set state_hash = $1 where state_hash = sha256('x')", []byte(state))
		require.NoError(t, err)
	}
	ask("waits", time.Now().Add(time.Minute))
	ask("long ago", time.Now().Add(time.Minute))
	_, err := d.pool.Exec(t.Context(), "update consent set expires_at = now() - interval '2 hours' where state_hash = 'long ago'")
	require.NoError(t, err)

	out, err := run[activities.ForgetRecordsResult](d, d.housekeeping().ForgetRecords,
		activities.ForgetRecordsInput{Integration: "shop", Before: db.MonthOf(time.Now())})
	require.NoError(t, err)
	require.Equal(t, activities.ForgetRecordsResult{Consents: 1}, out)
	var left int
	require.NoError(t, d.pool.QueryRow(t.Context(), "select count(*) from consent where state_hash = 'waits'").Scan(&left))
	require.Equal(t, 1, left)
}
