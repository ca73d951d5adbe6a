package sandbox_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus/sandbox"
)

func TestState_ShowsNothingThatWasNotSaved(t *testing.T) {
	t.Parallel()
	server, err := sandbox.New(sandbox.Options{DataDir: t.TempDir()})
	require.NoError(t, err)
	listener := httptest.NewServer(server.Handler())
	t.Cleanup(listener.Close)
	ready := server.Ready()
	f := &foreign{t: t, server: server, base: listener.URL, query: url.Values{"ident": {ready.Ident}, "secret": {ready.Secret}}.Encode()}
	f.create(orderOf("", "", line("100101", "1", "0", "")))
	head := f.ask("getCurrentSyncMarkers", "").text("orderSyncMarker")

	require.NoError(t, server.Close()) // from here on nothing can be saved
	for operation, inside := range map[string]string{
		"createOrder":    orderOf("", "", line("100101", "1", "0", "")),
		"createRelation": `<relation><name>Weg</name></relation>`,
		"setStock":       `<request><branchNumber>1</branchNumber><articleNumber>100101</articleNumber><amount>3</amount></request>`,
		"createProduct":  `<product><articleList>` + newArticle + `</articleList></product>`,
	} {
		code, text := f.refused(operation, inside)
		require.Equal(t, "SOAP-ENV:Server", code, operation)
		require.Equal(t, "Internal error.", text, operation)
	}
	require.Len(t, f.ask("getOrders", ordersFrom("0", "10")).all("orderList/order"), 1)
	require.Equal(t, head, f.ask("getCurrentSyncMarkers", "").text("orderSyncMarker"))
	require.Equal(t, http.StatusInternalServerError, f.json("POST", "/_sandbox/orders", `{"lines":[{"article":100101,"quantity":"1"}]}`, nil))
}

func TestTransport_SaysSoWhenTheDescriptionIsGone(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{WSDLPath: filepath.Join(t.TempDir(), "gone.wsdl")})
	status, body := f.get("/?wsdl")
	require.Equal(t, http.StatusNotFound, status)
	require.NotContains(t, body, t.TempDir())
}

func TestStockHistory_FiltersByArticleMomentAndMarker(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	var ids []string
	for _, article := range []string{"100101", "100102", "100101"} {
		ids = append(ids, f.ask("setStock", `<request><branchNumber>1</branchNumber><articleNumber>`+article+`</articleNumber><amount>3</amount></request>`).text("stockId"))
	}
	history := func(inside string) []string {
		return f.ask("getStockHistory", `<request><branchNumber>1</branchNumber>`+inside+`</request>`).texts("articleStockHistory/stockId")
	}
	moment := func(name, year string) string {
		return `<` + name + `><sec>0</sec><min>0</min><hour>0</hour><day>1</day><mon>1</mon><year>` + year + `</year><isdst>false</isdst><timezone>60</timezone></` + name + `>`
	}
	require.Equal(t, ids, history(""))
	require.Equal(t, ids[1:2], history(`<articleNumbers><articleNumbers>100102</articleNumbers></articleNumbers>`))
	require.Equal(t, ids[1:], history(`<sinceStockId>`+ids[1]+`</sinceStockId>`))
	require.Equal(t, ids[1:2], history(`<sinceStockId>`+ids[1]+`</sinceStockId><sinceStockIdLimit>1</sinceStockIdLimit>`))
	require.Equal(t, ids, history(moment("fromFinancialDateTime", "2026")+moment("throughFinancialDateTime", "2027")))
	require.Empty(t, history(moment("fromFinancialDateTime", "2027")))
	require.Empty(t, history(moment("throughFinancialDateTime", "2026")))
}
