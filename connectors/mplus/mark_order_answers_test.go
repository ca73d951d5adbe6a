package mplus

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/fault"
)

func updated(result, message string) reply {
	return enveloped("<ns:UpdateOrderResponse><ns:result>UPDATE-ORDER-RESULT-" + result + "</ns:result><ns:info><ns:orderId>a</ns:orderId><ns:orderString>1</ns:orderString></ns:info>" +
		"<ns:errorMessage>" + message + "</ns:errorMessage></ns:UpdateOrderResponse>")
}

func TestMarkOrder_ResultsOfTheTill(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		answer reply
		kind   fault.Kind
	}{
		{updated("OK", ""), ""},
		{updated("NO-CHANGES", ""), ""},
		{updated("FAILED", noChangesMessage), ""},
		{updated("ORDER-HAS-CHANGED", ""), fault.Conflict},
		{updated("FAILED", "Step not allowed."), fault.Rejected},
	} {
		till := fullTill(t)
		till.on("updateOrder", c.answer)
		err := till.client(t).MarkOrder(t.Context(), "a", connectors.Mark{Category: "3", Employee: "999999"})
		if c.kind == "" {
			require.NoError(t, err)
			continue
		}
		require.True(t, fault.Is(err, c.kind), "%v", err)
	}
}

func TestMarkOrder_SendsBackWhatCameInTheOrderOfTheSchema(t *testing.T) {
	t.Parallel()
	till := fullTill(t)
	till.on("getOrder", enveloped("<ns:GetOrderResponse><ns:result>GET-ORDER-RESULT-OK</ns:result>"+
		strings.Replace(read(t, "testdata/orders/consumer-two-rates.xml"), "<ns:orderCategoryNumber>0</ns:orderCategoryNumber>",
			"<ns:newInRelease99>x</ns:newInRelease99>", 1)+"</ns:GetOrderResponse>"))
	till.on("updateOrder", updated("OK", ""))
	require.NoError(t, till.client(t).MarkOrder(t.Context(), "a", connectors.Mark{Category: "3", Employee: "999999"}))
	sent := till.request(1)
	for _, want := range []string{
		"<ns:changeCounter>3</ns:changeCounter><ns:versionNumber>2</ns:versionNumber>", "<ns:employeeNumber>14</ns:employeeNumber>",
		"<ns:orderCategoryNumber>3</ns:orderCategoryNumber><ns:lineList>", "<ns:newInRelease99>x</ns:newInRelease99>",
		"<ns:reference>Bellen voor 17:00 &amp; niet eerder</ns:reference>", "<ns:lineId>a3</ns:lineId><ns:articleNumber>0</ns:articleNumber>",
	} {
		require.Contains(t, sent, want)
	}
	require.NotContains(t, sent, "paymentList")
}
