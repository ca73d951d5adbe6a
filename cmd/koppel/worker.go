package main

import (
	"github.com/spf13/cobra"
)

func (r *root) workerCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "worker",
		Short: "Run the flows",
		Long: `Runs the flows of all integrations until it is told to stop; running steps may
finish first. Start as many as you like, on as many machines as you like: limits
and locks hold across all of them.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := r.openProcess(cmd.Context())
			if err != nil {
				return err
			}
			defer a.Close()
			if err := a.DialTemporal(cmd.Context()); err != nil {
				return err
			}
			return a.RunWorker(cmd.Context())
		},
	}
}
