package main

import (
	"fmt"
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/internal/telemetry"
)

func sandboxCommand() *cobra.Command {
	var o app.SandboxOptions
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Play AccountView and MplusKASSA on this machine",
		Long: `Runs a sandbox of AccountView and one of MplusKASSA until it is told to stop. A
client written for the real systems works against them unchanged. When both are
ready, one line of JSON says how to reach them.

The till's service description is not part of Koppel: download it from your own
server (https://api.mpluskassa.nl:PORT/?wsdl) and name the file with --mplus-wsdl.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.Log = telemetry.NewLogger(os.Stderr, slog.LevelWarn, false)
			sandboxes, err := app.StartSandboxes(o)
			if err != nil {
				return err
			}
			ready, err := sandboxes.Ready()
			if err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), string(ready))
			select {
			case <-cmd.Context().Done():
				return sandboxes.Stop()
			case err := <-sandboxes.Failed():
				_ = sandboxes.Stop() // why it failed says more
				return err
			}
		},
	}
	cmd.Flags().StringVar(&o.BooksAddr, "accountview-addr", "127.0.0.1:8091", "address of the AccountView sandbox")
	cmd.Flags().StringVar(&o.TillAddr, "mplus-addr", "127.0.0.1:8092", "address of the MplusKASSA sandbox")
	cmd.Flags().StringVar(&o.DataDir, "data", "", "folder that keeps their state; empty keeps it in memory")
	cmd.Flags().StringVar(&o.WSDLPath, "mplus-wsdl", os.Getenv("MPLUS_WSDL"), "file with the till's service description (MPLUS_WSDL)")
	return cmd
}
