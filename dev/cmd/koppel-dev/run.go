package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/internal/telemetry"
)

func runCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "run",
		Short: "Start everything and go on where the last run stopped",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			home, err := stack.HomeFrom(os.Getenv)
			if err != nil {
				return err
			}
			ports, err := stack.PortsFrom(os.Getenv)
			if err != nil {
				return err
			}
			logFile, err := os.OpenFile(filepath.Join(home, "koppel.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
			if err != nil {
				return err
			}
			defer logFile.Close()
			s, err := stack.Start(cmd.Context(), stack.Options{
				Home: home, Ports: ports, WSDL: os.Getenv("MPLUS_WSDL"), DatabaseURL: os.Getenv("DATABASE_URL"),
				Log: telemetry.NewLogger(logFile, slog.LevelInfo, true),
			})
			if err != nil {
				return err
			}
			if err := writeEnvironment(s, home); err != nil {
				return errors.Join(err, s.Stop())
			}
			announce(cmd.OutOrStdout(), s, home)
			var failure error
			select {
			case <-cmd.Context().Done():
			case failure = <-s.Failed():
			case failure = <-s.Sandboxes.Failed():
			case <-s.PostgresDone():
				failure = errors.New("PostgreSQL stopped; see its log in " + home)
			}
			fmt.Fprintln(cmd.OutOrStdout(), "\nstopping")
			return errors.Join(failure, s.Stop())
		},
	}
}

func announce(w io.Writer, s *stack.Stack, home string) {
	fmt.Fprintf(w, `Koppel runs. All data is in %s, the log in %s.

  Status page            %s/
  Temporal UI            %s
  Till (MplusKASSA)      %s/till
  Books (AccountView)    %s/
  Webhook                POST %s/webhooks/%s/orders

Ring up a first sale: open %s/till, choose a customer and an article, press
Opslaan, and watch it arrive in the books within 30 seconds.

Commands such as "koppel parked list" work in a second terminal after
  . %s/environment
Ctrl-C stops everything; the next run goes on where this one stopped.
`, home, filepath.Join(home, "koppel.log"), s.ServerURL, s.UIURL, s.Sandboxes.TillURL, s.Sandboxes.BooksURL,
		s.ServerURL, stack.Integration, s.Sandboxes.TillURL, home)
}

// writeEnvironment lets the koppel command join this run from another terminal,
// and says how to reach the sandboxes.
func writeEnvironment(s *stack.Stack, home string) error {
	lines := []string{
		"export KOPPEL_DATABASE_URL='" + s.Config.DatabaseURL.Reveal() + "'",
		"export KOPPEL_KEY_FILE='" + filepath.Join(home, "master.key") + "'",
		"export KOPPEL_TEMPORAL_ADDRESS='" + s.Config.Temporal.Address + "'",
		"export KOPPEL_TEMPORAL_NAMESPACE='" + s.Config.Temporal.Namespace + "'",
		"export KOPPEL_TEMPORAL_UI_URL='" + s.Config.Temporal.UIURL + "'",
		"export KOPPEL_PUBLIC_URL='" + s.ServerURL + "'",
	}
	if bin, err := filepath.Abs("bin"); err == nil { // where make build puts the command
		lines = append(lines, `case ":$PATH:" in *":`+bin+`:"*) ;; *) export PATH="`+bin+`:$PATH" ;; esac`)
	}
	ready, err := s.Sandboxes.Ready()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(home, "ready.json"), append(ready, '\n'), 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(home, "environment"), []byte(strings.Join(lines, "\n")+"\n"), 0o600)
}
