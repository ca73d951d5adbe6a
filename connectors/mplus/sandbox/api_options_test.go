package sandbox_test

import (
	"net/http"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus/sandbox"
)

func TestOptions_ChangeWhileTheTillIsOpen(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	const withoutWrappers = `<request xmlns="urn:mplusqapi"><syncMarker>0</syncMarker></request>`
	code, _ := f.refused("getOrders", withoutWrappers)
	require.Equal(t, "SOAP-ENV:Client", code)

	var shown map[string]any
	require.Equal(t, http.StatusOK, f.json("POST", "/_sandbox/options", `{"lenient":true,"bad_credentials":"403"}`, &shown))
	require.Equal(t, true, shown["lenient"])
	require.NotContains(t, shown, "Secret")
	require.Equal(t, http.StatusOK, f.try("getOrders", withoutWrappers), "as a Go client in production use sends it, against the schema")
	f.query = "ident=somebody&secret=else"
	require.Equal(t, http.StatusForbidden, f.try("getApiVersion", ""))

	for _, refused := range []string{`{"lenient":"perhaps"}`, `{"bad_credentials":"418"}`, `{"lenient":false,"unheard_of":1}`, `{"absent_decimal_places":-1}`} {
		require.Equal(t, http.StatusBadRequest, f.json("POST", "/_sandbox/options", refused, nil), refused)
	}
	require.Equal(t, http.StatusOK, f.json("GET", "/_sandbox/options", "", &shown))
	require.Equal(t, true, shown["lenient"], "a refused change changes nothing")
}

func TestOptions_MayChangeUnderCalls(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	var calls sync.WaitGroup
	for i := range 8 {
		calls.Go(func() {
			if i%2 == 0 {
				f.json("POST", "/_sandbox/options", `{"shuffle_results":true}`, nil)
				return
			}
			f.try("createOrder", orderOf("", "", line("100101", "1", "0", "")))
			f.get("/till")
		})
	}
	calls.Wait()
	require.Equal(t, 4, f.orderCount())
}
