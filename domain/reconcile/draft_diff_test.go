package reconcile_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

func draftOf(entity domain.Entity, fields ...string) domain.Draft {
	d := domain.Draft{Entity: entity}
	for i := 0; i < len(fields); i += 2 {
		d.Fields = append(d.Fields, domain.Field{Name: fields[i], Value: domain.TextValue(fields[i+1])})
	}
	return d
}

func TestDraftChanges(t *testing.T) {
	t.Parallel()
	text := func(s string) *domain.Value { v := domain.TextValue(s); return &v }
	withLines := func(d domain.Draft, lines ...domain.Draft) domain.Draft { d.Lines = lines; return d }
	line := func(fields ...string) domain.Draft { return draftOf(domain.EntityOrderLine, fields...) }
	for name, c := range map[string]struct {
		before, after domain.Draft
		want          []reconcile.FieldChange
	}{
		"nothing":                  {draftOf("order", "A", "1"), draftOf("order", "A", "1"), nil},
		"names differ by case":     {draftOf("order", "a", "1"), draftOf("order", "A", "1"), nil},
		"another order of fields":  {draftOf("order", "A", "1", "B", "2"), draftOf("order", "B", "2", "A", "1"), nil},
		"another value":            {draftOf("order", "A", "1"), draftOf("order", "A", "2"), []reconcile.FieldChange{{Entity: "order", Field: "A", Before: text("1"), After: text("2")}}},
		"no longer filled":         {draftOf("order", "A", "1"), draftOf("order"), []reconcile.FieldChange{{Entity: "order", Field: "A", Before: text("1")}}},
		"newly filled":             {draftOf("order"), draftOf("order", "A", "1"), []reconcile.FieldChange{{Entity: "order", Field: "A", After: text("1")}}},
		"the draft as a whole new": {domain.Draft{}, draftOf("customer", "A", "1"), []reconcile.FieldChange{{Entity: "customer", Field: "A", After: text("1")}}},
		"a line": {
			withLines(draftOf("order"), line("X", "1"), line("X", "2")), withLines(draftOf("order"), line("X", "1"), line("X", "3")),
			[]reconcile.FieldChange{{Entity: "order_line", Line: 2, Field: "X", Before: text("2"), After: text("3")}},
		},
		"a line that is gone": {
			withLines(draftOf("order"), line("X", "1")), draftOf("order"),
			[]reconcile.FieldChange{{Entity: "order_line", Line: 1, Field: "X", Before: text("1")}},
		},
	} {
		require.Equal(t, c.want, reconcile.DraftChanges(c.before, c.after), name)
	}
	numbers := func(s string) domain.Draft {
		return domain.Draft{Fields: []domain.Field{{Name: "N", Value: domain.NumberValue(decimal.RequireFromString(s))}}}
	}
	require.Empty(t, reconcile.DraftChanges(numbers("1.50"), numbers("1.5")), "numbers differ by amount, not by writing")
}

func euro(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func TestBookedAmounts_CountVATOnceForEachCodeOfTheBooks(t *testing.T) {
	t.Parallel()
	of := func(price, code string) reconcile.BookedLine {
		return reconcile.BookedLine{BooksCode: code, Quantity: euro("1"), UnitPrice: euro(price), VATCode: "till", Percent: euro("21"), PriceIncludesVAT: true}
	}
	amounts := reconcile.BookedAmounts([]reconcile.BookedLine{of("0.99", "1"), of("0.99", "1"), of("0.99", "5")})
	require.Len(t, amounts, 2)
	require.Equal(t, "1", amounts[0].Code)
	require.Equal(t, "0.34", amounts[0].VAT.String(), "of 1.98 together, not twice 0.17 of 0.99 less a cent")
	require.Equal(t, "1.64", amounts[0].Excl.String())
	require.Equal(t, "0.17", amounts[1].VAT.String())
}

func TestDraftTally_CountsOrdersFieldsEurosAndReasons(t *testing.T) {
	t.Parallel()
	booked := func(code, excl, vat string, draft domain.Draft) reconcile.Mapped {
		return reconcile.Mapped{Drafts: []domain.Draft{draft}, Amounts: []reconcile.CodeAmount{{Code: code, Excl: euro(excl), VAT: euro(vat)}}}
	}
	old, changed := draftOf("order", "A", "1", "B", "x"), draftOf("order", "A", "2", "B", "x")
	parked := func(code string) reconcile.Mapped { return reconcile.Mapped{Stopped: code} }
	var tally reconcile.DraftTally
	tally.Add("1", euro("12.10"), booked("1", "10", "2.10", old), booked("1", "10", "2.10", old))
	tally.Add("2", euro("12.10"), booked("1", "10", "2.10", old), booked("5", "11.10", "1.00", changed))
	tally.Add("3", euro("1.00"), booked("1", "10", "2.10", old), parked("unmapped_vat_code"))
	tally.Add("4", euro("2.00"), parked("no_customer"), booked("1", "10", "2.10", old))
	tally.Add("5", euro("4.00"), parked("no_customer"), parked("no_customer"))
	tally.Add("6", euro("8.00"), parked("no_customer"), parked("nothing_sold"))

	require.Equal(t, 6, tally.Orders)
	require.Equal(t, 4, tally.Differ)
	require.Equal(t, "23.1", tally.DifferTotal.String())
	require.Len(t, tally.Fields, 1)
	require.Equal(t, "A", tally.Fields[0].Field)
	require.Equal(t, 1, tally.Fields[0].Orders)
	require.Equal(t, "2", tally.Fields[0].Examples[0].Number)
	require.Len(t, tally.Amounts, 2)
	require.Equal(t, []string{"5", "11.1", "1", "1", "-10", "-2.1"}, []string{
		tally.Amounts[0].Code, tally.Amounts[0].Excl.String(), tally.Amounts[0].VAT.String(),
		tally.Amounts[1].Code, tally.Amounts[1].Excl.String(), tally.Amounts[1].VAT.String(),
	})
	require.Equal(t, []reconcile.StoppedTally{
		{Code: "unmapped_vat_code", Newly: 1, Examples: []string{"3"}},
		{Code: "no_customer", NoLonger: 2, Examples: []string{"4", "6"}},
		{Code: "nothing_sold", Newly: 1, Examples: []string{"6"}},
	}, tally.Stopped)
}

func TestDraftTally_CountsAnOrderOnceForAFieldOfManyLinesAndStaysSmall(t *testing.T) {
	t.Parallel()
	lines := func(value string) reconcile.Mapped {
		d := draftOf("order")
		for range 3 {
			d.Lines = append(d.Lines, draftOf(domain.EntityOrderLine, "X", value))
		}
		return reconcile.Mapped{Drafts: []domain.Draft{d}}
	}
	var tally reconcile.DraftTally
	for range 1000 {
		tally.Add("1", euro("1"), lines("a"), lines("b"))
	}
	require.Len(t, tally.Fields, 1)
	require.Equal(t, 1000, tally.Fields[0].Orders)
	require.Len(t, tally.Fields[0].Examples, 5)
}
