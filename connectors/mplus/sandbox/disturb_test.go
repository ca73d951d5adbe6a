package sandbox_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/internal/sandboxkit"
)

func (f *foreign) rule(body string) {
	f.t.Helper()
	require.Equal(f.t, http.StatusCreated, f.json("POST", "/_sandbox/faults", body, nil))
}

// try posts an operation and gives the status, or 0 when no answer came.
func (f *foreign) try(operation, inside string) int {
	f.t.Helper()
	response, err := http.Post(f.base+"/?"+f.query, "text/xml", strings.NewReader(envelopeOf("<"+operation+">"+inside+"</"+operation+">")))
	if err != nil {
		return 0
	}
	require.NoError(f.t, response.Body.Close())
	return response.StatusCode
}

func (f *foreign) orderCount() int {
	var list struct{ Orders []struct{} }
	require.Equal(f.t, 200, f.json("GET", "/_sandbox/orders", "", &list))
	return len(list.Orders)
}

func TestFaults_LoseTheRequestOrOnlyTheAnswer(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	order := orderOf("", "", line("100101", "1", "0", ""))
	f.rule(`{"kind":"drop_before","operation":"createOrder","calls":1}`)
	require.Zero(t, f.try("createOrder", order))
	require.Zero(t, f.orderCount(), "nothing was done")
	f.rule(`{"kind":"drop_after","operation":"createOrder","calls":1}`)
	require.Zero(t, f.try("createOrder", order))
	require.Equal(t, 1, f.orderCount(), "it was done, the answer is lost")
	f.rule(`{"kind":"late","operation":"createOrder","calls":1,"seconds":0.05}`)
	require.Zero(t, f.try("createOrder", order))
	require.Eventually(t, func() bool { return f.orderCount() == 2 }, 10*time.Second, 10*time.Millisecond, "it is done later")
}

func TestFaults_SpeakTheTillsLanguage(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	order := orderOf("", "", line("100101", "1", "0", ""))
	f.rule(`{"kind":"500","calls":1}`)
	code, _ := f.refused("getOrders", ordersFrom("0", "1"))
	require.Equal(t, "SOAP-ENV:Server", code)
	f.rule(`{"kind":"expired_token","calls":1}`)
	code, _ = f.refused("getOrders", ordersFrom("0", "1"))
	require.Equal(t, "SOAP-ENV:Client.Authentication", code)
	f.rule(`{"kind":"429","calls":1}`)
	require.Equal(t, http.StatusTooManyRequests, f.try("getBranches", ""))
	f.rule(`{"kind":"error_in_200","calls":1}`)
	require.Equal(t, []string{"1", "2"}, f.ask("getBranches", "").texts("branches/branch/branchNumber"), "a list read has no result that could say so")
	answer := f.ask("createOrder", order)
	require.Equal(t, "CREATE-ORDER-RESULT-FAILED", answer.text("result"))
	require.Zero(t, f.orderCount())
	require.Equal(t, "CREATE-ORDER-RESULT-OK", f.ask("createOrder", order).text("result"))
}

func TestFaults_RepeatAPageAndChangeARow(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	for range 6 {
		f.create(orderOf("", "", line("100101", "1", "0", "")))
	}
	read := func(from string) []string {
		return f.ask("getOrders", ordersFrom(from, "2")).texts("orderList/order/syncMarker")
	}
	require.Equal(t, []string{"1", "3"}, read("0"))
	require.Equal(t, []string{"4", "6"}, read("4"))
	f.rule(`{"kind":"repeated_page","operation":"getOrders","calls":1}`)
	require.Equal(t, []string{"1", "3"}, read("4"), "the page before comes again")
	require.Equal(t, []string{"4", "6"}, read("4"))
	f.rule(`{"kind":"row_changed","operation":"getOrders","calls":1}`)
	require.Equal(t, []string{"4", "6"}, read("4"))
	require.Equal(t, []string{"6", "7"}, read("4"), "the first row moved to the end")
	require.Equal(t, []string{"10"}, read("10"))

	relations := func(from string) []string {
		return f.ask("getRelations", `<request><syncMarker>`+from+`</syncMarker><syncMarkerLimit>2</syncMarkerLimit></request>`).texts("relationList/relation/relationNumber")
	}
	f.rule(`{"kind":"row_changed","operation":"getRelations","calls":1}`)
	require.Equal(t, []string{"3", "4"}, relations("4"))
	require.Equal(t, []string{"4", "5"}, relations("4"))
	products := func(from string) []string {
		return f.ask("getProducts", `<request><pluNumbers/><syncMarker>`+from+`</syncMarker><syncMarkerLimit>2</syncMarkerLimit></request>`).texts("productList/product/productNumber")
	}
	f.rule(`{"kind":"row_changed","operation":"getProducts","calls":1}`)
	require.Equal(t, []string{"5002", "5003"}, products("4"))
	require.Equal(t, []string{"5003", "5004"}, products("4"))
}

func TestReadAll_SurvivesRepeatedPagesAndChangedRows(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{ShuffleResults: true})
	var ids []string
	for range 12 {
		ids = append(ids, f.create(orderOf("", "", line("100101", "1", "0", ""))))
	}
	f.rule(`{"kinds":["repeated_page","row_changed"],"operation":"getOrders","calls":5,"share":0.5,"seed":7}`)
	seen := map[string]bool{}
	readAll(f, 3, func(o node) { seen[o.text("orderId")] = true })
	require.Len(t, seen, len(ids))
}

func TestCalls_AreCountedByOperation(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	f.ask("getBranches", "")
	f.create(orderOf("", "", line("100101", "1", "0", "")))
	f.try("payOrder", "")
	_, _ = f.get("/")
	_, _ = f.get("/till")
	var report sandboxkit.CallReport
	require.Equal(t, 200, f.json("GET", "/_sandbox/calls", "", &report))
	require.Equal(t, sandboxkit.CallReport{
		Operations: map[string]int{"getBranches": 1, "createOrder": 1, "payOrder": 1}, Reads: 1, Writes: 2,
	}, report)
	require.Equal(t, 1, f.server.Calls().Report().Reads)
}

func TestManyCallers_GetNumbersOfTheirOwn(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	order := orderOf("", "", line("100101", "1", "0", ""))
	done := make(chan int, 20)
	for range 20 {
		go func() { done <- f.try("createOrder", order) }()
	}
	for range 20 {
		require.Equal(t, 200, <-done)
	}
	numbers, markers := map[string]bool{}, map[string]bool{}
	for _, o := range f.ask("getOrders", ordersFrom("0", "50")).all("orderList/order") {
		numbers[o.text("orderNumber/number")], markers[o.text("syncMarker")] = true, true
	}
	require.Len(t, numbers, 20)
	require.Len(t, markers, 20)
	require.True(t, numbers[strconv.Itoa(20)])
}
