package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/settings"
)

func (r *root) secretCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "secret", Short: "Set the secrets of the outside systems"}
	cmd.AddCommand(r.secretSetCommand(), r.secretListCommand(), newKeyCommand(), r.rotateKeyCommand())
	return cmd
}

func (r *root) secretSetCommand() *cobra.Command {
	var integration string
	cmd := &cobra.Command{
		Use:   "set NAME -i INTEGRATION",
		Short: "Store a secret, read from standard input",
		Long: `Reads one line from standard input and stores it encrypted. It is never shown again.

  printf %s "$SECRET" | koppel secret set mplus.secret -i shop

Names: ` + secretNames(),
		Args:      cobra.ExactArgs(1),
		ValidArgs: settings.RequiredSecrets(settings.Document{}),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !settings.KnownSecret(args[0]) {
				return fmt.Errorf("there is no secret %q: the names are %s", args[0], secretNames())
			}
			value, err := readLine(cmd.InOrStdin())
			if err != nil {
				return err
			}
			a, err := r.open(cmd.Context())
			if err != nil {
				return err
			}
			defer a.Close()
			if err := a.SetSecret(cmd.Context(), integration, args[0], value); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %s is set\n", integration, args[0])
			return nil
		},
	}
	onIntegration(cmd, &integration)
	return cmd
}

func secretNames() string {
	return strings.Join(settings.RequiredSecrets(settings.Document{}), ", ") + ", " + settings.AlertSecret("CHANNEL") + ", " + settings.AlertURLSecret("CHANNEL")
}

func readLine(in io.Reader) (secret.Text, error) {
	line, err := bufio.NewReader(io.LimitReader(in, 1<<16)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", errors.New("the secret could not be read from standard input")
	}
	line = strings.TrimRight(line, "\r\n")
	if line == "" {
		return "", errors.New("no secret came on standard input: write it there, for example with printf %s \"$SECRET\" before the pipe")
	}
	return secret.Text(line), nil
}

func (r *root) secretListCommand() *cobra.Command {
	var integration string
	cmd := &cobra.Command{
		Use:   "list -i INTEGRATION",
		Short: "Show which secrets are set, never what they are",
		Args:  cobra.NoArgs,
		RunE: r.opened(func(cmd *cobra.Command, a *app.App, _ []string) error {
			set, err := a.Secrets.List(cmd.Context(), integration)
			if err != nil {
				return err
			}
			changed := map[string]time.Time{}
			for _, s := range set {
				changed[s.Name] = s.ChangedAt
			}
			table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
			for _, name := range settings.SecretNames(slices.Sorted(maps.Keys(changed))) {
				state := "not set"
				if at, ok := changed[name]; ok {
					state = "set " + domain.Moment(at)
				}
				fmt.Fprintf(table, "%s\t%s\n", name, state)
			}
			return table.Flush()
		}),
	}
	onIntegration(cmd, &integration)
	return cmd
}

func newKeyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "new-key",
		Short: "Make a master key",
		Long:  "Prints a new master key. Keep it as KOPPEL_KEY or in a file named by KOPPEL_KEY_FILE, and keep a copy: without it nothing stored can be read.",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			key, err := secret.NewKey()
			if err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), key.Reveal())
			return nil
		},
	}
}
