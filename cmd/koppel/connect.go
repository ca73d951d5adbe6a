package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/app"
)

func (r *root) connectCommand() *cobra.Command {
	var integration, file string
	cmd := &cobra.Command{
		Use:   "connect accountview -i INTEGRATION | -f FILE",
		Short: "Print the address at which a person gives consent to AccountView",
		Long: `Prints an address. Whoever may give consent opens it in a browser, logs in at
accountview.net and allows the access. The browser then comes back to Koppel
(KOPPEL_PUBLIC_URL with /connect/accountview behind it, which must be registered as
redirect URI of the app), and the tokens are fetched and stored. The address works
once, for fifteen minutes.`,
		Args:      cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		ValidArgs: []string{domain.SystemBooks},
		RunE: r.opened(func(cmd *cobra.Command, a *app.App, _ []string) error {
			draft, err := keepDraft(cmd, a, &integration, file)
			if err != nil {
				return err
			}
			asked, err := a.AskConsent(cmd.Context(), integration, draft)
			if err != nil {
				return err
			}
			if asked.Refused != "" {
				reason := domain.ReasonFor(asked.Refused)
				if asked.About != "" {
					return errors.New(asked.Refused + " (" + asked.About + "): " + reason.Words + " " + reason.Fix)
				}
				return errors.New(asked.Refused + ": " + reason.Words + " " + reason.Fix)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Open this address in a browser before %s:\n\n%s\n", domain.Moment(asked.ExpiresAt), asked.AuthorizeURL)
			return nil
		}),
	}
	onDraft(cmd, &integration, &file, "a draft of the document, where none is in force yet")
	return cmd
}
