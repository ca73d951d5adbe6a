package app_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/configs/examples"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/internal/testkit"
)

func TestParked_OfNoSuchIntegrationIsNotNothing(t *testing.T) {
	t.Parallel()
	pool := testkit.Database(t)
	a := &app.App{DB: pool, Documents: db.Documents{DB: pool}}
	_, err := a.AllParked(t.Context(), "nope", 10)
	require.ErrorIs(t, err, db.ErrNoIntegration)
	_, err = a.Parked(t.Context(), app.ParkedOf{Integration: "nope"})
	require.ErrorIs(t, err, db.ErrNoIntegration)

	_, err = a.Documents.Put(t.Context(), "demo", examples.Demo, "test", "")
	require.NoError(t, err)
	for _, integration := range []string{"demo", ""} {
		rows, err := a.AllParked(t.Context(), integration, 10)
		require.NoError(t, err)
		require.Empty(t, rows)
	}
}
