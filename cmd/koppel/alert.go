package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/internal/fault"
)

func (r *root) alertCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "alert", Short: "Try the channels by which people are told"}
	cmd.AddCommand(r.alertTestCommand())
	return cmd
}

func (r *root) alertTestCommand() *cobra.Command {
	var integration, channel string
	cmd := &cobra.Command{
		Use:   "test -i INTEGRATION --channel NAME",
		Short: "Send a test message",
		Long: `Sends a test message through a channel of the document in force, from this process:
give it the same mail server (KOPPEL_SMTP_...) as the worker has.

  koppel alert test -i shop --channel bookkeeper`,
		Args: cobra.NoArgs,
		RunE: r.opened(func(cmd *cobra.Command, a *app.App, _ []string) error {
			err := a.TestAlert(cmd.Context(), integration, channel)
			if f, ok := fault.As(err); ok {
				reason := domain.ReasonFor(f.Code)
				return fmt.Errorf("%w: %s %s%s", f, reason.Words, reason.Fix, said(f))
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: a test message went out through %s\n", integration, channel)
			return nil
		}),
	}
	onIntegration(cmd, &integration)
	cmd.Flags().StringVar(&channel, "channel", "", "name of the channel in the document")
	_ = cmd.MarkFlagRequired("channel")
	return cmd
}

// said shows the far side's own words to the person who tries: it is their terminal.
func said(f *fault.Error) string {
	if f.Detail() == "" {
		return ""
	}
	return " It said: " + f.Detail()
}
