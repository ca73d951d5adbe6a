package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/workflows"
)

func (r *root) loadCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "load",
		Short: "Bring everything of a flow from the books to the till, at a pace",
		Long: `An initial load goes through all records of a flow (` + strings.Join(domain.CatalogFlows(), ", ") + `), page by page. It may be
paused, paced and stopped, goes on by itself after an outage, and no record is written
twice: the flow itself may run beside it. There is one load of a flow at a time.

  koppel load start products -i shop --pace 600
  koppel load status products -i shop`,
	}
	cmd.AddCommand(
		r.loadStartCommand(),
		r.loadSteerCommand("status", "Tell how far an initial load is", func(*cobra.Command, api.Loads) error { return nil }),
		r.loadSteerCommand("pause", "Let an initial load stand still, after the page that is under way", func(cmd *cobra.Command, l api.Loads) error {
			return l.Decide(cmd.Context(), workflows.UpdatePause, workflows.PauseLoad{By: author()})
		}),
		r.loadSteerCommand("resume", "Let a paused load go on where it was", func(cmd *cobra.Command, l api.Loads) error {
			return l.Decide(cmd.Context(), workflows.UpdateResume, workflows.ResumeLoad{By: author()})
		}),
		r.loadPaceCommand(),
		r.loadSteerCommand("stop", "End an initial load where it is", func(cmd *cobra.Command, l api.Loads) error { return l.Stop(cmd.Context()) }),
	)
	return cmd
}

func (r *root) loadStartCommand() *cobra.Command {
	var pace int
	cmd := r.loadSteerCommand("start", "Start an initial load", func(cmd *cobra.Command, l api.Loads) error {
		if problem := workflows.PaceProblem(pace); problem != "" {
			return errors.New(problem)
		}
		return l.Start(cmd.Context(), pace)
	})
	cmd.Flags().IntVar(&pace, "pace", 0, "records a minute; 0: as fast as the limits of both systems allow")
	return cmd
}

func (r *root) loadPaceCommand() *cobra.Command {
	var pace int
	cmd := r.loadSteerCommand("pace", "Set how fast an initial load may go", func(cmd *cobra.Command, l api.Loads) error {
		if problem := workflows.PaceProblem(pace); problem != "" {
			return errors.New(problem)
		}
		return l.Decide(cmd.Context(), workflows.UpdateSetPace, workflows.SetPace{PerMinute: pace, By: author()})
	})
	cmd.Flags().IntVar(&pace, "per-minute", 0, "records; 0: as fast as the limits of both systems allow")
	_ = cmd.MarkFlagRequired("per-minute")
	return cmd
}

// loadSteerCommand does something about a load, and tells how it stands then.
func (r *root) loadSteerCommand(name, short string, do func(*cobra.Command, api.Loads) error) *cobra.Command {
	var integration string
	cmd := &cobra.Command{
		Use: name + " FLOW -i INTEGRATION", Short: short, Args: cobra.ExactArgs(1), ValidArgs: domain.CatalogFlows(),
		RunE: func(cmd *cobra.Command, args []string) error {
			flow, known := workflows.FlowNamed(args[0])
			if !known || !flow.FromBooks() {
				return fmt.Errorf("flow %s has no initial load: those from the books to the till have, %s", args[0], strings.Join(domain.CatalogFlows(), ", "))
			}
			a, err := r.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer a.Close()
			return steerLoad(cmd, a, integration, flow, do)
		},
	}
	onIntegration(cmd, &integration)
	return cmd
}

func steerLoad(cmd *cobra.Command, a *app.App, integration string, flow workflows.Flow, do func(*cobra.Command, api.Loads) error) error {
	if _, err := a.Documents.Current(cmd.Context(), integration); err != nil {
		return err
	}
	loads := api.Loads{Temporal: a.Temporal, Integration: integration, Flow: flow}
	if err := do(cmd, loads); err != nil {
		return err
	}
	load, err := loads.Status(cmd.Context())
	if err != nil {
		return err
	}
	return showLoad(cmd.OutOrStdout(), load)
}

// showLoad tells how far a load is.
func showLoad(out io.Writer, load api.Load) error {
	fmt.Fprintf(out, "initial load of %s: %s", load.Flow, load.State)
	switch {
	case load.State == workflows.LoadPaused && load.PausedBy != "":
		fmt.Fprintf(out, " by %s since %s", load.PausedBy, moment(load.PausedAt, "-"))
	case load.State == workflows.LoadPaused:
		fmt.Fprintf(out, " by itself since %s", moment(load.PausedAt, "-"))
	case load.State == workflows.LoadWaiting:
		fmt.Fprint(out, " for the end of an outage")
	}
	fmt.Fprintln(out)
	if f := load.Failure; f != nil {
		fmt.Fprintf(out, "  %s %s\n  %s\n  %s\n", f.Code, f.About, f.Words, f.Fix)
	}
	if load.Count == nil {
		fmt.Fprintln(out, "How far it is nobody says: check that koppel worker runs.")
		return nil
	}
	fmt.Fprintf(out, "  %d %s, begun %s\n", load.Done, ofTotal(load), moment(load.BeganAt, "-"))
	fmt.Fprintf(out, "  %s a minute; the pace is %s\n", speed(load.PerMinute), pace(load.Pace))
	if load.DoneAt != nil {
		fmt.Fprintf(out, "  done at %s or so\n", domain.Moment(*load.DoneAt))
	}
	return showCount(out, *load.Count)
}

func ofTotal(load api.Load) string {
	if load.Total == 0 {
		return "gone through, of how many is not known beforehand"
	}
	return fmt.Sprintf("of %d gone through (%d %%)", load.Total, min(100, load.Done*100/load.Total))
}

func speed(perMinute float64) string {
	if perMinute <= 0 {
		return "not known yet how many"
	}
	return fmt.Sprint(math.Round(perMinute))
}

func pace(perMinute int) string {
	if perMinute == 0 {
		return "as fast as the limits of both systems allow"
	}
	return fmt.Sprintf("%d a minute", perMinute)
}
