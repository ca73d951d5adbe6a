package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/internal/app"
)

func (r *root) rotateKeyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rotate-key",
		Short: "Do the next step of giving the installation a new master key",
		Long: `Gives the installation a new master key while it runs. It is done in three steps;
this command does the next one, which it reads from KOPPEL_KEY itself:

  1  makes a new key and prints a line that holds both: the old one still seals
  2  prints a line that holds both: now the new one seals
  3  seals everything stored anew; run once more, it prints the new key alone

After each line that it prints, store it as KOPPEL_KEY (or in the file of
KOPPEL_KEY_FILE) and restart every server and worker before you go on. So each of
them can read, at any moment, what any other writes. It may be broken off and run
again. The line goes to standard output, what to do to standard error.`,
		Args: cobra.NoArgs,
		RunE: r.opened(func(cmd *cobra.Command, a *app.App, _ []string) error {
			rotated, err := a.RotateKey(cmd.Context())
			for _, line := range rotated.Did {
				fmt.Fprintln(cmd.ErrOrStderr(), line)
			}
			if err != nil {
				return err
			}
			fmt.Fprintln(cmd.ErrOrStderr(), "now: "+rotated.Next)
			if rotated.Key != "" {
				fmt.Fprintln(cmd.OutOrStdout(), rotated.Key.Reveal())
			}
			return nil
		}),
	}
}
