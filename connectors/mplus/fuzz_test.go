package mplus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/soap"
)

// Whatever a till sends, reading it gives orders or a fault, loses no order and
// never panics.
func FuzzOrdersAnswer(f *testing.F) {
	for _, path := range glob(f, "testdata/orders/*.xml") {
		f.Add([]byte(orders(read(f, path)).body))
	}
	f.Add([]byte(orders(sale("a", 5, 1201), "<ns:order/>", "<ns:order><ns:lineList><ns:line/></ns:lineList></ns:order>").body))
	f.Add([]byte(orders("<ns:order><ns:orderList><ns:order>x</ns:order></ns:orderList></ns:order>").body))
	f.Add([]byte(orders().body))
	f.Add([]byte(enveloped("<ns:GetOrdersResponse></ns:GetOrdersResponse>").body))
	f.Add([]byte("<html>"))
	a := assumptions{zone: amsterdam(f), percentPlaces: 2, timeOffset: OffsetTrusted}
	f.Fuzz(func(t *testing.T, document []byte) {
		body, err := soap.ReadEnvelope(bytes.NewReader(document), 1<<20)
		if err != nil {
			return
		}
		raws, err := rawElements(opGetOrders, body, "orderList", "order")
		if err != nil {
			return
		}
		var sheet []sentOrder
		for _, raw := range raws {
			require.True(t, bytes.HasPrefix(raw, []byte("<")) && bytes.HasSuffix(raw, []byte(">")), "%q", raw)
			sheet = append(sheet, sentOrderFromRaw(raw))
		}
		for _, s := range sheet {
			o := sourceOrder(opGetOrders, s, a, nil)
			require.NotEmpty(t, o.Order.ID)
			require.NotEmpty(t, o.Order.Number)
			_, err := json.Marshal(o.Order)
			require.NoError(t, err)
		}
		for _, s := range newerThan(sheet, 4) {
			require.Greater(t, s.marker, int64(4))
		}
	})
}

func FuzzOrderNumber(f *testing.F) {
	for _, text := range []string{"2026.123", "2026.", ".1", "2026.0", "02026.1", "2026.9223372036854775807", "2026.9223372036854775808", "２.1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		number, err := parseOrderNumber(text)
		if err != nil {
			return
		}
		require.Equal(t, text, fmt.Sprintf("%d.%d", number.Year, number.Number), "one order has one spelling")
		r := &reading{}
		again := r.yearNumber("x", &yearNumber{wireInt(fmt.Sprint(number.Year)), wireInt(fmt.Sprint(number.Number))})
		require.NoError(t, r.err())
		require.Equal(t, text, again)
	})
}
