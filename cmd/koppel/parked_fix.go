package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/app"
)

func (r *root) parkedShowCommand() *cobra.Command {
	var integration, flow string
	var payload bool
	cmd := &cobra.Command{
		Use:   "show NUMBER -i INTEGRATION",
		Short: "Show one parked order or record, or the sale itself for editing",
		Long: `Says why an order or record is parked, what to do, what it goes on by itself with, and who did
what about it. With --payload it prints the sale as JSON and nothing else, for koppel parked fix. That names people.`,
		Args: cobra.ExactArgs(1),
		RunE: r.opened(func(cmd *cobra.Command, a *app.App, numbers []string) error {
			row, err := oneParked(cmd, a, integration, flow, numbers[0])
			if err != nil {
				return err
			}
			if !payload {
				return showParked(cmd, a, row)
			}
			sale, err := a.Sale(cmd.Context(), row)
			if err != nil {
				return err
			}
			encoder := json.NewEncoder(cmd.OutOrStdout())
			encoder.SetIndent("", "  ")
			return encoder.Encode(sale)
		}),
	}
	onIntegration(cmd, &integration)
	cmd.Flags().StringVar(&flow, "flow", "", "only of this flow: orders, products and so on")
	cmd.Flags().BoolVar(&payload, "payload", false, "print the sale as JSON, for koppel parked fix")
	return cmd
}

func oneParked(cmd *cobra.Command, a *app.App, integration, flow, number string) (store.Parked, error) {
	rows, err := a.Parked(cmd.Context(), app.ParkedOf{Integration: integration, Flow: flow, Numbers: []string{number}})
	if err != nil {
		return store.Parked{}, err
	}
	switch {
	case len(rows) == 0 || rows[0].Code == "":
		return store.Parked{}, errNotParked
	case len(rows) > 1:
		return store.Parked{}, fmt.Errorf("%s is parked in %s and in %s: say which with --flow", number, rows[0].Flow, rows[1].Flow)
	}
	return rows[0], nil
}

func showParked(cmd *cobra.Command, a *app.App, row store.Parked) error {
	out, reason := cmd.OutOrStdout(), domain.ReasonFor(row.Code)
	fmt.Fprintf(out, "%s %s  %sparked %s (%s ago)\n%s %s\n  %s\n  %s\n", row.Flow, row.Number, euros(row),
		domain.Moment(row.OpenedAt), time.Since(row.OpenedAt).Round(time.Second), row.Code, row.About, reason.Words, reason.Fix)
	if words := waitsFor(row); words != "" {
		fmt.Fprintf(out, "  It goes on by itself with %s.\n", words)
	}
	did, err := db.Q.InterventionList(cmd.Context(), a.DB, store.InterventionListParams{Integration: row.Integration, Entity: row.Entity, SourceID: row.SourceID})
	if err != nil {
		return fmt.Errorf("read what people did: %w", err)
	}
	for _, d := range did {
		fmt.Fprintf(out, "  %s  %s by %s, parked for %s %s\n", domain.Moment(d.At), d.Action, d.Who, d.Code, d.Reason)
	}
	return farSide(cmd, a.Payloads, []store.Parked{row})
}

// euros writes what waits with an order; a record of the books is worth nothing.
func euros(row store.Parked) string {
	if row.Entity != string(domain.EntityOrder) {
		return ""
	}
	return domain.Euros(row.TotalCents).StringFixed(2) + " euro  "
}

// fixFlags are a fix as it is written on the command line.
type fixFlags struct {
	integration, flow                string
	payload, table                   string
	key                              []string
	value, percent, from, until, why string
}

