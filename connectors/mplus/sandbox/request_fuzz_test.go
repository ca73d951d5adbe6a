package sandbox

import (
	"bytes"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/sandboxkit"
	"github.com/koppel/koppel/internal/soap"
)

// FuzzRequest: no envelope makes the till stumble. It answers, or refuses with a fault, and every answer can be written.
func FuzzRequest(f *testing.F) {
	wrap := func(payload string) []byte {
		return []byte(`<e:Envelope xmlns:e="` + soap.EnvelopeNamespace + `" xmlns="` + namespace + `"><e:Body>` + payload + `</e:Body></e:Envelope>`)
	}
	for _, seed := range []string{
		`<getApiVersion/>`, `<getRelation><relationNumber>1</relationNumber></getRelation>`,
		`<createOrder><order><orderId/><lineList><line><articleNumber>100101</articleNumber><data><quantity>1</quantity><decimalPlaces>-9</decimalPlaces></data></line></lineList></order></createOrder>`,
		`<createOrder/>`, `<updateRelation/>`, `<saveOrder><order><orderId>x</orderId></order></saveOrder>`,
		`<getOrders><request><syncMarker>-1</syncMarker><syncMarkerLimit>-5</syncMarkerLimit><articlePluNumbers/><articleBarcodes/></request></getOrders>`,
		`<setStock><request><branchNumber>1</branchNumber><articleNumber>100101</articleNumber><amount>9223372036854775807</amount><decimalPlaces>6</decimalPlaces></request></setStock>`,
		`<createProduct><product><articleList><article><turnoverGroup>10</turnoverGroup><priceExcl>-1</priceExcl></article></articleList></product></createProduct>`,
		`<findRelation><relation><name>a</name></relation></findRelation>`, `<getStock><request><branchNumber>1</branchNumber><articleNumbers/></request></getStock>`,
	} {
		f.Add(wrap(seed))
	}
	opts, err := Options{}.withDefaults()
	require.NoError(f, err)
	opts.Shop.Articles, opts.Shop.Customers = opts.Shop.Articles[:6], opts.Shop.Customers[:6]
	t, err := openTill(opts)
	require.NoError(f, err)
	f.Fuzz(func(tt *testing.T, document []byte) {
		body, err := soap.ReadEnvelope(bytes.NewReader(document), 1<<16)
		if err != nil {
			return
		}
		root, answer, err := t.run(body.Root(), body, sandboxkit.RowChanged)
		if err != nil {
			_, ok := errors.AsType[*soap.Fault](err)
			require.True(tt, ok, "%v", err)
			return
		}
		written, err := soap.Marshal(namespace, root, answer)
		require.NoError(tt, err)
		_, err = soap.ReadEnvelope(bytes.NewReader(written), 64<<20)
		require.NoError(tt, err)
	})
}
