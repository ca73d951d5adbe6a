package temporal_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	sdktemporal "go.temporal.io/sdk/temporal"

	"github.com/koppel/koppel/dev/temporal"
)

// childVariable makes the test's own program the first of two processes on one data file.
const childVariable = "KOPPEL_TEST_TEMPORAL_CHILD"

func TestMain(m *testing.M) {
	if dataFile := os.Getenv(childVariable); dataFile != "" {
		if err := firstLife(dataFile); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// firstLife starts a server, leaves a schedule and an open run in it, says so, and stops when its input ends.
func firstLife(dataFile string) error {
	ctx := context.Background()
	server, err := temporal.Start(ctx, temporal.Options{
		DataFile: dataFile, WithoutUI: true, SearchAttributes: []string{"Integration"},
	})
	if err != nil {
		return err
	}
	c, err := client.Dial(client.Options{HostPort: server.Address(), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	schedule, err := c.ScheduleClient().Create(ctx, client.ScheduleOptions{
		ID:     "orders/shop",
		Spec:   client.ScheduleSpec{Intervals: []client.ScheduleIntervalSpec{{Every: time.Second}}},
		Action: &client.ScheduleWorkflowAction{ID: "orders/shop", Workflow: "EchoOrder", Args: []any{"tick"}, TaskQueue: queue},
		Paused: true,
		Note:   "paused by a person",
	})
	if err != nil {
		return err
	}
	// A task that is under way when the process ends is tried again after ten seconds: describing waits for its end.
	if _, err := schedule.Describe(ctx); err != nil {
		return err
	}
	_, err = c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: "order/shop/2026.7", TaskQueue: queue,
		TypedSearchAttributes: sdktemporal.NewSearchAttributes(
			sdktemporal.NewSearchAttributeKeyKeyword("Integration").ValueSet("shop")),
	}, "EchoOrder", "2026.7")
	if err != nil {
		return err
	}
	if err := json.NewEncoder(os.Stdout).Encode(server.Address()); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	c.Close()
	return server.Stop()
}

func TestServer_KeepsRunsAndSchedulesForTheNextProcess(t *testing.T) {
	t.Parallel()
	ends := map[string]func(t *testing.T, child *exec.Cmd, stdin io.Closer){
		"stopped": func(t *testing.T, child *exec.Cmd, stdin io.Closer) {
			t.Helper()
			require.NoError(t, stdin.Close())
			require.NoError(t, child.Wait())
		},
		"killed": func(t *testing.T, child *exec.Cmd, _ io.Closer) {
			t.Helper()
			require.NoError(t, child.Process.Kill())
			require.Error(t, child.Wait())
		},
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dataFile := filepath.Join(t.TempDir(), "a 100% odd # name?", "temporal.db")
			child, stdin := startFirstLife(t, dataFile)
			requireSecondServerRefused(t, dataFile)
			end(t, child, stdin)

			c := dial(t, start(t, temporal.Options{DataFile: dataFile, WithoutUI: true}))
			schedule, err := c.ScheduleClient().GetHandle(t.Context(), "orders/shop").Describe(t.Context())
			require.NoError(t, err)
			require.True(t, schedule.Schedule.State.Paused)
			require.Equal(t, "paused by a person", schedule.Schedule.State.Note)
			requireListed(t, c, `Integration="shop" AND ExecutionStatus="Running"`, 1)

			work(t, c) // sets Outcome, an attribute that the first process did not register
			var got string
			require.NoError(t, c.GetWorkflow(t.Context(), "order/shop/2026.7", "").Get(t.Context(), &got))
			require.Equal(t, "2026.7", got)
			require.NoError(t, c.ScheduleClient().GetHandle(t.Context(), "orders/shop").Unpause(t.Context(), client.ScheduleUnpauseOptions{}))
			require.Eventually(t, func() bool {
				schedule, err := c.ScheduleClient().GetHandle(t.Context(), "orders/shop").Describe(t.Context())
				return err == nil && len(schedule.Info.RecentActions) > 0
			}, patience, pollEvery, "the schedule ticks in its second life")
		})
	}
}

func startFirstLife(t *testing.T, dataFile string) (*exec.Cmd, io.Closer) {
	t.Helper()
	program, err := os.Executable()
	require.NoError(t, err)
	child := exec.CommandContext(t.Context(), program)
	child.Env = append(os.Environ(), childVariable+"="+dataFile)
	child.Stderr = t.Output()
	stdin, err := child.StdinPipe()
	require.NoError(t, err)
	stdout, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	line, err := bufio.NewReader(stdout).ReadString('\n')
	require.NoError(t, err, "the first server did not come up")
	require.Contains(t, line, "127.0.0.1:")
	return child, stdin
}

func requireSecondServerRefused(t *testing.T, dataFile string) {
	t.Helper()
	_, err := temporal.Start(t.Context(), temporal.Options{DataFile: dataFile, WithoutUI: true})
	require.ErrorContains(t, err, "another Temporal server uses it")
}
