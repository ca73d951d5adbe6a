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
	// Seeds are small, so that the time goes into new inputs and not into shrinking these.
	const line = "<line><articleNumber>7</articleNumber><data><quantity>530</quantity><decimalPlaces>3</decimalPlaces><price>9</price><vatCode>1</vatCode></data></line>"
	const date = "<financialDate><day>29</day><mon>2</mon><year>2028</year></financialDate>"
	f.Add([]byte(orders("<order><orderId>a</orderId><syncMarker>5</syncMarker><vatMethod>VAT-METHOD-NONE</vatMethod></order><order/>").body))
	f.Add([]byte(orders("<order><orderId>a</orderId><lineList>" + line + "</lineList></order>").body))
	f.Add([]byte(orders("<order>" + date + "<orderNumber><year>2026</year><number>1</number></orderNumber></order>").body))
	f.Add([]byte(orders("<order><vatGroupList><vatGroup><vatCode>1</vatCode><vatAmount>1</vatAmount></vatGroup></vatGroupList></order>").body))
	f.Add([]byte(orders("<order><orderList><order>x</order></orderList></order>").body))
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
