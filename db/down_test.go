package db_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
)

func TestIsDown_TellsAnAbsentDatabaseFromAWrongQuestion(t *testing.T) {
	t.Parallel()
	_, refused := pgx.Connect(context.Background(), "postgres://nobody@127.0.0.1:1/none")
	require.True(t, db.IsDown(fmt.Errorf("read the inbox: %w", refused)))
	for code, down := range map[string]bool{"57P01": true, "57P03": true, "53300": true, "08006": true, "40001": true, "42P01": false, "23505": false} {
		require.Equal(t, down, db.IsDown(&pgconn.PgError{Code: code}), code)
	}
	require.False(t, db.IsDown(errors.New("plain")))
	require.False(t, db.IsDown(pgx.ErrNoRows))
}
