package domain_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

var orderSchema = domain.Schema{
	Entity: domain.EntityOrder,
	Fields: []domain.FieldSpec{
		{Name: "DEBTOR", Kind: domain.KindText, Length: 5, Required: true},
		{Name: "NOTE", Kind: domain.KindText, Updatable: true},
		{Name: "DATE", Kind: domain.KindDate, Required: true, Updatable: true},
	},
	Lines: &domain.Schema{
		Entity: domain.EntityOrderLine,
		Fields: []domain.FieldSpec{
			{Name: "SKU", Kind: domain.KindText, Length: 3, Required: true},
			{Name: "QTY", Kind: domain.KindNumber, Required: true},
		},
	},
}

func field(name string, v domain.Value) domain.Field { return domain.Field{Name: name, Value: v} }

func goodOrder() domain.Draft {
	return domain.Draft{
		Entity: domain.EntityOrder,
		Fields: []domain.Field{field("DEBTOR", domain.TextValue("10001")), field("DATE", day("2026-05-01"))},
		Lines: []domain.Draft{{Fields: []domain.Field{
			field("SKU", domain.TextValue("é€1")), field("QTY", domain.NumberValue(decimal.Zero)),
		}}},
	}
}

func TestSchema_CheckAcceptsWhatFits(t *testing.T) {
	t.Parallel()
	require.Empty(t, orderSchema.Check(goodOrder()), "length counts characters, and a quantity of zero is given")
}

func TestSchema_CheckNamesEveryProblem(t *testing.T) {
	t.Parallel()
	d := goodOrder()
	d.Fields = []domain.Field{
		field("DEBTOR", domain.TextValue("secret name")), field("NOTE", domain.BoolValue(true)), field("OTHER", domain.TextValue("x")),
	}
	d.Lines = append(d.Lines, domain.Draft{Fields: []domain.Field{field("SKU", domain.TextValue(""))}})
	var got []string
	for _, p := range orderSchema.Check(d) {
		got = append(got, p.String())
	}
	require.Equal(t, []string{
		"DEBTOR: is longer than 5 characters",
		"NOTE: must be a text, not a bool",
		"OTHER: is not a field of the target",
		"DATE: is required",
		"line 2 SKU: is required",
		"line 2 QTY: is required",
	}, got)
}

func TestSchema_CheckUpdateRequiresNothingButKeepsWhatIsFixed(t *testing.T) {
	t.Parallel()
	require.Empty(t, orderSchema.CheckUpdate(domain.Draft{Fields: []domain.Field{field("NOTE", domain.TextValue("hi"))}}))
	require.Equal(t,
		[]domain.Problem{{Field: "DEBTOR", Rule: "cannot be changed"}},
		orderSchema.CheckUpdate(domain.Draft{Fields: []domain.Field{field("DEBTOR", domain.TextValue("1"))}}))
}

func TestDraft_HashIsOfTheContent(t *testing.T) {
	t.Parallel()
	one, other := goodOrder(), goodOrder()
	require.Equal(t, one.Hash(), other.Hash())
	require.NotEmpty(t, one.Hash())
	other.Lines[0].Fields[1].Value = domain.NumberValue(decimal.New(1, -2))
	require.NotEqual(t, one.Hash(), other.Hash())
}
