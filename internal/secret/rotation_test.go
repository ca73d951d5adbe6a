package secret_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/secret"
)

// keys are a master key at each step of its rotation.
func keys(t *testing.T) (alone, added, switched, last secret.Text) {
	t.Helper()
	var err error
	alone, err = secret.NewKey()
	require.NoError(t, err)
	added, err = secret.AddKey(alone)
	require.NoError(t, err)
	switched, err = secret.SwitchKey(added)
	require.NoError(t, err)
	last, err = secret.DropOldKeys(switched)
	require.NoError(t, err)
	return alone, added, switched, last
}

func boxOf(t *testing.T, key secret.Text) *secret.Box {
	t.Helper()
	box, err := secret.OpenBox(key)
	require.NoError(t, err)
	return box
}

// While one step is rolled out, processes of two steps run side by side.
func TestRotation_ProcessesOfNeighbouringStepsReadEachOther(t *testing.T) {
	t.Parallel()
	alone, added, switched, last := keys(t)
	for _, pair := range [][2]secret.Text{{alone, added}, {added, switched}} {
		for _, way := range [][2]secret.Text{{pair[0], pair[1]}, {pair[1], pair[0]}} {
			sealed, err := boxOf(t, way[0]).Seal([]byte("planted"), "place")
			require.NoError(t, err)
			plain, err := boxOf(t, way[1]).Open(sealed, "place")
			require.NoError(t, err)
			require.Equal(t, "planted", string(plain))
		}
	}
	sealed, err := boxOf(t, switched).Seal([]byte("planted"), "place")
	require.NoError(t, err)
	_, err = boxOf(t, last).Open(sealed, "place")
	require.NoError(t, err)
	_, err = boxOf(t, alone).Open(sealed, "place")
	require.Error(t, err, "the old key opens nothing that the new one sealed")
}

func TestRotation_AStepFitsOneStageOnly(t *testing.T) {
	t.Parallel()
	alone, added, switched, last := keys(t)
	for key, stage := range map[secret.Text]secret.Rotation{
		alone: secret.RotationNone, added: secret.RotationAdded, switched: secret.RotationSwitched, last: secret.RotationNone,
	} {
		is, err := secret.RotationOf(key)
		require.NoError(t, err)
		require.Equal(t, stage, is)
		_, err = secret.AddKey(key)
		require.Equal(t, stage == secret.RotationNone, err == nil)
		_, err = secret.SwitchKey(key)
		require.Equal(t, stage == secret.RotationAdded, err == nil)
		_, err = secret.DropOldKeys(key)
		require.Equal(t, stage == secret.RotationSwitched, err == nil)
	}
	_, err := secret.RotationOf("planted")
	require.Error(t, err)
	require.NotContains(t, err.Error(), "planted")
}

func TestReseal_SealsWithTheNewKeyOnce(t *testing.T) {
	t.Parallel()
	alone, _, switched, last := keys(t)
	box := boxOf(t, switched)
	old, err := boxOf(t, alone).Seal([]byte("planted"), "place")
	require.NoError(t, err)

	sealed, err := box.Reseal(old, "place")
	require.NoError(t, err)
	plain, err := boxOf(t, last).Open(sealed, "place")
	require.NoError(t, err)
	require.Equal(t, "planted", string(plain))
	again, err := box.Reseal(sealed, "place")
	require.NoError(t, err)
	require.Nil(t, again)

	_, err = box.Reseal(old, "another place")
	require.Error(t, err)
	_, err = boxOf(t, last).Reseal(old, "place")
	require.Error(t, err)
}

func TestReseal_KeepsAnInnerKeyAndWhatItSealed(t *testing.T) {
	t.Parallel()
	alone, _, switched, last := keys(t)
	inner, sealedKey, err := boxOf(t, alone).NewInner("shop/2026-11")
	require.NoError(t, err)
	sealed, err := inner.Seal([]byte("order"), "id")
	require.NoError(t, err)

	resealed, err := boxOf(t, switched).ResealInner(sealedKey, "shop/2026-11")
	require.NoError(t, err)
	again, err := boxOf(t, switched).ResealInner(resealed, "shop/2026-11")
	require.NoError(t, err)
	require.Nil(t, again)
	opened, err := boxOf(t, last).OpenInner(resealed, "shop/2026-11")
	require.NoError(t, err)
	plain, err := opened.Open(sealed, "id")
	require.NoError(t, err)
	require.Equal(t, "order", string(plain))
}
