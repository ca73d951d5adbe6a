package mplus_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/sandboxkit"
)

// rung rings up a sale with all that a mark could lose, on the till's own page.
func (s *shop) rung() domain.Order {
	s.t.Helper()
	const sale = `{"relation_number":1,"employee_number":2,"reference":"Bellen voor 17:00 & niet eerder","delivery_method":"BEZORGEN","payment_method":"PIN",
		"delivery_date":"2026-12-01","financial_date":"2026-11-20","vat_country":"NLD",
		"delivery_address":{"name":"Buur","address":"Kade 2","zipcode":"1000 AA","city":"Amsterdam","country":"Nederland"},
		"lines":[{"article":100101,"quantity":"1.5","price_cents":1000,"discount_cents":100},{"text":"Fijne dag"},
			{"article":100103,"quantity":"1","price_cents":5000,"components":[{"article":100102,"quantity":"2"}]}]}`
	response, err := http.Post(s.url+"/_sandbox/orders", "application/json", strings.NewReader(sale))
	require.NoError(s.t, err)
	defer response.Body.Close()
	var made struct {
		OrderID string `json:"order_id"`
	}
	require.NoError(s.t, json.NewDecoder(response.Body).Decode(&made))
	return s.order(domain.OrderID(made.OrderID)).Order
}

func (s *shop) order(id domain.OrderID) connectors.SourceOrder {
	s.t.Helper()
	found, err := s.client.OrderByID(s.t.Context(), id)
	require.NoError(s.t, err)
	require.NoError(s.t, found.Fault)
	return found
}

func TestMarkOrder_ChangesNothingButTheMark(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]sandbox.Options{
		"what is left out stays": {}, "what is left out is cleared": {UpdateReplaces: true}, "prices by vat method": {PriceAlwaysIncl: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, options)
			before := s.rung()
			require.NoError(t, s.client.MarkOrder(t.Context(), before.ID, connectors.Mark{Category: "3", Reference: " AV 50001", Employee: "999999"}))
			after := s.order(before.ID)
			require.Equal(t, "3", after.Order.Category)
			require.Equal(t, "Bellen voor 17:00 & niet eerder AV 50001", after.Order.Reference)
			require.Equal(t, before.Version.Version, after.Order.Version.Version)
			require.Greater(t, after.Order.Version.Marker, before.Version.Marker)
			require.Contains(t, string(after.Raw), "preparationList", "components stay")

			same := after.Order
			same.Category, same.Reference, same.Version = before.Category, before.Reference, before.Version
			require.Equal(t, before, same, "lines, customer, addresses, dates and amounts stay")
		})
	}
}

func TestMarkOrder_AnOrderThatIsMarkedIsNotWritten(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	id := s.rung().ID
	for _, mark := range []connectors.Mark{{Category: "3"}, {Reference: " AV 50001"}} {
		require.NoError(t, s.client.MarkOrder(t.Context(), id, mark))
		marker := s.order(id).Order.Version.Marker
		require.NoError(t, s.client.MarkOrder(t.Context(), id, mark))
		require.Equal(t, marker, s.order(id).Order.Version.Marker)
	}
}

func TestMarkOrder_AnAnswerThatIsLostIsLookedUp(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	id := s.rung().ID
	require.NoError(t, s.server.Faults().Add(sandboxkit.Rule{Kind: sandboxkit.DropAfter, Operation: "updateOrder", Calls: 1}))
	err := s.client.MarkOrder(t.Context(), id, connectors.Mark{Reference: " AV 50001"})
	require.True(t, fault.Is(err, fault.Uncertain), "%v", err)
	marker := s.order(id).Order.Version.Marker
	require.NoError(t, s.client.MarkOrder(t.Context(), id, connectors.Mark{Reference: " AV 50001"}))
	require.Equal(t, marker, s.order(id).Order.Version.Marker)
	require.Equal(t, "Bellen voor 17:00 & niet eerder AV 50001", s.order(id).Order.Reference)
}

func TestMarkOrder_OneThatIsGoneIsToldApart(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	require.True(t, fault.Is(s.client.MarkOrder(t.Context(), "gone", connectors.Mark{Category: "3"}), fault.NotFound))
}
