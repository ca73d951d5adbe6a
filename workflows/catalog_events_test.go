package workflows_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A page of stock is a thousand articles, so this is what a thousand cost.
func TestSyncStock_APageCostsSixEvents(t *testing.T) {
	t.Parallel()
	events := func(course string) int {
		raw, err := os.ReadFile(filepath.Join(histories, "SyncStock", course+".json"))
		require.NoError(t, err)
		var history struct{ Events []json.RawMessage }
		require.NoError(t, json.Unmarshal(raw, &history))
		return len(history.Events)
	}
	const pages = 3
	require.LessOrEqual(t, events("pages")-events("nothing_new"), (pages-1)*6)
}
