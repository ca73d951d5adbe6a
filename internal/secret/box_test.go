package secret_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/secret"
)

func newBox(t *testing.T) *secret.Box {
	t.Helper()
	key, err := secret.NewKey()
	require.NoError(t, err)
	box, err := secret.OpenBox(key)
	require.NoError(t, err)
	return box
}

func TestBox_OpensItsOwnPlaceOnly(t *testing.T) {
	t.Parallel()
	box := newBox(t)
	sealed, err := box.Seal([]byte("planted"), "shop/mplus.secret")
	require.NoError(t, err)
	require.NotContains(t, string(sealed), "planted")

	plain, err := box.Open(sealed, "shop/mplus.secret")
	require.NoError(t, err)
	require.Equal(t, "planted", string(plain))

	_, err = box.Open(sealed, "shop/mplus.ident")
	require.Error(t, err)
	_, err = newBox(t).Open(sealed, "shop/mplus.secret")
	require.Error(t, err)
}

func TestBox_AnInnerKeyOpensUnderItsOuterKeyOnly(t *testing.T) {
	t.Parallel()
	outer := newBox(t)
	inner, sealedKey, err := outer.NewInner("shop/2026-11")
	require.NoError(t, err)
	sealed, err := inner.Seal([]byte("order"), "id")
	require.NoError(t, err)

	again, err := outer.OpenInner(sealedKey, "shop/2026-11")
	require.NoError(t, err)
	plain, err := again.Open(sealed, "id")
	require.NoError(t, err)
	require.Equal(t, "order", string(plain))

	_, err = newBox(t).OpenInner(sealedKey, "shop/2026-11")
	require.Error(t, err)
}

func TestOpenBox_ABadKeyIsRefusedWithoutShowingIt(t *testing.T) {
	t.Parallel()
	for _, key := range []secret.Text{"", "planted!", "cGxhbnRlZA=="} {
		_, err := secret.OpenBox(key)
		require.Error(t, err)
		require.NotContains(t, err.Error(), "planted")
	}
}
