package domain_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

func sale() domain.Order {
	return domain.Order{
		ID: "o-1", Number: "2026.123", Version: domain.OrderVersion{Marker: 10, Change: 1, Version: 1},
		EnteredAt: time.Date(2026, 5, 1, 10, 0, 0, 0, time.UTC), Date: domain.Date{Year: 2026, Month: 5, Day: 1},
		Customer: domain.Customer{ID: "12", Name: "Jansen"},
		Lines:    []domain.OrderLine{{ID: "l-1", SKU: "100101", Quantity: decimal.New(2, 0), TotalIncl: domain.Euros(2420)}},
	}
}

func TestOrder_ContentHashIgnoresWhatIsNoChangeOfTheSale(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*domain.Order){
		"touched":       func(o *domain.Order) { o.Version = domain.OrderVersion{Marker: 99, Change: 7, Version: 3} },
		"paid":          func(o *domain.Order) { o.FullyPaid, o.PrepaidAmount = true, domain.Euros(2420) },
		"moved on":      func(o *domain.Order) { o.Category = "picked" },
		"another clerk": func(o *domain.Order) { o.Employee, o.Workplace = "7", "2" },
		"entered again": func(o *domain.Order) { o.EnteredAt = o.EnteredAt.Add(time.Hour) },
	} {
		o := sale()
		change(&o)
		require.Equal(t, sale().ContentHash(), o.ContentHash(), name)
	}
}

func TestOrder_ContentHashSeesAChangeOfTheSale(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*domain.Order){
		"quantity":  func(o *domain.Order) { o.Lines[0].Quantity = decimal.New(3, 0) },
		"one cent":  func(o *domain.Order) { o.Lines[0].TotalIncl = domain.Euros(2421) },
		"new line":  func(o *domain.Order) { o.Lines = append(o.Lines, domain.OrderLine{ID: "l-2"}) },
		"customer":  func(o *domain.Order) { o.Customer.ID = "13" },
		"address":   func(o *domain.Order) { o.DeliveryAddress.City = "Delft" },
		"date":      func(o *domain.Order) { o.Date.Day = 2 },
		"cancelled": func(o *domain.Order) { o.Cancelled = true },
		"branch":    func(o *domain.Order) { o.Branch = "2" },
		"own field": func(o *domain.Order) { o.Customer.Custom = map[string]string{"kind": "wholesale"} },
	} {
		o := sale()
		change(&o)
		require.NotEqual(t, sale().ContentHash(), o.ContentHash(), name)
	}
}

// TestOrder_ContentHashIsThatOfOrdersBookedBefore: orders are known again by it, so
// it must not move while an order holds what it always held.
func TestOrder_ContentHashIsThatOfOrdersBookedBefore(t *testing.T) {
	t.Parallel()
	o := sale()
	o.Customer.Custom = map[string]string{}
	require.Equal(t, "43c205d780863ce9b92b0516f320a45a802a6a03d8ee3bcfa5947390129f6bb9", o.ContentHash())
	require.Equal(t, "43c205d780863ce9b92b0516f320a45a802a6a03d8ee3bcfa5947390129f6bb9", sale().ContentHash())
}

func TestOrder_ContentHashLeavesTheOrderAlone(t *testing.T) {
	t.Parallel()
	o := sale()
	o.ContentHash()
	require.Equal(t, sale(), o)
}

func TestContentHash_IsTheSameWithAndWithoutTheKindOfAnOrder(t *testing.T) {
	t.Parallel()
	o := domain.Order{ID: "a", Number: "2026.1"}
	before := o.ContentHash()
	o.Source = domain.SourceOrder
	require.Equal(t, before, o.ContentHash(), "what was booked before there were kinds is not a change")
	o.Source = domain.SourceReceipt
	require.NotEqual(t, before, o.ContentHash())
}
