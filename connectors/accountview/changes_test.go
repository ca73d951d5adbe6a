package accountview_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/connectors/accountview/sandbox"
	"github.com/koppel/koppel/connectors/conformance"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/sandboxkit"
)

// changeable makes a variant's books take changes.
func changeable(o *sandbox.Options) {
	o.OrderUpdates, o.OrderLineUpdates = sandbox.On, "row_action"
}

func withRowActions(s *accountview.Settings) {
	s.RowActions.Add, s.RowActions.Change, s.RowActions.Delete = "1", "2", "3"
}

func changing(variant string) conformance.Open {
	return func(t *testing.T) conformance.Books {
		v := variants[variant]
		changeable(&v.options)
		o := openSandboxWith(t, v.options, func(s *accountview.Settings) {
			withRowActions(s)
			if v.settings != nil {
				v.settings(s)
			}
		})
		b := o.underTest()
		b.Changer = o.books
		b.Moved = func(r string) domain.Draft {
			d := order(r)
			d.Fields = append(d.Fields, domain.Field{Name: "DEL_DATE", Value: domain.DateValue(domain.Date{Year: 2026, Month: 12, Day: 24})})
			for i := range d.Lines {
				d.Lines[i].Fields = append(d.Lines[i].Fields, domain.Field{Name: "DEL_DATE", Value: domain.DateValue(domain.Date{Year: 2026, Month: 12, Day: 1})})
			}
			return d
		}
		b.Order = func(r string) domain.Draft {
			d := b.Moved(r)
			d.Fields = d.Fields[:len(d.Fields)-1]
			return d
		}
		b.Resold = func(r string) domain.Draft {
			d := b.Order(r)
			d.Lines = d.Lines[1:] // the first goes, the second changes, the third stays, a fourth comes
			d.Lines[0] = withNumber(d.Lines[0], "DISC_PCT", "10")
			d.Lines = append(d.Lines, withNumber(draft(domain.EntityOrderLine, "ART_CODE", o.articles(5)[4], "COST_CODE", "100"), "ORD_QTY", "7"))
			return d
		}
		b.Seen = func(t *testing.T, number string) string { return o.seen(t, number) }
		b.DisturbChange = func(t *testing.T, d conformance.Disturbance) { o.disturb(t, "PUT ", domain.EntityOrder, d) }
		return b
	}
}

// seen words an order of the sandbox; its lines stand in the order of their articles.
func (o opened) seen(t *testing.T, number string) string {
	t.Helper()
	for _, d := range o.sandbox.Orders() {
		if d.Number != number {
			continue
		}
		lines := map[string]string{}
		for _, l := range d.Lines {
			lines[l.Article] += fmt.Sprintf("%s x %s - %s%% %s %s %s; ", l.Quantity, l.Price, l.Discount, l.VATCode, l.Fields["COST_CODE"], l.Fields["DEL_DATE"])
		}
		return fmt.Sprintf("%s %s %s %v", d.Debtor, d.DeliveryDate, d.Totals.Gross, lines)
	}
	t.Fatalf("no order %s", number)
	return ""
}

func withNumber(d domain.Draft, name, number string) domain.Draft {
	d.Fields = append(d.Fields[:len(d.Fields):len(d.Fields)], domain.Field{Name: name, Value: domain.NumberValue(decimal.RequireFromString(number))})
	return d
}

func TestChangesAllowed_IsWhatTheInstallationSays(t *testing.T) {
	t.Parallel()
	on := sandbox.Options{OrderUpdates: sandbox.On}
	readOnly := sandbox.Options{OrderUpdates: sandbox.On, ReadOnlyObjects: []string{"SO1"}}
	for name, c := range map[string]struct {
		options sandbox.Options
		change  func(*accountview.Settings)
		want    connectors.AllowedChanges
	}{
		"the object says no":          {sandbox.Options{}, withRowActions, connectors.AllowedChanges{}},
		"the user may not":            {readOnly, withRowActions, connectors.AllowedChanges{}},
		"not licensed":                {sandbox.Options{OrderUpdates: sandbox.On, MissingObjects: []string{"SO1"}}, nil, connectors.AllowedChanges{}},
		"header, without row actions": {on, nil, connectors.AllowedChanges{Header: true}},
		"both":                        {on, withRowActions, connectors.AllowedChanges{Header: true, Lines: true}},
		"without a list of tables":    {sandbox.Options{OrderUpdates: sandbox.On, MissingObjects: []string{"dbf"}}, nil, connectors.AllowedChanges{Header: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := openSandboxWith(t, c.options, c.change)
			for range 2 {
				allowed, err := o.books.ChangesAllowed(t.Context())
				require.NoError(t, err)
				require.Equal(t, c.want, allowed)
			}
			require.Equal(t, 1, o.sandbox.Calls().Report().Operations["GET businessobjects"], "it is remembered")
		})
	}
}

func TestReplaceLines_WithoutRowActionsNothingIsSent(t *testing.T) {
	t.Parallel()
	o := openSandboxWith(t, sandbox.Options{OrderUpdates: sandbox.On, OrderLineUpdates: "row_action"}, nil)
	err := o.books.ReplaceLines(t.Context(), "26000001", order("2026.1"))
	requireFault(t, err, fault.Invalid, "row_actions_missing")
	require.Zero(t, o.writes())
}

func TestReplaceLines_WithoutAValueForChangeLinesGoAndCome(t *testing.T) {
	t.Parallel()
	o := openSandboxWith(t, sandbox.Options{OrderUpdates: sandbox.On, OrderLineUpdates: "row_action"}, func(s *accountview.Settings) {
		s.RowActions.Add, s.RowActions.Delete = "1", "3"
	})
	made, err := o.books.CreateOrder(t.Context(), order("2026.1"))
	require.NoError(t, err)
	other := order("2026.1")
	other.Lines[0] = withNumber(draft(domain.EntityOrderLine, "ART_CODE", o.articles(1)[0]), "ORD_QTY", "9")
	require.NoError(t, o.books.ReplaceLines(t.Context(), made.ID, other))
	lines := o.sandbox.Orders()[0].Lines
	require.Len(t, lines, 3)
	require.Equal(t, "9", lines[2].Quantity.String())
	require.Equal(t, domain.Euros(sandboxkit.SeedShop().Articles[0].PriceIncl).String(), lines[2].Price.String(), "the price of the article, not the old one's")
}

func TestReplaceLines_WhatTheBooksRefuseChangesNothing(t *testing.T) {
	t.Parallel()
	o := openSandboxWith(t, sandbox.Options{OrderUpdates: sandbox.On, OrderLineUpdates: "row_action"}, withRowActions)
	made, err := o.books.CreateOrder(t.Context(), order("2026.1"))
	require.NoError(t, err)
	before := o.seen(t, made.ID)
	other := order("2026.1")
	other.Lines[2] = withNumber(draft(domain.EntityOrderLine, "ART_CODE", "NOSUCH"), "ORD_QTY", "1")
	requireFault(t, o.books.ReplaceLines(t.Context(), made.ID, other), fault.Rejected, "books_refused")
	require.Equal(t, before, o.seen(t, made.ID))
}

func requireFault(t *testing.T, err error, kind fault.Kind, code string) {
	t.Helper()
	f, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	require.Equal(t, kind, f.Kind, "%v", err)
	require.Equal(t, code, f.Code, "%v", err)
}
