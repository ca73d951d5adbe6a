package settings_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/settings"
)

func TestKept_MakesAVersionOnceAndWhatFailedAgain(t *testing.T) {
	t.Parallel()
	var kept settings.Kept[int]
	made := 0
	open := func() (int, error) {
		made++
		if made == 1 {
			return 0, errors.New("no database")
		}
		return made, nil
	}
	_, err := kept.Get("shop", 1, open)
	require.Error(t, err)
	for range 3 {
		got, err := kept.Get("shop", 1, open)
		require.NoError(t, err)
		require.Equal(t, 2, got)
	}
	other, err := kept.Get("shop", 2, open)
	require.NoError(t, err)
	require.Equal(t, 3, other)
	namesake, err := kept.Get("other", 1, open)
	require.NoError(t, err)
	require.Equal(t, 4, namesake)
}
