package sandbox

import (
	"bytes"
	"context"
	"io"
	"net/http"

	"github.com/koppel/koppel/internal/soap"
)

// arrival is a request that was read: its payload, or why there is none.
type arrival struct {
	body soap.Body
	err  error
}

type arrivalKey struct{}

// arrive reads the envelope once, for the faults, the counts and the operation alike.
func arrive(r *http.Request) *http.Request {
	document, err := io.ReadAll(io.LimitReader(r.Body, maxRequest+1))
	var a arrival
	if err != nil {
		a.err = err
	} else {
		a.body, a.err = soap.ReadEnvelope(bytes.NewReader(document), maxRequest)
	}
	again := r.WithContext(context.WithValue(r.Context(), arrivalKey{}, a))
	again.Body = io.NopCloser(bytes.NewReader(document))
	return again
}

func arrived(r *http.Request) arrival {
	a, _ := r.Context().Value(arrivalKey{}).(arrival)
	return a
}