func (r *root) parkedFixCommand() *cobra.Command {
	var f fixFlags
	cmd := &cobra.Command{
		Use:   "fix NUMBER -i INTEGRATION (--payload FILE | --lookup TABLE --key KEY --value VALUE)",
		Short: "Let an order pass with an edited sale, or an order or record with a new row of a lookup table",
		Long: `Stores the fix, and has the workflow of the order check it as the flow would go: nothing
changes unless the order passes with it. An edited sale must stay the same sale for the same total; a newer version from
the till replaces it. A row becomes a version of the document. Keys of several columns: --key NL --key 2.

  koppel parked show 2026.123 -i shop --payload > sale.json
  koppel parked fix 2026.123 -i shop --payload sale.json
  koppel parked fix 2026.123 -i shop --lookup vat_code --key 2 --value 1 --percent 21`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, numbers []string) error {
			kind, content, err := f.read(cmd.InOrStdin())
			if err != nil {
				return err
			}
			a, err := r.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer a.Close()
			row, err := oneParked(cmd, a, f.integration, f.flow, numbers[0])
			if err != nil {
				return err
			}
			fixed, err := a.Fix(cmd.Context(), row, kind, content, author())
			if err != nil {
				return fmt.Errorf("the fix took no effect: %w", fixIn(fixed.ID, err))
			}
			if fixed.Document > 0 {
				fmt.Fprintf(cmd.OutOrStdout(), "%s: the row is version %d of the document; it is tried again\n", row.Number, fixed.Document)
				return nil
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: the edited sale took effect; it is tried again\n", row.Number)
			return nil
		},
	}
	onIntegration(cmd, &f.integration)
	cmd.Flags().StringVar(&f.flow, "flow", "", "only of this flow: orders, products and so on")
	cmd.Flags().StringVar(&f.payload, "payload", "", "file with the edited sale; - reads it from the input")
	cmd.Flags().StringVar(&f.table, "lookup", "", "lookup table that gets a row")
	cmd.Flags().StringArrayVar(&f.key, "key", nil, "key of the row, once for each column")
	cmd.Flags().StringVar(&f.value, "value", "", "what the key becomes")
	cmd.Flags().StringVar(&f.percent, "percent", "", "VAT tables: what the books charge, 21 for 21 %")
	cmd.Flags().StringVar(&f.from, "valid-from", "", "first day on which the row holds, YYYY-MM-DD")
	cmd.Flags().StringVar(&f.until, "valid-until", "", "last day on which the row holds, YYYY-MM-DD")
	cmd.Flags().StringVar(&f.why, "note", "", "why, as the version of the document will say")
	cmd.MarkFlagsMutuallyExclusive("payload", "lookup")
	cmd.MarkFlagsOneRequired("payload", "lookup")
	return cmd
}

// fixIn names the stored fix that an error is about, if there is one.
func fixIn(id string, err error) error {
	if id == "" {
		return err
	}
	return fmt.Errorf("%s: %w", id, err)
}

// read makes the fix of the flags; a mistake in them reaches nobody.
func (f fixFlags) read(in io.Reader) (kind string, content []byte, err error) {
	if f.payload != "" {
		content, err = readLimited(f.payload, in)
		return db.FixPayload, content, err
	}
	if len(f.key) == 0 {
		return "", nil, errors.New("--key is missing: the code that the table lacks")
	}
	row := domain.LookupRow{Key: f.key, Value: f.value}
	if f.percent != "" {
		percent, err := decimal.NewFromString(f.percent)
		if err != nil {
			return "", nil, errors.New("--percent must be a number, such as 21")
		}
		row.Percent = &percent
	}
	if row.ValidFrom, err = domain.ParseDate(f.from); err != nil {
		return "", nil, fmt.Errorf("--valid-from: %w", err)
	}
	if row.ValidUntil, err = domain.ParseDate(f.until); err != nil {
		return "", nil, fmt.Errorf("--valid-until: %w", err)
	}
	content, err = json.Marshal(activities.RowFix{Table: f.table, Row: row, Note: f.why})
	return db.FixLookup, content, err
}

func readLimited(path string, in io.Reader) ([]byte, error) {
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		in = file
	}
	content, err := io.ReadAll(io.LimitReader(in, domain.MaxOrderBytes+1))
	if err == nil && len(content) > domain.MaxOrderBytes {
		return nil, fmt.Errorf("the sale is larger than %d bytes", domain.MaxOrderBytes)
	}
	return content, err
}
