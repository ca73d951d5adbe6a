package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
)

func TestShowPreviewOfCustomers_TellsWhatTheFlowWouldDoAndWhereOrdersAreBooked(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	require.NoError(t, showPreviewOfCustomers(&out, activities.PreviewCustomersAnswer{
		Debtors: []activities.PreviewedDebtor{{
			Canonical: domain.Debtor{Number: "1001", Name: "De Korenaar\x1b[2J", Address: domain.Address{City: "Delft"}},
			Customer:  "71", Outcome: activities.OutcomeUpdated, Changes: []string{"name"}, Kept: []string{"email"}, Country: "NL",
			Record: activities.PreviewedRecord{Entity: "relation", Fields: []activities.PreviewedField{
				{Entity: "relation", Field: "name", Given: true, Value: "De Korenaar", Row: 4, Source: "debtor.name", Policy: "always"},
			}},
			Revenue: []activities.PreviewedRevenue{{Account: "8000", VATCode: "1", TurnoverGroups: []string{"10", "20"}}, {VATCode: "2", TurnoverGroups: []string{"10"}}},
		}},
		Unknown: []string{"9"},
	}))
	for _, told := range []string{
		"debtor.name: De Korenaar", "debtor.city: Delft", "name = De Korenaar", "mapping.relation[4]", "customer 71 is changed: name",
		"left as the till has them: email", "Where its orders to NL are booked", "8000", "10, 20", "none: it would be parked", "9: the books do not have this debtor",
	} {
		require.Contains(t, out.String(), told)
	}
	require.NotContains(t, out.String(), "\x1b")
}
