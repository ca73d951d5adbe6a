package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/dev/demo"
	"github.com/koppel/koppel/internal/telemetry"
)

// errDemoFailed ends the process with 1 after the demo's own last line.
var errDemoFailed = errors.New("the demo failed: the books do not agree with the till")

func demoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "Ring up 200 orders and check that the books agree",
		Long: `Starts everything on free ports with temporary data, rings up 200 orders of 40
customers in the sandbox till, waits until the books agree, and says so.

  KOPPEL_DEMO_FAULTS=1   each call meets a fault with a chance of 10 %
  KOPPEL_DEMO_SEED=N     repeats the sales and the faults of an earlier run`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			seed, err := demoSeed(os.Getenv("KOPPEL_DEMO_SEED"))
			if err != nil {
				return err
			}
			home, err := os.MkdirTemp("", "koppel-demo-")
			if err != nil {
				return err
			}
			logPath := filepath.Join(os.TempDir(), filepath.Base(home)+".log")
			log, err := os.OpenFile(logPath, os.O_CREATE|os.O_WRONLY, 0o600)
			if err != nil {
				return err
			}
			defer log.Close()
			result, err := demo.Run(cmd.Context(), demo.Options{
				Home: home, Orders: 200, Customers: 40, Seed: seed, Faults: os.Getenv("KOPPEL_DEMO_FAULTS") == "1",
				Patience: 9 * time.Minute, Out: cmd.OutOrStdout(), Log: telemetry.NewLogger(log, slog.LevelInfo, true),
			})
			if err != nil {
				fmt.Fprintln(cmd.OutOrStdout(), "the demo could not be run: "+err.Error())
			}
			failed := err != nil || !result.OK()
			if failed {
				fmt.Fprintln(cmd.OutOrStdout(), "the log of this run is "+logPath)
			} else {
				_ = os.Remove(logPath)
			}
			_ = os.RemoveAll(home)
			if err != nil {
				result.Delivered = -1 // never ok
			}
			fmt.Fprintln(cmd.OutOrStdout(), result.Line())
			if failed {
				return errDemoFailed
			}
			return nil
		},
	}
}

func demoSeed(text string) (uint64, error) {
	if text == "" {
		return uint64(time.Now().UnixNano()), nil
	}
	seed, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("KOPPEL_DEMO_SEED=%q is not a number", text)
	}
	return seed, nil
}
