package settings_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

func TestDiff_NamesEachChangeAsPeopleDo(t *testing.T) {
	t.Parallel()
	before, err := settings.Parse([]byte(minimal + `
lookups:
  vat_code: {rows: [{key: "1", value: "2", percent: 9}, {key: "2", value: "1", percent: 21}]}
alerts: {channels: [{name: chat, kind: webhook, url: "https://a.nl"}]}
`))
	require.NoError(t, err)
	after, err := settings.Parse([]byte(minimal + `
flows: {orders: {every: 1m, order_types: [SALES], reference_prefix: "K "}}
lookups:
  vat_code: {rows: [{key: "2", value: "1", percent: 21}, {key: "1", value: "3"}, {key: "3", value: "3", percent: 0}]}
  loyalty: {unmapped: park}
alerts: {channels: [{name: chat, kind: webhook, url: "https://a.nl", about: [paused]}]}
`))
	require.NoError(t, err)
	after.Mapping.Order = append(after.Mapping.Order[1:], domain.MappingRow{
		Target: "TO_EMAIL", Source: "customer.email", Policy: domain.PolicyAlways, TooLong: domain.TooLongTruncate,
	})
	var words []string
	for _, change := range settings.Diff(before, after) {
		said, _, _ := strings.Cut(change.String(), ", policy: ") // what else a row has is not the matter here
		words = append(words, said)
	}
	require.Equal(t, []string{
		`flows.orders.every: 30s -> 1m`,
		`flows.orders.order_types: [] -> [SALES]`,
		`flows.orders.reference_prefix: 'MPLUS ' -> 'K '`,
		`mapping.order["RPL_INV"]: gone, was {target: RPL_INV, source: customer_number`,
		`mapping.order["TO_EMAIL"]: new: {target: TO_EMAIL, source: customer.email`,
		`lookups.vat_code.rows["1"].value: "2" -> "3"`,
		`lookups.vat_code.rows["1"].percent: gone, was "9"`,
		`lookups.vat_code.rows["3"]: new: {key: "3", value: "3", percent: "0"}`,
		`lookups.vat_code.rows: in another order: ["2", "1", "3"]`,
		`lookups.loyalty: new: {keys: [key], unmapped: park, default: "", rows: []}`,
		`alerts.channels["chat"].about: [parked, paused, doubles] -> [paused]`,
	}, words)
}

func TestDiff_WhatIsPutInOrTakenOutIsNoOtherOrder(t *testing.T) {
	t.Parallel()
	with := func(keys ...string) settings.Document {
		doc := settings.Default("shop")
		table := domain.Lookup{Keys: []string{"key"}, Unmapped: domain.UnmappedPark, Rows: []domain.LookupRow{}}
		for _, key := range keys {
			table.Rows = append(table.Rows, domain.LookupRow{Key: domain.LookupKey{key}, Value: "x"})
		}
		doc.Lookups["payment_method"] = table
		return doc
	}
	for _, c := range []struct {
		a, b []string
		want []string
	}{
		{[]string{"1", "PIN"}, []string{"0", "1", "2", "PIN", "9"}, []string{`["0"]: new: {key: "0", value: x}`, `["2"]: new: {key: "2", value: x}`, `["9"]: new: {key: "9", value: x}`}},
		{[]string{"0", "1", "PIN"}, []string{"1"}, []string{`["0"]: gone, was {key: "0", value: x}`, `["PIN"]: gone, was {key: PIN, value: x}`}},
		{[]string{"1", "PIN"}, []string{"2", "PIN"}, []string{`["1"]: gone, was {key: "1", value: x}`, `["2"]: new: {key: "2", value: x}`}},
		{[]string{"1", "PIN"}, []string{"PIN", "2", "1"}, []string{`["2"]: new: {key: "2", value: x}`, `: in another order: ["PIN", "2", "1"]`}},
	} {
		a, b := with(c.a...), with(c.b...)
		changes := settings.Diff(a, b)
		var words []string
		for _, change := range changes {
			words = append(words, strings.TrimPrefix(change.String(), "lookups.payment_method.rows"))
		}
		require.Equal(t, c.want, words)
		got, err := settings.Apply(a, changes)
		require.NoError(t, err)
		require.Equal(t, b, got)
	}
}

