package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
)

func (r *root) lookupCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "lookup", Short: "List, export and import the lookup tables of a document"}
	cmd.AddCommand(r.lookupListCommand(), r.lookupExportCommand(), r.lookupImportCommand())
	return cmd
}

func (r *root) lookupListCommand() *cobra.Command {
	var integration string
	cmd := &cobra.Command{
		Use:   "list -i INTEGRATION",
		Short: "Show which lookup tables there are, and how many rows they have",
		Args:  cobra.NoArgs,
		RunE: r.opened(func(cmd *cobra.Command, a *app.App, _ []string) error {
			doc, err := documentInForce(cmd.Context(), a, integration)
			if err != nil {
				return err
			}
			table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
			fmt.Fprintln(table, "TABLE\tKEYS\tWITHOUT A ROW\tROWS\tWHAT IT IS")
			for _, name := range slices.Sorted(maps.Keys(doc.Lookups)) {
				lookup := doc.Lookups[name]
				known, _ := domain.LookupTableNamed(name)
				fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\n", name, strings.Join(lookup.Columns(), ", "), lookup.Unmapped, len(lookup.Rows), known.Title)
			}
			return table.Flush()
		}),
	}
	onIntegration(cmd, &integration)
	return cmd
}

func (r *root) lookupExportCommand() *cobra.Command {
	var integration string
	cmd := &cobra.Command{
		Use:   "export TABLE -i INTEGRATION",
		Short: "Write the rows of a lookup table as CSV, for a spreadsheet",
		Args:  cobra.ExactArgs(1),
		RunE: r.opened(func(cmd *cobra.Command, a *app.App, args []string) error {
			doc, err := documentInForce(cmd.Context(), a, integration)
			if err != nil {
				return err
			}
			table, ok := doc.Lookups[args[0]]
			if !ok {
				return fmt.Errorf("%q: %w: koppel lookup list -i %s shows those it has", args[0], api.ErrNoLookup, integration)
			}
			text, err := settings.WriteLookupCSV(table)
			if err != nil {
				return err
			}
			_, err = cmd.OutOrStdout().Write(text)
			return err
		}),
	}
	onIntegration(cmd, &integration)
	return cmd
}

func (r *root) lookupImportCommand() *cobra.Command {
	var integration, file, note string
	var from int
	var dryRun, empty bool
	cmd := &cobra.Command{
		Use:   "import TABLE -f rows.csv -i INTEGRATION",
		Short: "Replace the rows of a lookup table by those of a CSV file",
		Long: `Reads a CSV file and puts the document in force again with its rows in place of
those of the table. The first line names the columns: the keys of the table, value
and, where wanted, percent, valid_from and valid_until. A file with anything wrong
is refused whole, with every problem and its line.

  koppel lookup export payment_method -i shop > rows.csv
  koppel lookup import payment_method -f rows.csv -i shop --dry-run    show what would change
  koppel lookup import payment_method -f rows.csv -i shop`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := readDocument(cmd.InOrStdin(), file)
			if err != nil {
				return err
			}
			change := api.LookupChange{
				Integration: integration, Table: args[0], CSV: text, Empty: empty, From: versionGiven(cmd, &from), Author: author(), Note: note,
			}
			if dryRun {
				return r.importDry(cmd, change)
			}
			a, err := r.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer a.Close()
			applied, err := a.ReplaceLookup(cmd.Context(), change)
			if err != nil {
				return refused(cmd.Context(), a, err)
			}
			return tell(cmd.OutOrStdout(), applied)
		},
	}
	cmd.Flags().StringVarP(&file, "file", "f", "", "the CSV file; - reads standard input")
	cmd.Flags().StringVar(&note, "note", "", "why this version was made")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "check it and show what would change; change nothing")
	cmd.Flags().BoolVar(&empty, "empty", false, "the file has no rows on purpose: take all rows out of the table")
	ifVersion(cmd, &from)
	_ = cmd.MarkFlagRequired("file")
	onIntegration(cmd, &integration)
	return cmd
}

// importDry shows what an import would change.
func (r *root) importDry(cmd *cobra.Command, change api.LookupChange) error {
	a, err := r.open(cmd.Context())
	if err != nil {
		return err
	}
	defer a.Close()
	checked, err := a.CheckLookup(cmd.Context(), change)
	if err != nil {
		return refused(cmd.Context(), a, err)
	}
	showChecked(cmd.OutOrStdout(), checked)
	return nil
}

// documentInForce opens the document in force of an integration.
func documentInForce(ctx context.Context, a *app.App, integration string) (settings.Document, error) {
	version, err := a.Documents.Current(ctx, integration)
	if err != nil {
		return settings.Document{}, err
	}
	text, err := a.Documents.Get(ctx, integration, version)
	if err != nil {
		return settings.Document{}, err
	}
	return settings.Parse(text)
}
