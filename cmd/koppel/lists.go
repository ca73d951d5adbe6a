package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
)

func (r *root) listsCommand() *cobra.Command {
	var integration string
	cmd := &cobra.Command{
		Use:   "lists [KIND] -i INTEGRATION",
		Short: "Show the lists of codes and fields that the systems told of themselves",
		Long: `Without KIND: which lists there are, how long and how old. With KIND: what is in it,
for example every field of the books with its type and length. The lists are those
that the last connection test fetched: koppel doctor fetches them anew. That of the
till's employees names people.

  koppel lists -i shop
  koppel lists accountview.fields -i shop`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 && !slices.Contains(domain.ListKinds(), domain.ListKind(args[0])) {
				return fmt.Errorf("there is no list %q: koppel lists -i INTEGRATION names them", args[0])
			}
			a, err := r.open(cmd.Context())
			if err != nil {
				return err
			}
			defer a.Close()
			if len(args) == 0 {
				ages, err := a.Listings.Ages(cmd.Context(), integration)
				if err != nil {
					return err
				}
				if len(ages) == 0 { // of a first set-up there may be lists before there is a document
					return fmt.Errorf("no list of %q was fetched yet: run koppel doctor -i %s", integration, integration)
				}
				return showListAges(cmd.OutOrStdout(), ages)
			}
			lists, err := a.Listings.Get(cmd.Context(), integration)
			if err != nil {
				return err
			}
			items, fetched := lists[domain.ListKind(args[0])]
			if !fetched {
				return fmt.Errorf("list %s was not fetched yet: run koppel doctor -i %s", args[0], integration)
			}
			return showList(cmd.OutOrStdout(), items)
		},
	}
	onIntegration(cmd, &integration)
	return cmd
}

func showListAges(out io.Writer, ages []db.ListingAge) error {
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "LIST\tITEMS\tFETCHED")
	for _, kind := range domain.ListKinds() {
		items, fetched := "-", "not yet"
		for _, age := range ages {
			if age.Kind == kind {
				items, fetched = fmt.Sprint(age.Items), moment(&age.FetchedAt, "")
			}
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", kind, items, fetched)
	}
	return table.Flush()
}

func showList(out io.Writer, items []domain.ListedItem) error {
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "CODE\tNAME\tDETAIL\tIN USE")
	for _, item := range items {
		used := "yes"
		if item.Inactive {
			used = "no"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", plain(item.Code), plain(item.Name), plain(item.Detail), used)
	}
	return table.Flush()
}
