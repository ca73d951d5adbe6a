package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
)

func (r *root) exportCommand() *cobra.Command {
	var integration string
	var version int
	cmd := &cobra.Command{
		Use:   "export -i INTEGRATION",
		Short: "Print an integration document as it is stored",
		Long: `Prints the document in force, or another version, byte for byte as it is stored.

  koppel export -i shop > shop.yaml
  koppel export -i shop --version 3`,
		Args: cobra.NoArgs,
		RunE: r.opened(func(cmd *cobra.Command, a *app.App, _ []string) (err error) {
			if !cmd.Flags().Changed("version") {
				if version, err = a.Documents.Current(cmd.Context(), integration); err != nil {
					return err
				}
			}
			text, err := a.Documents.Get(cmd.Context(), integration, version)
			if err != nil {
				return err
			}
			_, err = cmd.OutOrStdout().Write(text)
			return err
		}),
	}
	cmd.Flags().IntVar(&version, "version", 0, "another version than the one in force")
	onIntegration(cmd, &integration)
	return cmd
}

func (r *root) versionsCommand() *cobra.Command {
	var integration string
	var below, most int
	cmd := &cobra.Command{
		Use:   "versions -i INTEGRATION",
		Short: "List the versions of an integration document",
		Args:  cobra.NoArgs,
		RunE: r.opened(func(cmd *cobra.Command, a *app.App, _ []string) error {
			inForce, err := a.Documents.Current(cmd.Context(), integration)
			if err != nil {
				return err
			}
			versions, err := a.Documents.Versions(cmd.Context(), integration, below, most)
			if err != nil {
				return err
			}
			table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
			fmt.Fprintln(table, "VERSION\tMADE\tBY\tNOTE")
			for _, v := range versions {
				number := fmt.Sprint(v.Number)
				if v.Number == inForce {
					number += " (in force)"
				}
				fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", number, moment(&v.At, ""), v.Author, v.Note)
			}
			return table.Flush()
		}),
	}
	cmd.Flags().IntVar(&most, "limit", 50, "how many, the newest first")
	cmd.Flags().IntVar(&below, "before", 0, "only versions below this one")
	onIntegration(cmd, &integration)
	return cmd
}

func (r *root) diffCommand() *cobra.Command {
	var integration string
	var from, to int
	cmd := &cobra.Command{
		Use:   "diff -i INTEGRATION [--from VERSION] [--to VERSION]",
		Short: "Show how one version of a document differs from another",
		Long: `Shows what changed between two versions, setting by setting.

  koppel diff -i shop                    what the version in force changed
  koppel diff -i shop --from 3 --to 4`,
		Args: cobra.NoArgs,
		RunE: r.opened(func(cmd *cobra.Command, a *app.App, _ []string) (err error) {
			if to == 0 {
				if to, err = a.Documents.Current(cmd.Context(), integration); err != nil {
					return err
				}
			}
			if from == 0 {
				from = max(to-1, 1)
			}
			changes, err := a.Diff(cmd.Context(), integration, from, to)
			if err != nil {
				return err
			}
			if len(changes) == 0 {
				fmt.Fprintf(cmd.OutOrStdout(), "versions %d and %d say the same\n", from, to)
			}
			show(cmd.OutOrStdout(), changes)
			return nil
		}),
	}
	cmd.Flags().IntVar(&from, "from", 0, "the one version (the one before --to)")
	cmd.Flags().IntVar(&to, "to", 0, "the other version (the one in force)")
	onIntegration(cmd, &integration)
	return cmd
}

// show lists changes, one a line.
func show(out io.Writer, changes []settings.Change) {
	for _, change := range changes {
		fmt.Fprintln(out, change)
	}
}

func (r *root) rollbackCommand() *cobra.Command {
	var integration, note string
	var to, from int
	cmd := &cobra.Command{
		Use:   "rollback -i INTEGRATION --to VERSION",
		Short: "Put an earlier version of a document in force again",
		Long: `Stores the very text of an earlier version as the newest one and puts it in force.
A version that this build refuses is refused, with its problems; one that lacks
rows for codes of today only warns.

  koppel rollback -i shop --to 3 --note "4 sent books to the wrong ledger account"`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := r.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer a.Close()
			applied, err := a.Rollback(cmd.Context(), api.Rollback{
				Integration: integration, To: to, From: versionGiven(cmd, &from), Author: author(), Note: note,
			})
			if err != nil {
				return refused(cmd.Context(), a, err)
			}
			return tell(cmd.OutOrStdout(), applied)
		},
	}
	cmd.Flags().IntVar(&to, "to", 0, "the version to go back to")
	cmd.Flags().StringVar(&note, "note", "", "why")
	ifVersion(cmd, &from)
	onIntegration(cmd, &integration)
	_ = cmd.MarkFlagRequired("to")
	return cmd
}

// onIntegration adds the flag that names the integration a command is about.
func onIntegration(cmd *cobra.Command, integration *string) {
	cmd.Flags().StringVarP(integration, "integration", "i", "", "slug of the integration")
	_ = cmd.MarkFlagRequired("integration")
}
