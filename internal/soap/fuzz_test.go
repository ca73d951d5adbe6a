package soap_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/soap"
)

// FuzzReadEnvelope: whatever comes in, it is a body that decodes or fails cleanly, a fault, or an error of this package.
func FuzzReadEnvelope(f *testing.F) {
	for _, seed := range []string{
		"", "<", "<html>", "\xef\xbb\xbf<?xml", `<?xml version="1.0" encoding="utf-16"?><a/>`,
		wrap(`<m:getOrder><m:orderId>1</m:orderId><m:lineList><m:line><m:articleNumber>x</m:articleNumber></m:line></m:lineList></m:getOrder>`),
		wrap(`<e:Fault><faultcode>e:Client</faultcode><detail><a/></detail></e:Fault>`),
		wrap(`<e:Fault/>`), `<!DOCTYPE a []>` + wrap("<a/>"),
		`<?xml version="1.0" encoding="windows-1252"?>` + wrap("<a>\x80\x81</a>"),
	} {
		f.Add([]byte(seed))
	}
	known := []error{
		soap.ErrTooLarge, soap.ErrTruncated, soap.ErrHTML, soap.ErrMalformed, soap.ErrNotEnvelope, soap.ErrRefused,
	}
	f.Fuzz(func(t *testing.T, document []byte) {
		body, err := soap.ReadEnvelope(bytes.NewReader(document), 1<<16)
		if err == nil {
			require.NotEmpty(t, body.Root())
			if err := body.Decode(&order{}); err != nil {
				require.ErrorIs(t, err, soap.ErrValue)
			}
			return
		}
		if fault, ok := errors.AsType[*soap.Fault](err); ok {
			require.NotEmpty(t, fault.Error())
			return
		}
		for _, k := range known {
			if errors.Is(err, k) {
				return
			}
		}
		t.Fatalf("not an error of this package: %v", err)
	})
}

// FuzzMarshal: text of any kind survives the way there, up to what XML cannot hold.
func FuzzMarshal(f *testing.F) {
	for _, seed := range []string{"", "a", "<&>\"'", "]]>", "\x00\xff", "é€😀", "\r\n\t"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		out, err := soap.Marshal("urn:shop", "getOrder", order{ID: text})
		require.NoError(t, err)
		body, err := soap.ReadEnvelope(bytes.NewReader(out), 1<<20)
		if errors.Is(err, soap.ErrTooLarge) {
			return
		}
		require.NoError(t, err)
		var got order
		require.NoError(t, body.Decode(&got))
		require.Len(t, []rune(got.ID), len([]rune(text)))
	})
}
