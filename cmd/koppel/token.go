package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/app"
)

func (r *root) tokenCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "token",
		Short: "Make, list and revoke the tokens of the API",
		Long:  "Programs use /api with a token. While none is in force, /api is off.",
	}
	cmd.AddCommand(r.tokenCreateCommand(), r.tokenListCommand(), r.tokenRevokeCommand())
	return cmd
}

func (r *root) tokenCreateCommand() *cobra.Command {
	var scope string
	cmd := &cobra.Command{
		Use:   "create NAME --scope read|operate|admin",
		Short: "Make a token and print it, once",
		Long: `Makes a token and prints it. Only a hash of it is kept: it cannot be shown again.

  koppel token create ci --scope admin

  read     looks at documents, versions and what runs
  operate  also runs, retries and tries out
  admin    also changes documents and sets secrets

NAME is what versions and the audit call whoever uses the token.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(db.Scopes(), db.Scope(scope)) {
				return errors.New("--scope must be read, operate or admin")
			}
			name := strings.TrimSpace(args[0])
			if name == "" || len(name) > 100 {
				return errors.New("the name of a token must be 1 to 100 characters")
			}
			a, err := r.open(cmd.Context())
			if err != nil {
				return err
			}
			defer a.Close()
			if err := a.CheckKey(cmd.Context()); err != nil {
				return err
			}
			token, err := db.APITokens{DB: a.DB}.Create(cmd.Context(), name, db.Scope(scope), author())
			if errors.Is(err, db.ErrAPITokenName) {
				return fmt.Errorf("%w: choose another, or revoke it first with koppel token revoke", err)
			}
			if err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), token.Reveal())
			return nil
		},
	}
	cmd.Flags().StringVar(&scope, "scope", "", "what it may do: read, operate or admin")
	_ = cmd.MarkFlagRequired("scope")
	return cmd
}

func (r *root) tokenListCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "Show which tokens there are, never what they are",
		Args:  cobra.NoArgs,
		RunE: r.opened(func(cmd *cobra.Command, a *app.App, _ []string) error {
			tokens, err := db.APITokens{DB: a.DB}.List(cmd.Context())
			if err != nil {
				return err
			}
			if len(tokens) == 0 {
				fmt.Fprintln(cmd.OutOrStdout(), "no token was made: /api is off")
				return nil
			}
			table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
			fmt.Fprintln(table, "NAME\tSCOPE\tMADE\tBY\tLAST USED\tREVOKED")
			for _, token := range tokens {
				fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", token.Name, token.Scope, moment(&token.CreatedAt, ""),
					token.CreatedBy, moment(token.LastUsedAt, "never"), moment(token.RevokedAt, "-"))
			}
			return table.Flush()
		}),
	}
}

func (r *root) tokenRevokeCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "revoke NAME",
		Short: "End a token, from the next request on",
		Args:  cobra.ExactArgs(1),
		RunE: r.opened(func(cmd *cobra.Command, a *app.App, args []string) error {
			err := db.APITokens{DB: a.DB}.Revoke(cmd.Context(), args[0])
			if errors.Is(err, db.ErrNoAPIToken) {
				return fmt.Errorf("no token in force is called %q: koppel token list shows them", args[0])
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: is revoked\n", args[0])
			return nil
		}),
	}
}
