package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
)

func (r *root) applyCommand() *cobra.Command {
	var file, note string
	var from int
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "apply -f document.yaml",
		Short: "Put an integration document in force",
		Long: `Checks an integration document and puts it in force as a new version. A document
with anything wrong is refused whole, with every problem and its line. Runs that
are under way finish under the version they began with. What is in force already
makes no new version.

  koppel apply -f shop.yaml --dry-run            check it and show what would change
  koppel apply -f shop.yaml --note "VAT code for books" --if-version 3

Examples of complete documents are in configs/examples.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			text, err := readDocument(cmd.InOrStdin(), file)
			if err != nil {
				return err
			}
			change := api.Change{Text: text, Author: author(), Note: note, From: versionGiven(cmd, &from)}
			if dryRun {
				return r.applyDry(cmd, change)
			}
			a, err := r.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer a.Close()
			applied, err := a.Apply(cmd.Context(), change)
			if err != nil {
				return refused(cmd.Context(), a, err)
			}
			warnOfMail(cmd, a, text)
			return tell(cmd.OutOrStdout(), applied)
		},
	}
	cmd.Flags().StringVarP(&file, "file", "f", "", "the document; - reads standard input")
	cmd.Flags().StringVar(&note, "note", "", "why this version was made")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "check it and show what would change; change nothing")
	ifVersion(cmd, &from)
	_ = cmd.MarkFlagRequired("file")
	return cmd
}

// applyDry needs the database, to see what is in force, and no Temporal.
func (r *root) applyDry(cmd *cobra.Command, change api.Change) error {
	a, err := r.open(cmd.Context())
	if err != nil {
		return err
	}
	defer a.Close()
	checked, err := a.Check(cmd.Context(), change)
	if err != nil {
		return refused(cmd.Context(), a, err)
	}
	warnOfMail(cmd, a, change.Text)
	showChecked(cmd.OutOrStdout(), checked)
	return nil
}

// warnOfMail says that a channel would tell nobody, unless the worker knows more
// than this process.
func warnOfMail(cmd *cobra.Command, a *app.App, text []byte) {
	doc, err := settings.Parse(text)
	if err != nil { // it was refused
		return
	}
	for _, channel := range a.MailMissing(doc) {
		fmt.Fprintf(cmd.ErrOrStderr(), "warning: channel %s sends e-mail, and KOPPEL_SMTP_HOST is not set here: the worker needs it\n", channel)
	}
}

func showChecked(out io.Writer, checked api.Checked) {
	switch {
	case checked.Same():
		fmt.Fprintf(out, "%s: nothing is wrong, and nothing would change: version %d says the same\n", checked.Integration, checked.InForce)
	case checked.InForce == 0:
		fmt.Fprintf(out, "%s: nothing is wrong; it would be the first version\n", checked.Integration)
	default:
		fmt.Fprintf(out, "%s: nothing is wrong; it would be version %d\n", checked.Integration, checked.InForce+1)
	}
	show(out, checked.Changes)
	warn(out, checked.Warnings)
}

// warn tells what refuses nothing.
func warn(out io.Writer, warnings []string) {
	for _, warning := range warnings {
		fmt.Fprintf(out, "warning: %s\n", plain(warning))
	}
}

// tell says what became of a change.
func tell(out io.Writer, applied api.Applied) error {
	if applied.Made {
		fmt.Fprintf(out, "%s: version %d is in force\n", applied.Integration, applied.Version)
	} else {
		fmt.Fprintf(out, "%s: version %d is in force and says the same; no new version was made\n", applied.Integration, applied.Version)
	}
	warn(out, applied.Warnings)
	if applied.Schedules != nil {
		return fmt.Errorf("the document is in force, but %w", applied.Schedules)
	}
	return nil
}

// refused words why a document is not in force now.
func refused(ctx context.Context, a *app.App, err error) error {
	if problems, ok := errors.AsType[settings.Problems](err); ok {
		return fmt.Errorf("the document is refused, nothing changed:\n%w", problems)
	}
	if conflict, ok := errors.AsType[*db.Conflict](err); ok {
		return second(ctx, a, conflict)
	}
	return err
}

// second says who was first, and what to do.
func second(ctx context.Context, a *app.App, conflict *db.Conflict) error {
	if conflict.InForce == 0 || conflict.From == 0 {
		return fmt.Errorf("nothing changed: %w", conflict)
	}
	who := "somebody else"
	if first, err := a.Documents.Versions(ctx, conflict.Integration, conflict.InForce+1, 1); err == nil && len(first) > 0 {
		who = first[0].Author
	}
	return fmt.Errorf("nothing changed: %s was first, with version %d of %s; this was made from version %d. Look at it (koppel diff -i %s) and run this again",
		who, conflict.InForce, conflict.Integration, conflict.From, conflict.Integration)
}

// ifVersion adds the flag that guards against overwriting somebody's change.
func ifVersion(cmd *cobra.Command, from *int) {
	cmd.Flags().IntVar(from, "if-version", 0, "only if this version is in force; 0: only if there is none")
}

func versionGiven(cmd *cobra.Command, from *int) *int {
	if cmd.Flags().Changed("if-version") {
		return from
	}
	return nil
}

const largestDocument = 1 << 20

func readDocument(stdin io.Reader, file string) ([]byte, error) {
	if file == "-" {
		return io.ReadAll(io.LimitReader(stdin, largestDocument+1))
	}
	return os.ReadFile(file)
}

// author is who made a version, for the people who look at it later.
func author() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "unknown"
}
