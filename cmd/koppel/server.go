package main

import (
	"github.com/spf13/cobra"
)

func (r *root) serverCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "server",
		Short: "Serve the status page and the webhooks",
		Long: `Serves the status page, the webhooks, /healthz, /readyz and /metrics until it is
told to stop. It never calls an outside system. Start as many as you like.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := r.openProcess(cmd.Context())
			if err != nil {
				return err
			}
			defer a.Close()
			if err := a.LazyTemporal(); err != nil {
				return err
			}
			return a.RunServer(cmd.Context(), nil)
		},
	}
}
