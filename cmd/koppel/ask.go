package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/server/api"
)

// asking are the flags of every command that shows what would be, and writes nothing.
type asking struct {
	integration string
	draft       string // file
	version     int
	json        bool
}

func (f *asking) on(cmd *cobra.Command) {
	onIntegration(cmd, &f.integration)
	cmd.Flags().StringVarP(&f.draft, "file", "f", "", "a draft of the document, instead of the one in force; - reads standard input")
	cmd.Flags().IntVar(&f.version, "version", 0, "an earlier version of the document, instead of the one in force")
	cmd.Flags().BoolVar(&f.json, "json", false, "print the result as JSON")
}

// ask has a worker answer a question, waits, and shows what it found.
func (f *asking) ask(cmd *cobra.Command, a *app.App, q api.Question, show func(out io.Writer, result []byte) error) error {
	q.Integration, q.Version, q.By = f.integration, f.version, author()
	if f.draft != "" {
		text, err := readDocument(cmd.InOrStdin(), f.draft)
		if err != nil {
			return err
		}
		q.Draft = text
	}
	if problem := q.Problem(); problem != "" {
		return errors.New(problem)
	}
	request, err := a.Ask(cmd.Context(), q)
	if err != nil {
		return refused(cmd.Context(), a, err)
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "asked: request %s; nothing will be written\n", request)
	answer, err := a.Await(cmd.Context(), q.Integration, request)
	if err != nil {
		return err
	}
	return f.show(cmd.OutOrStdout(), answer, show)
}

func (f *asking) show(out io.Writer, answer api.Answered, show func(out io.Writer, result []byte) error) error {
	var failed error
	if failure := answer.Failure; failure != nil {
		failed = errors.New(strings.TrimSpace(failure.Words + " " + failure.Fix + " (" + strings.TrimSpace(failure.Code+" "+failure.About) + ")"))
	}
	switch {
	case !answer.Ended():
		return errors.New("no answer in time: check that koppel worker runs")
	case answer.Gone:
		return errors.New("the result is no longer kept")
	case len(answer.Result) == 0:
		return failed
	case f.json:
		_, err := fmt.Fprintln(out, string(answer.Result))
		return errors.Join(err, failed)
	default:
		if answer.Under != "" {
			fmt.Fprintf(out, "Under %s\n\n", answer.Under)
		}
		return errors.Join(show(out, answer.Result), failed)
	}
}

// shown reads a result and hands it to what prints it.
func shown[T any](show func(io.Writer, T) error) func(io.Writer, []byte) error {
	return func(out io.Writer, result []byte) error {
		var read T
		if err := json.Unmarshal(result, &read); err != nil {
			return fmt.Errorf("the result is not of this build: read it with --json: %w", err)
		}
		return show(out, read)
	}
}
