package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/google/uuid"
	"github.com/spf13/cobra"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/workflows"
)

func (r *root) syncCommand() *cobra.Command {
	var f asking
	var ask api.AskedRun
	var most int
	cmd := &cobra.Command{
		Use:   "sync FLOW -i INTEGRATION",
		Short: "Run a flow now, for everything or for named records",
		Long: `Starts one run of a flow and waits for it. With --key only the named records run:

  koppel sync orders -i shop --key 2026.123
  koppel sync products -i shop --key 1001 --key 1002

A run hands each order to a workflow of its own; the orders may still be on their
way to the books when the run is done. Stopping this command does not stop the run.

The flows from the books to the till compare everything with --full. What the books
no longer have, when it is more than the document allows, goes with --approve-gone only.

With --dry-run nothing is written anywhere. Of orders it shows what would be created,
updated, skipped or parked, which may name people; of the flows from the books it
counts that, by the document in force.

  koppel sync orders --dry-run -i shop -f draft.yaml
  koppel sync products --dry-run --full -i shop`,
		Args:      cobra.ExactArgs(1),
		ValidArgs: flowNames(),
		RunE: func(cmd *cobra.Command, args []string) error {
			flow, ok := workflows.FlowNamed(args[0])
			if !ok {
				return fmt.Errorf("there is no flow %q: the flows are %v", args[0], flowNames())
			}
			if ask.DryRun && !flow.FromBooks() {
				return f.dryRun(cmd, r, flow.Name, ask.Keys, most)
			}
			if problem := ask.Problem(flow); problem != "" {
				return errors.New(problem)
			}
			if f.draft != "" || f.version != 0 || f.json || most != 0 {
				return errors.New("--file, --version, --most and --json belong to --dry-run of orders: all else goes by the document in force")
			}
			a, err := r.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer a.Close()
			return syncNow(cmd, a, flow, f.integration, ask)
		},
	}
	cmd.Flags().BoolVar(&ask.DryRun, "dry-run", false, "show what would happen, write nothing")
	cmd.Flags().BoolVar(&ask.Full, "full", false, "from the books: compare everything with what the till holds")
	cmd.Flags().BoolVar(&ask.ApproveGone, "approve-gone", false, "from the books: what they no longer have may go, however much it is; compares everything")
	cmd.Flags().IntVar(&most, "most", 0, "with --dry-run of orders: how many at most (200)")
	cmd.Flags().StringSliceVar(&ask.Keys, "key", nil, "only this record; may be given several times (an order number such as 2026.123, an article code, a debtor number, a group code)")
	f.on(cmd)
	return cmd
}

func syncNow(cmd *cobra.Command, a *app.App, flow workflows.Flow, integration string, ask api.AskedRun) error {
	ctx, out := cmd.Context(), cmd.OutOrStdout()
	if _, err := a.Documents.Current(ctx, integration); err != nil {
		return err
	}
	run, err := a.Temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID:                    workflows.DeliveryWorkflowID(flow.Name, integration, "cli-"+uuid.NewString()),
		TaskQueue:             workflows.QueueSync,
		TypedSearchAttributes: workflows.SearchAttributes(integration, flow.Name, ""),
	}, flow.Run, flow.Input(integration, ask.Wanted()))
	if err != nil {
		return fmt.Errorf("start %s: %w", flow.Name, err)
	}
	fmt.Fprintf(out, "started %s, run %s\n", run.GetID(), run.GetRunID())
	failed := errors.New("the run failed: see it in the Temporal UI under " + run.GetID())
	if flow.FromBooks() {
		var result workflows.SyncCatalogResult
		if err := run.Get(ctx, &result); err != nil {
			return failed
		}
		return showCatalogRun(out, flow.Name, integration, ask, result)
	}
	var result map[string]any // each flow has a result of its own; it is only shown
	if err := run.Get(ctx, &result); err != nil {
		return failed
	}
	names := make([]string, 0, len(result))
	for name := range result {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if _, nested := result[name].(map[string]any); !nested {
			fmt.Fprintf(out, "%s: %v\n", name, result[name])
		}
	}
	if flow.Name != workflows.FlowAlerts {
		return nil
	}
	return showFailedChannels(ctx, out, a, integration)
}

// showFailedChannels says by which channels nobody can be told, and what to do.
func showFailedChannels(ctx context.Context, out io.Writer, a *app.App, integration string) error {
	open, err := db.Q.IncidentListOpenOf(ctx, a.DB, domain.TopicChannel)
	if err != nil {
		return fmt.Errorf("list the channels that fail: %w", err)
	}
	for _, one := range open {
		if one.Integration == integration {
			reason := domain.ReasonFor(one.Code)
			fmt.Fprintf(out, "\nchannel %s: %s\n  %s\n  %s\n", one.Subject, one.Code, reason.Words, reason.Fix)
		}
	}
	return nil
}

func flowNames() []string {
	names := make([]string, len(workflows.Catalog))
	for i, f := range workflows.Catalog {
		names[i] = f.Name
	}
	return names
}
