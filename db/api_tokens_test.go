package db_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/internal/testkit"
)

func TestAPITokens_OnlyTheHolderKnowsOne(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	tokens := db.APITokens{DB: testkit.Database(t)}
	shown, err := tokens.Create(ctx, "ci", db.ScopeAdmin, "anna")
	require.NoError(t, err)
	require.Regexp(t, `^koppel_1_[0-9A-Za-z]{43}$`, shown.Reveal())

	found, err := tokens.Find(ctx, shown)
	require.NoError(t, err)
	require.Equal(t, "ci", found.Name)
	require.Equal(t, db.ScopeAdmin, found.Scope)
	require.Equal(t, "anna", found.CreatedBy)

	var dump string
	require.NoError(t, tokens.DB.QueryRow(ctx, "select string_agg(t::text || encode(hash, 'escape'), ' ') from api_token t").Scan(&dump))
	require.NotContains(t, dump, strings.TrimPrefix(shown.Reveal(), "koppel_1_"))
}

func TestAPITokens_WhatIsNotOneIsRefused(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	tokens := db.APITokens{DB: testkit.Database(t)}
	shown, err := tokens.Create(ctx, "ci", db.ScopeRead, "anna")
	require.NoError(t, err)
	random := strings.TrimPrefix(shown.Reveal(), "koppel_1_")
	other := "0"
	if strings.HasSuffix(random, other) {
		other = "1"
	}
	for _, bad := range []string{
		"", "koppel_1_", "koppel_1_" + random[:42], shown.Reveal() + "0", " " + shown.Reveal(), "koppel_2_" + random,
		"koppel_01_" + random, "koppel_1_" + random[:42] + other, "Koppel_1_" + random, random, "koppel_999999999999999999_" + random,
	} {
		_, err := tokens.Find(ctx, secret.Text(bad))
		require.ErrorIs(t, err, db.ErrNoAPIToken, bad)
	}
}

func TestAPITokens_ARevokedOneIsRefusedAndItsNameIsFree(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	tokens := db.APITokens{DB: testkit.Database(t)}
	exist, err := tokens.Exist(ctx)
	require.NoError(t, err)
	require.False(t, exist)
	old, err := tokens.Create(ctx, "ci", db.ScopeRead, "anna")
	require.NoError(t, err)
	_, err = tokens.Create(ctx, "ci", db.ScopeAdmin, "anna")
	require.ErrorIs(t, err, db.ErrAPITokenName)

	require.NoError(t, tokens.Revoke(ctx, "ci"))
	require.ErrorIs(t, tokens.Revoke(ctx, "ci"), db.ErrNoAPIToken)
	exist, err = tokens.Exist(ctx)
	require.NoError(t, err)
	require.False(t, exist, "who revoked the last token switched the API off")
	renewed, err := tokens.Create(ctx, "ci", db.ScopeRead, "anna")
	require.NoError(t, err)

	_, err = tokens.Find(ctx, old)
	require.ErrorIs(t, err, db.ErrNoAPIToken)
	_, err = tokens.Find(ctx, renewed)
	require.NoError(t, err)
	list, err := tokens.List(ctx)
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.NotNil(t, list[0].RevokedAt)
	require.Nil(t, list[1].RevokedAt)
}

func TestAPITokens_AUseIsNotedOnceAMinute(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	tokens := db.APITokens{DB: testkit.Database(t)}
	shown, err := tokens.Create(ctx, "ci", db.ScopeRead, "anna")
	require.NoError(t, err)
	use := func() db.APIToken {
		token, err := tokens.Find(ctx, shown)
		require.NoError(t, err)
		require.NoError(t, tokens.Used(ctx, token))
		token, err = tokens.Find(ctx, shown)
		require.NoError(t, err)
		return token
	}
	first := use().LastUsedAt
	require.NotNil(t, first)
	require.Equal(t, first, use().LastUsedAt)

	_, err = tokens.DB.Exec(ctx, "update api_token set last_used_at = now() - interval '2 minutes'")
	require.NoError(t, err)
	require.False(t, use().LastUsedAt.Before(*first))
}

func TestScope_IncludesWhatIsLess(t *testing.T) {
	t.Parallel()
	require.True(t, db.ScopeAdmin.Includes(db.ScopeRead))
	require.True(t, db.ScopeOperate.Includes(db.ScopeOperate))
	require.False(t, db.ScopeOperate.Includes(db.ScopeAdmin))
	require.False(t, db.Scope("root").Includes(db.ScopeRead))
	require.False(t, db.ScopeAdmin.Includes(""), "a route without scope is open to nobody")
}
