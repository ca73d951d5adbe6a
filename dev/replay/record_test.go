package replay_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/dev/replay"
)

// TestRecord runs every scenario and checks that each ends as its name says. With
// KOPPEL_RECORD_HISTORIES=<folder> the histories go there; without it they are
// thrown away.
func TestRecord_EveryScenarioEndsAsItSays(t *testing.T) {
	folder := os.Getenv("KOPPEL_RECORD_HISTORIES")
	if folder == "" {
		folder = t.TempDir()
	}
	require.NoError(t, replay.Record(t.Context(), folder))
	for _, workflow := range []string{
		"SyncOrders", "PushOrder", "FindDoubles", "WakeOrders", "TestConnection", "ConnectSystem", "PreviewRecords", "DryRunFlow", "WhatIf", "ForgetOld", "TellPeople", "LoadCatalog",
	} {
		recorded, err := filepath.Glob(filepath.Join(folder, workflow, "*.json"))
		require.NoError(t, err)
		require.NotEmpty(t, recorded, workflow)
	}
}
