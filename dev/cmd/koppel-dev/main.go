// Command koppel-dev runs all of Koppel on one machine, with sandboxes in place
// of the outside systems: for a first look, for development and for the demo.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // Amsterdam time on machines without a time zone database

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := &cobra.Command{
		Use:           "koppel-dev",
		Short:         "All of Koppel on one machine",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(runCommand(), demoCommand())
	if err := root.ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "koppel-dev: "+err.Error())
		os.Exit(1)
	}
}
