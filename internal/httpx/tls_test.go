package httpx_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/httpx"
)

func TestDo_ACertificateThatNobodyVouchesForIsRefusedBeforeAnythingIsSent(t *testing.T) {
	t.Parallel()
	s := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("the call must not arrive")
	}))
	t.Cleanup(s.Close)
	client := httpx.New(httpx.Settings{System: "till"}) // the transport of production
	_, err := client.Do(context.Background(), httpx.Call{Op: "op", Write: true, Method: http.MethodPost, URL: s.URL, Body: []byte("x")})
	f, ok := fault.As(err)
	require.True(t, ok)
	require.Equal(t, fault.Unavailable, f.Kind, "a write that never left is not uncertain")
	require.Equal(t, "certificate_refused", f.Code)
}
