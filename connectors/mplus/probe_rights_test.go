package mplus

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

func outcomes(f domain.Findings) map[string]string {
	ended := map[string]string{}
	for _, c := range f.Checks {
		ended[c.Name+" "+c.About] = string(c.Outcome) + " " + c.Code
	}
	return ended
}

// A right that is missing is known by the call that it is missing for: one the
// flows need stops all, one that only helps with the set-up does not.
func TestProbe_AMissingRightIsNamed(t *testing.T) {
	t.Parallel()
	refusal := faultReply(500, "SOAP-ENV:Client", "No access to this call for J. Jansen")
	till := fullTill(t)
	till.on("getRelations", refusal)
	till.on("getEmployees", refusal)
	till.on("getApiVersion", refusal)

	f := till.client(t).Probe(t.Context())

	ended := outcomes(f)
	require.Equal(t, "till_right_missing", f.Verdict())
	require.Equal(t, "ok ", ended["reach "], "a till that keeps its version to itself is there all the same")
	require.Equal(t, "failed till_right_missing", ended["call getRelations"])
	require.Equal(t, "ok ", ended["call getOrders"])
	require.Equal(t, "warns list_not_read", ended["list mplus.employees"])
	_, fetched := f.Listings[domain.ListTillEmployees]
	require.False(t, fetched, "a list that was not read is not an empty one")
	for _, c := range f.Checks {
		require.NotContains(t, c.Found+c.About, "Jansen")
	}
}

func TestProbe_AnEmptyListWasFetched(t *testing.T) {
	t.Parallel()
	till := fullTill(t)
	till.on("getPriceGroupList", enveloped("<ns:getPriceGroupListResponse></ns:getPriceGroupListResponse>"))
	f := till.client(t).Probe(t.Context())
	items, fetched := f.Listings[domain.ListTillPriceGroups]
	require.True(t, fetched)
	require.Empty(t, items)
}

func TestProbe_QuantitiesWithoutDecimalsFitTheirTotals(t *testing.T) {
	t.Parallel()
	till := fullTill(t)
	lines := `<ns:lineList><ns:line><ns:lineId>1</ns:lineId><ns:articleNumber>5</ns:articleNumber><ns:data><ns:quantity>150</ns:quantity>` +
		`<ns:price>1000</ns:price><ns:totalInclAmount>1500</ns:totalInclAmount></ns:data></ns:line></ns:lineList></ns:order>`
	order := sale("a", 41, 1201)
	till.on("getOrders", orders(order[:len(order)-len("</ns:order>")]+lines))
	for _, a := range till.client(t).Probe(t.Context()).Assumptions {
		if a.Path == "mplus.absent_decimal_places" {
			require.Equal(t, "2", a.Set)
			return
		}
	}
	t.Fatal("no such assumption")
}

func TestProbe_ALimitedPageThatLosesOrders(t *testing.T) {
	t.Parallel()
	till := fullTill(t)
	recent := orders(sale("a", 41, 0))
	short := orders(sale("a", 1, 0), sale("b", 5, 0), sale("c", 9, 0))
	long := orders(sale("a", 1, 0), sale("b", 5, 0), sale("c", 9, 0), sale("d", 2, 0), sale("e", 3, 0))
	till.on("getOrders", recent, short, long)
	for _, a := range till.client(t).Probe(t.Context()).Assumptions {
		if a.Path == "mplus.page_order" {
			require.Equal(t, "any", a.Set)
			return
		}
	}
	t.Fatal("no such assumption")
}

func TestProbe_APriceThatFollowsTheOrdersVATMethod(t *testing.T) {
	t.Parallel()
	till := fullTill(t)
	lines := `<ns:lineList><ns:line><ns:lineId>1</ns:lineId><ns:articleNumber>5</ns:articleNumber><ns:data><ns:quantity>2</ns:quantity>` +
		`<ns:price>1000</ns:price><ns:totalInclAmount>2420</ns:totalInclAmount><ns:totalExclAmount>2000</ns:totalExclAmount></ns:data></ns:line></ns:lineList></ns:order>`
	order := strings.ReplaceAll(sale("a", 41, 1201), "INCLUSIVE", "EXCLUSIVE")
	till.on("getOrders", orders(order[:len(order)-len("</ns:order>")]+lines))
	for _, a := range till.client(t).Probe(t.Context()).Assumptions {
		if a.Path == "mplus.line_price" {
			require.Equal(t, "by_vat_method", a.Set)
			return
		}
	}
	t.Fatal("no such assumption")
}
