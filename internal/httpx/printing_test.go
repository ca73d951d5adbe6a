package httpx_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/httpx"
)

func TestCallAndAnswer_ShowNeitherAddressNorHeaderNorBody(t *testing.T) {
	t.Parallel()
	planted := http.Header{"Authorization": {"Bearer planted"}}
	call := httpx.Call{Op: "GET AR1", Method: "GET", URL: "https://till.example/?secret=planted", Header: planted, Body: []byte("planted")}
	answer := httpx.Answer{Status: 200, Header: planted, Body: []byte("planted"), RequestID: "koppel-1"}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x"} {
		for _, value := range []any{call, &call, answer, &answer} {
			shown := fmt.Sprintf(verb, value)
			require.NotContains(t, shown, "planted", verb)
			require.NotContains(t, shown, fmt.Sprintf("%x", "planted"), verb)
		}
	}
	require.Equal(t, "GET AR1", fmt.Sprintf("%+v", call))
	require.Equal(t, "200 to koppel-1", fmt.Sprintf("%#v", answer))
}
