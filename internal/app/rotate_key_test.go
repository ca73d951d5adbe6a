package app_test

import (
	"log/slog"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/configs"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/internal/testkit"
	"github.com/koppel/koppel/settings"
)

// started is a process that was started with a key.
func started(t *testing.T, url string, key secret.Text) *app.App {
	t.Helper()
	a, err := app.Open(t.Context(), configs.Config{DatabaseURL: secret.Text(url), Key: key}, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(a.Close)
	return a
}

// An installation that goes through all steps, with a process of the step before
// beside each: what one writes the other reads, at every moment.
func TestRotateKey_EveryProcessReadsAtEveryStep(t *testing.T) {
	t.Parallel()
	url := testkit.DatabaseURL(t)
	first, err := secret.NewKey()
	require.NoError(t, err)
	key, steps := first, []secret.Text{first}
	old := started(t, url, first)
	bothRead := func(one, other *app.App) {
		for _, way := range [][2]*app.App{{one, other}, {other, one}} {
			require.NoError(t, way[0].SetSecret(t.Context(), "shop", settings.SecretMplusSecret, "planted"))
			value, err := way[1].Secrets.Get(t.Context(), "shop", settings.SecretMplusSecret)
			require.NoError(t, err)
			require.Equal(t, secret.Text("planted"), value)
		}
	}
	for range 2 {
		rotated, err := started(t, url, key).RotateKey(t.Context())
		require.NoError(t, err)
		require.NotEmpty(t, rotated.Key)
		require.Contains(t, rotated.Next, "restart every server and worker")
		next := started(t, url, rotated.Key)
		bothRead(old, next)
		old, key = next, rotated.Key
		steps = append(steps, key)
	}

	require.NoError(t, started(t, url, steps[1]).SetSecret(t.Context(), "shop", settings.SecretWebhook, "of a process of step 1"))
	rotated, err := old.RotateKey(t.Context())
	require.NoError(t, err)
	require.Empty(t, rotated.Key, "it met what an old key sealed: a process with the old one may still run")
	rotated, err = old.RotateKey(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, rotated.Key)
	last := started(t, url, rotated.Key)
	bothRead(old, last)
	for _, name := range []string{settings.SecretMplusSecret, settings.SecretWebhook} {
		_, err := last.Secrets.Get(t.Context(), "shop", name)
		require.NoError(t, err)
	}
	_, err = started(t, url, first).Secrets.Get(t.Context(), "shop", settings.SecretMplusSecret)
	require.Error(t, err, "the first key opens nothing any more")
	stage, err := secret.RotationOf(rotated.Key)
	require.NoError(t, err)
	require.Equal(t, secret.RotationNone, stage)
}

func TestRotateKey_BreaksOffAndGoesOn(t *testing.T) {
	t.Parallel()
	url := testkit.DatabaseURL(t)
	alone, err := secret.NewKey()
	require.NoError(t, err)
	a := started(t, url, alone)
	require.NoError(t, a.SetSecret(t.Context(), "shop", settings.SecretMplusIdent, "planted-1"))
	require.NoError(t, a.SetSecret(t.Context(), "shop", settings.SecretMplusSecret, "planted-2"))
	added, err := secret.AddKey(alone)
	require.NoError(t, err)
	switched, err := secret.SwitchKey(added)
	require.NoError(t, err)
	running := started(t, url, switched)
	breakOff(t, running.DB)

	rotated, err := running.RotateKey(t.Context())
	require.ErrorContains(t, err, "run it again")
	require.Empty(t, rotated.Key)
	for _, process := range []*app.App{running, started(t, url, added)} {
		for _, name := range []string{settings.SecretMplusIdent, settings.SecretMplusSecret} {
			_, err := process.Secrets.Get(t.Context(), "shop", name)
			require.NoError(t, err)
		}
	}
	_, err = running.DB.Exec(t.Context(), "drop trigger break_off on secret")
	require.NoError(t, err)
	rotated, err = running.RotateKey(t.Context())
	require.NoError(t, err)
	require.Contains(t, rotated.Did[1], "secret: 1 sealed anew, 1 were already")
}

func TestRotateKey_GivesNoLastKeyWhileSomethingOpensWithNone(t *testing.T) {
	t.Parallel()
	url := testkit.DatabaseURL(t)
	lost, err := secret.NewKey()
	require.NoError(t, err)
	require.NoError(t, started(t, url, lost).SetSecret(t.Context(), "shop", settings.SecretWebhook, "planted"))
	alone, err := secret.NewKey()
	require.NoError(t, err)
	added, err := secret.AddKey(alone)
	require.NoError(t, err)
	switched, err := secret.SwitchKey(added)
	require.NoError(t, err)

	rotated, err := started(t, url, switched).RotateKey(t.Context())
	require.ErrorContains(t, err, "secret/shop/webhook.secret")
	require.NotContains(t, err.Error(), "planted")
	require.Empty(t, rotated.Key)
}

// breakOff lets the sealing fail at the second secret.
func breakOff(t *testing.T, pool *pgxpool.Pool) {
	t.Helper()
	_, err := pool.Exec(t.Context(), `
		create function break_off() returns trigger language plpgsql as $$ begin raise exception 'power cut'; end $$;
		create trigger break_off before update on secret for each row when (old.name = 'mplus.secret') execute function break_off()`)
	require.NoError(t, err)
}
