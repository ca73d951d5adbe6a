package sandboxkit_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/sandboxkit"
)

type row struct{ Name string }

func open(t *testing.T, path string) *sandboxkit.Store {
	t.Helper()
	s, err := sandboxkit.OpenStore(path)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func load(t *testing.T, s *sandboxkit.Store) map[string]row {
	t.Helper()
	rows, err := sandboxkit.Load[row](s, "rows")
	require.NoError(t, err)
	return rows
}

func TestStore_KeepsAnsweredWritesWithoutBeingClosed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "deep", "state.jsonl")
	s := open(t, path)
	require.NoError(t, sandboxkit.Put(s, "rows", "a", row{"first"}))
	require.NoError(t, sandboxkit.Put(s, "rows", "a", row{"second\nline"}))
	require.NoError(t, sandboxkit.Put(s, "rows", "b", row{"gone"}))
	require.NoError(t, sandboxkit.Delete(s, "rows", "b"))
	require.NoError(t, sandboxkit.Delete(s, "rows", "never there"))

	require.Equal(t, map[string]row{"a": {"second\nline"}}, load(t, open(t, path)))
}

func TestStore_ForgetsATornLineWhole(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state.jsonl")
	s := open(t, path)
	require.NoError(t, sandboxkit.Put(s, "rows", "a", row{"kept"}))
	require.NoError(t, sandboxkit.Write(s,
		sandboxkit.Change{Table: "rows", Key: "a", Deleted: true},
		sandboxkit.Change{Table: "rows", Key: "b", Value: row{"torn"}}))
	require.NoError(t, s.Close())
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.NoError(t, os.Truncate(path, info.Size()-1))

	again := open(t, path)
	require.Equal(t, map[string]row{"a": {"kept"}}, load(t, again))
	require.NoError(t, sandboxkit.Put(again, "rows", "c", row{"after"}))
	require.NoError(t, again.Close())
	require.Equal(t, map[string]row{"a": {"kept"}, "c": {"after"}}, load(t, open(t, path)))
}

func TestStore_RefusesAFileThatIsNotItsOwn(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state.jsonl")
	require.NoError(t, os.WriteFile(path, []byte("not json\n[]\n"), 0o600))
	_, err := sandboxkit.OpenStore(path)
	require.ErrorContains(t, err, "line 1")
}

func TestStore_CompactsOnOpen(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state.jsonl")
	s := open(t, path)
	for range 500 {
		require.NoError(t, sandboxkit.Put(s, "rows", "a", row{"again"}))
	}
	require.NoError(t, s.Close())
	open(t, path)
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Less(t, info.Size(), int64(100))
}

func TestStore_InMemoryIsSafeTogether(t *testing.T) {
	t.Parallel()
	s := open(t, "")
	var together sync.WaitGroup
	for _, key := range []string{"a", "b", "c", "d"} {
		together.Go(func() {
			for range 50 {
				_ = sandboxkit.Put(s, "rows", key, row{key})
				_, _ = sandboxkit.Load[row](s, "rows")
			}
		})
	}
	together.Wait()
	require.Len(t, load(t, s), 4)
	require.NoError(t, s.Close())
	require.Error(t, sandboxkit.Put(s, "rows", "e", row{}))
}

func TestStore_RefusesWhatCannotBeEncoded(t *testing.T) {
	t.Parallel()
	s := open(t, "")
	require.Error(t, sandboxkit.Write(s,
		sandboxkit.Change{Table: "rows", Key: "a", Value: row{"half"}},
		sandboxkit.Change{Table: "rows", Key: "b", Value: func() {}}))
	require.Empty(t, load(t, s), "nothing of it is written")
}
