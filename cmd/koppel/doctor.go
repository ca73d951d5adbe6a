package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/settings"
)

func (r *root) doctorCommand() *cobra.Command {
	var integration, file string
	cmd := &cobra.Command{
		Use:   "doctor -i INTEGRATION | -f FILE",
		Short: "Look at everything an integration needs, and say what to do",
		Long: `Looks at the tables, Temporal, the document, the secrets, the workers, the schedules
and the clock, tests the connections to both systems, compares the lookup tables with
the lists that these keep, and says of every open question about them what the live
system shows. It reads only. The exit code is not 0 when something needs a person;
a warning alone does not.

  koppel doctor -i shop
  koppel doctor -f shop.yaml      as a draft describes it, before it is in force`,
		Args: cobra.NoArgs,
		RunE: r.opened(func(cmd *cobra.Command, a *app.App, _ []string) error {
			draft, err := keepDraft(cmd, a, &integration, file)
			if errors.Is(err, db.ErrWrongKey) { // the report says so, and all else that can be seen
				fmt.Fprintln(cmd.ErrOrStderr(), "the draft is not looked at: it cannot be handed to a worker")
				draft, err = "", nil
			}
			if err != nil {
				return err
			}
			d, err := a.Doctor(cmd.Context(), integration, draft)
			if err != nil {
				return err
			}
			if err := showDiagnosis(cmd.OutOrStdout(), d); err != nil {
				return err
			}
			if d.NeedsPerson() {
				return errors.New("something needs a person: see what to do above")
			}
			return nil
		}),
	}
	onDraft(cmd, &integration, &file, "a draft of the document")
	return cmd
}

// onDraft adds the flags of a command that goes by a draft as well as by the
// document in force. The draft itself says which integration it is of.
func onDraft(cmd *cobra.Command, integration, file *string, what string) {
	cmd.Flags().StringVarP(integration, "integration", "i", "", "slug of the integration; a draft names it too")
	cmd.Flags().StringVarP(file, "file", "f", "", what+"; - reads standard input")
	cmd.MarkFlagsOneRequired("integration", "file")
}

// keepDraft stores a draft where workers find it, and gives its reference. Where
// no integration was named, it is the one that the draft is of.
func keepDraft(cmd *cobra.Command, a *app.App, integration *string, file string) (string, error) {
	if file == "" {
		return "", nil
	}
	text, err := readDocument(cmd.InOrStdin(), file)
	if err != nil {
		return "", err
	}
	if *integration == "" {
		doc, err := settings.Parse(text)
		if err != nil {
			return "", err
		}
		*integration = doc.Integration
	}
	if err := a.CheckKey(cmd.Context()); err != nil {
		return "", err
	}
	return storeDraft(cmd.Context(), a, *integration, text)
}

func storeDraft(ctx context.Context, a *app.App, integration string, text []byte) (string, error) {
	ref, err := a.Payloads.Prepare(ctx, integration, time.Now())
	if err == nil {
		err = a.Payloads.Put(ctx, a.DB, integration, ref, text)
	}
	return ref.String(), err
}

func showDiagnosis(out io.Writer, d app.Diagnosis) error {
	shown := map[string]bool{}
	if err := showChecks(out, "koppel", d.House, shown); err != nil {
		return err
	}
	for _, s := range d.Systems {
		if err := showChecks(out, s.System, s.Checks, shown); err != nil {
			return err
		}
	}
	if len(d.Coverage) > 0 {
		if err := showChecks(out, "the document beside the lists of the systems", d.Coverage, shown); err != nil {
			return err
		}
	}
	for _, s := range d.Systems {
		if err := showAssumptions(out, s); err != nil {
			return err
		}
	}
	return nil
}

// showChecks shows a table and, once for each code, what it means and what to do.
func showChecks(out io.Writer, where string, checks []domain.Check, shown map[string]bool) error {
	fmt.Fprintf(out, "\n%s\n", where)
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	for _, c := range checks {
		fmt.Fprintf(table, "  %s\t%s\t%s\t%s\t%s\n", c.Outcome, c.Name, c.About, c.Found, c.Code)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, c := range checks {
		if c.Code == "" || shown[c.Code] {
			continue
		}
		shown[c.Code] = true
		reason := domain.ReasonFor(c.Code)
		fmt.Fprintf(out, "\n  %s: %s\n    %s\n", c.Code, reason.Words, reason.Fix)
	}
	return nil
}

func showAssumptions(out io.Writer, s app.SystemDiagnosis) error {
	if len(s.Assumptions) == 0 {
		return nil
	}
	fmt.Fprintf(out, "\nwhat is assumed of %s\n", s.System)
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "  NR\tQUESTION\tSETTING\tNOW\tFOUND\tDO")
	for _, a := range s.Assumptions {
		found, do := a.Found, "nothing: it agrees"
		switch {
		case !a.Settled():
			found, do = "cannot be settled by reading", a.How
		case a.Set != "":
			do = fmt.Sprintf("set %s: %s", a.Path, a.Set)
		case a.Path == "":
			do = "nothing depends on it"
		}
		fmt.Fprintf(table, "  %s\t%s\t%s\t%s\t%s\t%s\n", a.Row, a.Topic, a.Path, a.Assumed, found, do)
	}
	return table.Flush()
}
