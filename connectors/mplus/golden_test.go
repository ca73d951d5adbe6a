package mplus

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Each case is one sale as a till sends it and the canonical order it means.
func TestOrders_GoldenCases(t *testing.T) {
	t.Parallel()
	for _, path := range glob(t, "testdata/orders/*.xml") {
		golden(t, domain.SourceOrder, path, "getOrders", func(sent string) reply { return orders(sent) })
	}
	for _, path := range glob(t, "testdata/receipts/*.xml") {
		golden(t, domain.SourceReceipt, path, "getReceipts", func(sent string) reply { return sales("Receipts", sent) })
	}
	for _, path := range glob(t, "testdata/invoices/*.xml") {
		golden(t, domain.SourceInvoice, path, "getInvoices", func(sent string) reply { return sales("Invoices", sent) })
	}
}

func golden(t *testing.T, kind domain.SourceKind, path, operation string, answer func(string) reply) {
	t.Helper()
	name := strings.TrimSuffix(filepath.Base(path), ".xml")
	t.Run(name, func(t *testing.T) {
		t.Parallel()
		sent := read(t, path)
		till := newFakeTill(t)
		till.on(operation, answer(sent))
		page, err := till.client(t).Sales(kind).OrdersAfter(t.Context(), 0, 10)
		require.NoError(t, err)
		require.Len(t, page.Orders, 1)
		require.NoError(t, page.Orders[0].Fault)
		require.Equal(t, strings.TrimSpace(sent), string(page.Orders[0].Raw), "raw is the element as it came")

		got, err := json.MarshalIndent(page.Orders[0].Order, "", "  ")
		require.NoError(t, err)
		golden := filepath.Join("testdata", "golden", name+".json")
		if *update {
			require.NoError(t, os.MkdirAll(filepath.Dir(golden), 0o755))
			require.NoError(t, os.WriteFile(golden, append(got, '\n'), 0o600))
		}
		require.JSONEq(t, read(t, golden), string(got))
	})
}

// A till may name its namespaces as it likes; the values stay the same.
func TestOrders_PrefixesDoNotMatter(t *testing.T) {
	t.Parallel()
	sent := read(t, "testdata/orders/consumer-two-rates.xml")
	plain := orders(sent)
	for name, change := range map[string]*strings.Replacer{
		"other prefixes":    strings.NewReplacer("SOAP-ENV", "soapenv", "<ns:", "<q0:", "</ns:", "</q0:", "xmlns:ns=", "xmlns:q0="),
		"default namespace": strings.NewReplacer("<ns:", "<", "</ns:", "</", "xmlns:ns=", "xmlns="),
		"unknown elements": strings.NewReplacer("<ns:syncMarker>", "<ns:newInRelease99><ns:orderId>x</ns:orderId></ns:newInRelease99><ns:syncMarker>",
			"<ns:orderList>", "<ns:header><ns:orderList/></ns:header><ns:orderList>"),
		"blanks around values": strings.NewReplacer("<ns:syncMarker>41<", "<ns:syncMarker>\n 41 <", ">PIN<", "> PIN\n<"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			read := func(answer reply) connectors.OrderPage {
				till := newFakeTill(t)
				till.on("getOrders", answer)
				page, err := till.client(t).OrdersAfter(t.Context(), 0, 10)
				require.NoError(t, err)
				return page
			}
			changed := reply{plain.status, change.Replace(plain.body)}
			require.NotEqual(t, plain.body, changed.body)
			want, got := read(plain), read(changed)
			require.Equal(t, want.Marker, got.Marker)
			require.Equal(t, want.Orders[0].Order, got.Orders[0].Order)
		})
	}
}
