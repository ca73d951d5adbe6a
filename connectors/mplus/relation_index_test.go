package mplus

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// customers is an answer of getRelations: numbers and markers from first through last.
func customers(first, last int) reply {
	var list strings.Builder
	for n := first; n <= last; n++ {
		fmt.Fprintf(&list, `<ns:relation><ns:relationNumber>%d</ns:relationNumber><ns:syncMarker>%d</ns:syncMarker><ns:email>r%d@example.test</ns:email></ns:relation>`, n, n, n)
	}
	return enveloped("<ns:GetRelationsResponse><ns:relationList>" + list.String() + "</ns:relationList></ns:GetRelationsResponse>")
}

func byEmail(t *testing.T, c *Client, n int) ([]connectors.HeldRecord, error) {
	t.Helper()
	found, err := c.FindRelations(t.Context(), []connectors.RelationLookup{{By: connectors.ByEmail, Value: fmt.Sprintf("r%d@example.test", n)}})
	require.Len(t, found, 1)
	return found[0], err
}

func asked(till *fakeTill, operation string) (requests []string) {
	for i, name := range till.operations() {
		if name == operation {
			requests = append(requests, till.request(i))
		}
	}
	return requests
}

func TestFindRelations_ARepeatedPageIsNotTheEnd(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getRelations", customers(1, 1000), customers(1, 1000), customers(1001, 1100), customers(1, 0), customers(1100, 1100))
	found, err := byEmail(t, till.client(t), 1100)
	require.NoError(t, err)
	require.Len(t, found, 1, "the customer is there: to miss it is to make it twice")
	require.Equal(t, "1100", found[0].Number)
}

func TestFindRelations_ATillThatOnlyRepeatsAFullPageTellsOfNobody(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getRelations", customers(1, 1000))
	_, err := byEmail(t, till.client(t), 1100)
	f, ok := fault.As(err)
	require.True(t, ok, err)
	require.Equal(t, fault.Unavailable, f.Kind)
	require.Equal(t, "customers_repeated", f.Code)
	require.NotEqual(t, domain.ReasonFor("unforeseen").Words, domain.ReasonFor(f.Code).Words)
}

func TestFindRelations_ATillThatRepeatsItsLastCustomersEnds(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getRelations", customers(1, 3))
	found, err := byEmail(t, till.client(t), 4)
	require.NoError(t, err)
	require.Empty(t, found)
	require.Len(t, asked(till, "getRelations"), 1+mostStalePages)
}

func TestFindRelations_WithoutOrderNoLimitIsSafe(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getRelations", customers(1, 3), customers(1, 0))
	c := till.client(t, func(s *Settings) { s.PageOrder = AnyOrder })
	found, err := byEmail(t, c, 4)
	require.NoError(t, err)
	require.Empty(t, found)
	for _, request := range asked(till, "getRelations") {
		require.NotContains(t, request, "syncMarkerLimit")
	}

	till.on("getRelations", customers(101, 1100)) // as much as one answer holds: of those before nobody knows
	_, err = byEmail(t, till.client(t, func(s *Settings) { s.PageOrder = AnyOrder }), 50)
	f, ok := fault.As(err)
	require.True(t, ok, err)
	require.Equal(t, fault.Misconfigured, f.Kind)
	require.Equal(t, "customers_not_listed", f.Code)
}
