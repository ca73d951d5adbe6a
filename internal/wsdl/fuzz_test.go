package wsdl_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/wsdl"
)

// FuzzValidate: no envelope makes the validator stumble, and what it accepts holds a number and a price.
func FuzzValidate(f *testing.F) {
	f.Add(sell(`<number>1</number><price>2</price>`))
	f.Add(sell(`<price>2</price><number>1</number>`))
	f.Add(envelope(``))
	f.Add([]byte(`<`))
	s, err := wsdl.Load("testdata/kiosk.wsdl")
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, document []byte) {
		if s.ValidateRequest("sell", document) == nil {
			require.Contains(t, string(document), "number")
			require.Contains(t, string(document), "price")
		}
		_ = wsdl.ValidateFault(document)
	})
}
