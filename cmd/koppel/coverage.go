package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/server/api"
)

func (r *root) coverageCommand() *cobra.Command {
	var integration string
	cmd := &cobra.Command{
		Use:   "coverage -i INTEGRATION",
		Short: "Compare the lookup tables with the codes that both systems have",
		Long: `Says which codes of the systems have no row in a lookup table, which rows name codes
that are gone, and which fields of the shop's own making a mapping row reads and the
system has not. It goes by the lists that the last connection test fetched: koppel
doctor fetches them anew.`,
		Args: cobra.NoArgs,
		RunE: r.opened(func(cmd *cobra.Command, a *app.App, _ []string) error {
			doc, err := documentInForce(cmd.Context(), a, integration)
			if err != nil {
				return err
			}
			lists, err := db.Listings{DB: a.DB, Box: a.Secrets.Box}.Get(cmd.Context(), integration)
			if err != nil {
				return err
			}
			if len(lists) == 0 {
				return fmt.Errorf("nothing can be said: no list was fetched yet; run koppel doctor -i %s", integration)
			}
			return showCoverage(cmd.OutOrStdout(), api.CoverageOf(doc, lists))
		}),
	}
	onIntegration(cmd, &integration)
	return cmd
}

func showCoverage(out io.Writer, c api.Coverage) error {
	for _, table := range c.Tables {
		switch {
		case !table.Compared:
			fmt.Fprintf(out, "%s: not compared: no list of its codes was fetched\n", table.Table)
		case len(table.Words) == 0:
			fmt.Fprintf(out, "%s: complete\n", table.Table)
		}
		for _, words := range table.Words {
			unread := ""
			if !table.Read {
				unread = " (no row of the mapping reads this table)"
			}
			fmt.Fprintf(out, "%s: %s%s\n", table.Table, words, unread)
		}
	}
	for _, text := range slices.Concat(c.Fields, c.Numbers) {
		fmt.Fprintln(out, text)
	}
	return nil
}
