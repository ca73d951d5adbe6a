package main

import (
	"fmt"
	"io"
	"os"
	"os/user"

	"github.com/spf13/cobra"
)

func (r *root) applyCommand() *cobra.Command {
	var file, note string
	cmd := &cobra.Command{
		Use:   "apply -f document.yaml",
		Short: "Put an integration document in force",
		Long: `Checks an integration document and puts it in force as a new version. A document
with anything wrong is refused whole, with every problem and its line. Runs that
are under way finish under the version they began with.

Examples of complete documents are in configs/examples.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			text, err := readDocument(cmd.InOrStdin(), file)
			if err != nil {
				return err
			}
			a, err := r.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer a.Close()
			integration, version, err := a.Apply(cmd.Context(), text, author(), note)
			if err != nil && version == 0 {
				return fmt.Errorf("the document is refused, nothing changed:\n%w", err)
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: version %d is in force\n", integration, version)
			return nil
		},
	}
	cmd.Flags().StringVarP(&file, "file", "f", "", "the document; - reads standard input")
	cmd.Flags().StringVar(&note, "note", "", "why this version was made")
	_ = cmd.MarkFlagRequired("file")
	return cmd
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
