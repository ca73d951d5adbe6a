package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/configs"
	"github.com/koppel/koppel/db"
)

func (r *root) migrateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "migrate",
		Short: "Bring the database to this build's schema",
		Long:  "Brings the tables to what this build needs. Running it again changes nothing; several at once wait for each other.",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, err := r.load(configs.NameDatabaseURL)
			if err != nil {
				return err
			}
			pool, err := db.Open(cmd.Context(), config.DatabaseURL.Reveal())
			if err != nil {
				return err
			}
			defer pool.Close()
			if err := db.Migrate(cmd.Context(), pool); err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), "the database is up to date")
			return nil
		},
	}
}
