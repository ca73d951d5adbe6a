package settings_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

func TestOnly_EachPartLeavesOutWhatItDoesNotList(t *testing.T) {
	t.Parallel()
	fits := domain.Order{
		Branch: "1", Category: "3", Employee: "7", DeliveryState: "complete", CancelState: "nothing", CompleteState: "partial_delivery_pending",
		FullyPaid: true, Date: domain.Date{Year: 2026, Month: 7, Day: 3},
	}
	all := settings.Only{
		Branches: []string{"1"}, Categories: []string{"3"}, Employees: []string{"7"}, DeliveryStates: []settings.SaleState{settings.StateComplete},
		CancelStates: []settings.SaleState{settings.StateNothing}, CompleteStates: []settings.SaleState{settings.StatePartialDeliveryPending},
		Paid: settings.PaidOnly, From: fits.Date,
	}
	require.Empty(t, all.LeavesOut(fits))
	require.Empty(t, settings.Only{Paid: settings.PaidAny}.LeavesOut(domain.Order{}), "nothing set leaves nothing out")
	for code, change := range map[string]func(*domain.Order){
		settings.LeftOutBranch:        func(o *domain.Order) { o.Branch = "2" },
		settings.LeftOutCategory:      func(o *domain.Order) { o.Category = "" },
		settings.LeftOutEmployee:      func(o *domain.Order) { o.Employee = "8" },
		settings.LeftOutDeliveryState: func(o *domain.Order) { o.DeliveryState = "" },
		settings.LeftOutCancelState:   func(o *domain.Order) { o.CancelState = "partial" },
		settings.LeftOutCompleteState: func(o *domain.Order) { o.CompleteState = "complete" },
		settings.LeftOutPaid:          func(o *domain.Order) { o.FullyPaid = false },
		settings.LeftOutDate:          func(o *domain.Order) { o.Date.Day-- },
	} {
		sale := fits
		change(&sale)
		require.Equal(t, code, all.LeavesOut(sale))
		require.NotEqual(t, "unforeseen", domain.ReasonFor(code).Words)
		require.NotEqual(t, domain.ReasonFor("unforeseen").Words, domain.ReasonFor(code).Words, code)
	}
	fits.FullyPaid = true
	require.Equal(t, settings.LeftOutPaid, settings.Only{Paid: settings.UnpaidOnly}.LeavesOut(fits))
}

func TestOnly_ReceiptsHaveNoStatesAndNoCategory(t *testing.T) {
	t.Parallel()
	only := settings.Only{Categories: []string{"3"}, DeliveryStates: []settings.SaleState{settings.StateComplete}}
	require.Empty(t, only.LeavesOut(domain.Order{Source: domain.SourceReceipt}))
	require.Equal(t, settings.LeftOutCategory, only.LeavesOut(domain.Order{Source: domain.SourceInvoice}))
	require.Empty(t, only.LeavesOut(domain.Order{Source: domain.SourceInvoice, Category: "3"}))
}

func TestMark_IsTakenOffTheReferenceWhateverNumberItNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ mark, marked, plain string }{
		{" AV {number}", "Bellen voor 17:00 AV 50001", "Bellen voor 17:00"},
		{" AV {number}", "AV 50001", ""},
		{" AV {number}", "AV 50001 en meer", "AV 50001 en meer"},
		{" AV {number}", "Bellen", "Bellen"},
		{" [{number}]", "Bellen [2026.1]", "Bellen"},
		{" geboekt", "Bellen geboekt", "Bellen"},
		{"", "Bellen", "Bellen"},
		{" {number}", "Bellen 12", "Bellen 12"},
	} {
		require.Equal(t, c.plain, settings.Mark{Reference: c.mark}.Unmarked(c.marked), c)
	}
	m := settings.Mark{With: settings.MarkReference, Reference: " AV {number}"}
	require.Equal(t, "Bellen", m.Unmarked("Bellen"+m.Text("50001")))
	require.Empty(t, settings.Mark{With: settings.MarkCategory, Reference: " AV {number}"}.Text("50001"))
}

func TestDocument_RefusesSourcesAndMarksThatDoNothing(t *testing.T) {
	t.Parallel()
	for path, orders := range map[string]string{
		"flows.orders.sources":        "sources: []",
		"flows.orders.fill.employee":  "fill: {employee: Noor}",
		"flows.orders.mark.category":  "mark: {with: category}",
		"flows.orders.mark.reference": "mark: {with: reference, reference: \" {number}\"}",
	} {
		_, err := settings.Parse([]byte("integration: shop\naccountview: {base_url: \"https://a.example/api/v3\", company_id: 7d3f1c52-90ab-4c6e-8f57-2b1e6a0d4c11, client_id: x}\n" +
			"mplus: {base_url: \"https://b.example:1\"}\nflows: {orders: {" + orders + "}}\n"))
		require.ErrorContains(t, err, path)
	}
}