func TestDiff_LeadsFromOneDocumentToTheOther(t *testing.T) {
	t.Parallel()
	kinds := map[settings.ChangeKind]int{}
	for seed := range uint64(15) {
		a, b := settings.RandomDocument(seed), settings.RandomDocument(seed+1000)
		require.Empty(t, settings.Diff(a, a), seed)
		for _, pair := range [][2]settings.Document{{a, b}, {b, a}} {
			changes := settings.Diff(pair[0], pair[1])
			got, err := settings.Apply(pair[0], changes)
			require.NoError(t, err, "seed %d: %v", seed, changes)
			require.Equal(t, pair[1], got, "seed %d", seed)
			for _, change := range changes {
				kinds[change.Kind]++
			}
		}
	}
	for _, kind := range []settings.ChangeKind{settings.Changed, settings.Added, settings.Removed, settings.Moved} {
		require.Positive(t, kinds[kind], kind)
	}
}

func TestRandomDocuments_ReadBackEqualAndFitTheSchema(t *testing.T) {
	t.Parallel()
	schema := compiledSchema(t)
	different := map[string]bool{}
	for seed := range uint64(30) {
		doc := settings.RandomDocument(seed)
		text, err := settings.Marshal(doc)
		require.NoError(t, err)
		again, err := settings.Parse(text)
		require.NoError(t, err, "seed %d", seed)
		require.Equal(t, doc, again, "seed %d", seed)
		require.NoError(t, bySchema(t, schema, text), "seed %d", seed)
		different[string(text)] = true
	}
	require.Greater(t, len(different), 25, "the generator must not make the same document again and again")
}

func TestApply_RefusesWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	base, err := settings.Parse([]byte(minimal))
	require.NoError(t, err)
	far := 99
	for name, c := range map[string]struct {
		change settings.Change
		want   string
	}{
		"changed meanwhile":   {settings.Change{Path: "flows.orders.every", Kind: settings.Changed, From: "5s", To: "1m"}, "flows.orders.every: is 30s, not 5s"},
		"no such key":         {settings.Change{Path: "flows.cookies.every", Kind: settings.Changed, From: "5s", To: "1m"}, "is not there"},
		"a key of a value":    {settings.Change{Path: "flows.orders.every.unit", Kind: settings.Added, To: "1m"}, "is not there"},
		"no such row":         {settings.Change{Path: `mapping.order["X"].source`, Kind: settings.Changed, From: "a", To: "b"}, "is not there"},
		"there already":       {settings.Change{Path: "lookups.vat_code", Kind: settings.Added, To: "{}"}, "is there already"},
		"an unknown key":      {settings.Change{Path: "flows.cookies", Kind: settings.Added, To: "{}"}, "is not a known key"},
		"a wrong value":       {settings.Change{Path: "flows.orders.every", Kind: settings.Changed, From: "30s", To: "often"}, "must be a duration"},
		"not YAML":            {settings.Change{Path: "flows.orders.every", Kind: settings.Changed, From: "30s", To: "["}, "it is not YAML"},
		"another name":        {settings.Change{Path: `mapping.order["X"]`, Kind: settings.Added, To: "{target: Y, source: a}"}, "is not the name"},
		"no path":             {settings.Change{Path: "", Kind: settings.Changed}, "is not a path"},
		"no such place":       {settings.Change{Path: `mapping.order["X"]`, Kind: settings.Added, To: "{target: X, source: a}", Place: &far}, "cannot stand at place 99"},
		"an open bracket":     {settings.Change{Path: `mapping.order["X`, Kind: settings.Removed}, "is not a path"},
		"an empty key":        {settings.Change{Path: "flows..orders", Kind: settings.Removed}, "is not a path"},
		"an order without":    {settings.Change{Path: "mapping.order_line", Kind: settings.Moved, From: "[ART_CODE, ORD_QTY, ART_PX, VAT_CODE, DISC_PCT]", To: "[ART_CODE]"}, "cannot have the order"},
		"a name twice":        {settings.Change{Path: "mapping.order_line", Kind: settings.Moved, From: "[ART_CODE, ORD_QTY, ART_PX, VAT_CODE, DISC_PCT]", To: "[ART_CODE, ART_CODE, ART_PX, VAT_CODE, DISC_PCT]"}, "cannot have the order"},
		"from another order":  {settings.Change{Path: "mapping.order_line", Kind: settings.Moved, From: "[A]", To: "[A]"}, "does not have the order"},
		"order of no list":    {settings.Change{Path: "flows.orders.every", Kind: settings.Moved, From: "[A]", To: "[A]"}, "does not have the order"},
		"order of what isn't": {settings.Change{Path: "flows.cookies", Kind: settings.Moved}, "is not there"},
	} {
		_, err := settings.Apply(base, []settings.Change{c.change})
		require.ErrorContains(t, err, c.want, name)
	}
}
