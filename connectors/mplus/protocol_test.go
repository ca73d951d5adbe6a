package mplus

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/fault"
)

func TestOrders_OfAnotherProtocolAreNotRead(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getOrders", orders(sale("a", 5, 0)))
	now := read(t, "testdata/answers/getApiVersion.xml")
	till.on("getApiVersion", enveloped(strings.ReplaceAll(now, "<ns:majorNumber>1<", "<ns:majorNumber>2<")))
	_, err := till.client(t).OrdersAfter(t.Context(), 4, 10)
	require.True(t, fault.Is(err, fault.Misconfigured), "%v", err)
}

func TestOrders_TheProtocolIsAskedForOnceAndOnlyWhenThereAreOrders(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getOrders", orders(), orders(sale("a", 5, 0)))
	c := till.client(t)
	for range 4 {
		_, err := c.OrdersAfter(t.Context(), 4, 10)
		require.NoError(t, err)
	}
	require.Equal(t, []string{"getOrders", "getOrders", "getApiVersion", "getVatGroupList", "getOrders", "getOrders"}, till.operations())
}

func TestOrders_ATillThatKeepsItsVersionToItselfIsRead(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getOrders", orders(sale("a", 5, 0)))
	till.on("getApiVersion", faultReply(http.StatusInternalServerError, "SOAP-ENV:Client", "no right"))
	page, err := till.client(t).OrdersAfter(t.Context(), 4, 10)
	require.NoError(t, err)
	require.Len(t, page.Orders, 1)
}

func TestOrders_AnOldReleaseIsToldOnce(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getOrders", orders(sale("a", 5, 0)))
	now := read(t, "testdata/answers/getApiVersion.xml")
	till.on("getApiVersion", enveloped(strings.ReplaceAll(now, "<ns:serviceMajorNumber>67<", "<ns:serviceMajorNumber>66<")))
	c := till.client(t)
	var heard []string
	c.warn = func(text string) { heard = append(heard, text) }
	for range 3 {
		_, err := c.OrdersAfter(t.Context(), 4, 10)
		require.NoError(t, err)
	}
	require.Len(t, heard, 1)
	require.Contains(t, heard[0], "66.")
}
