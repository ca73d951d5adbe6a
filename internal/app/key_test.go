package app_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/internal/testkit"
	"github.com/koppel/koppel/settings"
)

func newKey(t *testing.T) secret.Text {
	t.Helper()
	key, err := secret.NewKey()
	require.NoError(t, err)
	return key
}

func TestWrongKey_NothingStartsOrSealsWithIt(t *testing.T) {
	t.Parallel()
	url := testkit.DatabaseURL(t)
	right, wrong := started(t, url, newKey(t)), started(t, url, newKey(t))
	require.NoError(t, wrong.CheckKey(t.Context()), "nothing is stored that it could not open")

	require.NoError(t, right.SetSecret(t.Context(), "shop", settings.SecretMplusSecret, "planted"))
	require.NoError(t, right.Tests.Put(t.Context(), "shop", "mplus", domain.Findings{}))
	require.NoError(t, right.CheckKey(t.Context()))
	for name, start := range map[string]func() error{
		"worker": func() error { return wrong.RunWorker(t.Context()) },
		"server": func() error { return wrong.RunServer(t.Context(), nil) },
		"secret": func() error { return wrong.SetSecret(t.Context(), "shop", settings.SecretMplusIdent, "planted") },
	} {
		require.ErrorIs(t, start(), db.ErrWrongKey, name)
	}

	_, err := right.DB.Exec(t.Context(), "update secret set sealed = 'damaged'")
	require.NoError(t, err)
	require.NoError(t, right.CheckKey(t.Context()), "one damaged row is no other key")
}

func TestDoctor_AWrongKeyIsAFindingAndTheReportGoesOn(t *testing.T) {
	t.Parallel()
	url := testkit.DatabaseURL(t)
	right, wrong := started(t, url, newKey(t)), started(t, url, newKey(t))
	require.NoError(t, right.SetSecret(t.Context(), "shop", settings.SecretMplusSecret, "planted"))
	require.NoError(t, right.Tests.Put(t.Context(), "shop", "mplus", domain.Findings{}))

	d, err := wrong.Doctor(t.Context(), "shop", "")
	require.NoError(t, err)
	require.True(t, d.NeedsPerson())
	require.Equal(t, domain.Check{Name: "master_key", Outcome: domain.CheckFailed, Code: "master_key_wrong"}, houseCheck(d, "master_key"))
	require.NotEmpty(t, houseCheck(d, "secret"), "what does not need the key is looked at as well")
	require.Equal(t, domain.CheckNotRun, d.Systems[0].Checks[0].Outcome)

	d, err = right.Doctor(t.Context(), "shop", "")
	require.NoError(t, err)
	require.Equal(t, domain.CheckOK, houseCheck(d, "master_key").Outcome)
}

func houseCheck(d app.Diagnosis, name string) domain.Check {
	for _, c := range d.House {
		if c.Name == name {
			return c
		}
	}
	return domain.Check{}
}
