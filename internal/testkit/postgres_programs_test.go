package testkit

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func installation(t *testing.T, folder string) programs {
	t.Helper()
	require.NoError(t, os.MkdirAll(folder, 0o755))
	for _, name := range []string{"initdb", "postgres"} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\n"), 0o755))
	}
	return programs(folder)
}

func TestFindPrograms_PrefersPathThenTheNewestFolder(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	nine := installation(t, filepath.Join(root, "lib", "9", "bin"))
	fifteen := installation(t, filepath.Join(root, "lib", "15", "bin"))
	seventeen := installation(t, filepath.Join(root, "lib", "17", "bin"))
	pattern := filepath.Join(root, "lib", "*", "bin")

	require.Equal(t, []programs{seventeen, fifteen, nine}, findPrograms("", []string{pattern}))

	// A link on PATH stands for the installation it points into.
	onPath := filepath.Join(root, "path")
	require.NoError(t, os.Mkdir(onPath, 0o755))
	require.NoError(t, os.Symlink(fifteen.postgres(), filepath.Join(onPath, "postgres")))
	require.Equal(t, []programs{fifteen, seventeen, nine}, findPrograms(onPath, []string{pattern}))
}

func TestFindPrograms_PassesOverHalfAnInstallation(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	client := filepath.Join(root, "client")
	require.NoError(t, os.Mkdir(client, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(client, "postgres"), nil, 0o755))
	notExecutable := installation(t, filepath.Join(root, "plain"))
	require.NoError(t, os.Chmod(notExecutable.initdb(), 0o644))
	require.Empty(t, findPrograms(client+string(filepath.ListSeparator)+string(notExecutable), nil))
}

func TestProgramsFor_SaysWhatToInstallWhenNothingIsThere(t *testing.T) {
	t.Parallel()
	require.ErrorContains(t, ErrNoPostgres, "apt-get install postgresql")
	require.ErrorContains(t, ErrNoPostgres, "brew install postgresql")
}

func TestProgramsFor_RefusesDataOfAVersionThatIsNotInstalled(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(data, "PG_VERSION"), []byte("8\n"), 0o600))
	_, err := programsFor(data)
	require.ErrorContains(t, err, "made by PostgreSQL 8")

	found, err := programsFor(t.TempDir())
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(data, "PG_VERSION"), []byte(found.major()+"\n"), 0o600))
	again, err := programsFor(data)
	require.NoError(t, err)
	require.Equal(t, found.major(), again.major())
}
