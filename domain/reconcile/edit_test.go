package reconcile_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

func TestEditProblem_KeepsTheSaleAndItsMoney(t *testing.T) {
	t.Parallel()
	euro := decimal.RequireFromString
	sale := func() domain.Order {
		return domain.Order{
			ID: "a1", Number: "2026.1", Version: domain.OrderVersion{Marker: 7}, TotalExcl: euro("20.00"), TotalIncl: euro("23.00"),
			VATGroups: []domain.VATGroup{{Code: "1", Excl: euro("10.00"), VAT: euro("0.90")}, {Code: "2", Excl: euro("10.00"), VAT: euro("2.10")}},
		}
	}
	for name, c := range map[string]struct {
		edit func(o *domain.Order)
		want string
	}{
		"nothing":  {func(*domain.Order) {}, ""},
		"customer": {func(o *domain.Order) { o.Customer.Name = "Jansen" }, ""},
		"code":     {func(o *domain.Order) { o.VATGroups[0].Code = "5" }, ""},
		"moved money": {func(o *domain.Order) {
			o.VATGroups = []domain.VATGroup{{Code: "2", Excl: euro("20.00"), VAT: euro("3.00")}}
		}, ""},
		"another split": {func(o *domain.Order) {
			o.TotalExcl = euro("19.01")
			o.VATGroups = []domain.VATGroup{{Code: "2", Excl: euro("19.01"), VAT: euro("3.99")}}
		}, ""},
		"other total":   {func(o *domain.Order) { o.TotalIncl = euro("22.99") }, reconcile.EditTotal},
		"other groups":  {func(o *domain.Order) { o.VATGroups[1].VAT = euro("2.09") }, reconcile.EditGroups},
		"other excl":    {func(o *domain.Order) { o.TotalExcl = euro("20.01") }, reconcile.EditGroups},
		"other id":      {func(o *domain.Order) { o.ID = "a2" }, reconcile.EditIdentity},
		"other number":  {func(o *domain.Order) { o.Number = "2026.2" }, reconcile.EditIdentity},
		"other version": {func(o *domain.Order) { o.Version.Marker = 8 }, reconcile.EditIdentity},
		"other source":  {func(o *domain.Order) { o.Source = domain.SourceReceipt }, reconcile.EditIdentity},
		"other credit":  {func(o *domain.Order) { o.Credits = "a0" }, reconcile.EditIdentity},
		"cancelled":     {func(o *domain.Order) { o.Cancelled = true }, reconcile.EditIdentity},
	} {
		edited := sale()
		c.edit(&edited)
		require.Equal(t, c.want, reconcile.EditProblem(sale(), edited), name)
	}

	odd := sale() // a till that does not add up is held to its own sums
	odd.TotalExcl = euro("19.99")
	require.Empty(t, reconcile.EditProblem(odd, odd))
	edited := odd
	edited.VATGroups = edited.VATGroups[:1]
	require.Equal(t, reconcile.EditGroups, reconcile.EditProblem(odd, edited))
}
