package accountview

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

const liveColumns = `{"DCT_FLD":[
	{"DCT_FLD_Id":0,"DBF_NAME":"SO_HDR  ","FIELD_NAME":"COMMENT1","FIELD_TYPE":"C","FIELD_LEN":60,"FLD_DESC":"Uw referentie","INP_MAND":false,"FLD_FMT":"","COM_BLK":false},
	{"DCT_FLD_Id":1,"DBF_NAME":"SO_HDR","FIELD_NAME":"A8_INV_NR","FIELD_TYPE":"C","FIELD_LEN":20,"FLD_DESC":"Webordernummer","INP_MAND":true,"FLD_FMT":"!","COM_BLK":false},
	{"DCT_FLD_Id":2,"DBF_NAME":"SO_HDR","FIELD_NAME":"ORD_TOT","FIELD_TYPE":"Y","FIELD_LEN":8,"FLD_DESC":"Totaal","COM_BLK":true},
	{"DCT_FLD_Id":3,"DBF_NAME":"SO_HDR","FIELD_NAME":"PICTURE","FIELD_TYPE":"G","FIELD_LEN":4,"FLD_DESC":"Plaatje"},
	{"DCT_FLD_Id":4,"DBF_NAME":"SO_HDRX","FIELD_NAME":"OTHER","FIELD_TYPE":"C","FIELD_LEN":1}],"DCT_TAG":[]}`

// booksWith opens a connection of which the dictionary answers as told.
func booksWith(t *testing.T, dictionary http.HandlerFunc) (*Books, *atomic.Int32) {
	t.Helper()
	var reads atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/v3/accountviewsystemdata" {
			reads.Add(1)
			dictionary(w, r)
			return
		}
		reply(w, 201, `{"SO_HDR":[{"ORD_NR":"1"}]}`)
	}))
	t.Cleanup(server.Close)
	s := complete()
	s.BaseURL = server.URL + "/api/v3"
	b, err := New(s, &memoryTokens{token: goodToken()}, nil, nil)
	require.NoError(t, err)
	return b, &reads
}

func TestDictionary_TheLiveOneOverlaysTheBuiltInOne(t *testing.T) {
	t.Parallel()
	b, _ := booksWith(t, always(200, liveColumns))
	schema, err := b.OrderSchema(context.Background())
	require.NoError(t, err)

	for _, want := range []domain.FieldSpec{
		{Name: "COMMENT1", Label: "Uw referentie", Kind: domain.KindText, Length: 60, Updatable: true},
		{Name: "A8_INV_NR", Label: "Webordernummer", Kind: domain.KindText, Length: 20, Updatable: true},
		{Name: "ORD_TOT", Label: "Totaal", Kind: domain.KindNumber},
		{Name: "RPL_INV", Label: "Invoice debtor", Kind: domain.KindText, Length: 10, Required: true, Updatable: true},
		{Name: "ORD_NR", Label: "Order number", Kind: domain.KindText, Length: 10},
	} {
		got, ok := schema.Field(want.Name)
		require.True(t, ok, want.Name)
		require.Equal(t, want, got)
	}
	for _, none := range []string{"PICTURE", "OTHER"} {
		_, ok := schema.Field(none)
		require.False(t, ok, none)
	}
	require.NotNil(t, schema.Lines)
	article, ok := schema.Lines.Field("ART_CODE")
	require.True(t, ok)
	require.Equal(t, 15, article.Length)
}

func TestDictionary_IsReadOnceAnHourHoweverManyAsk(t *testing.T) {
	t.Parallel()
	b, reads := booksWith(t, always(200, liveColumns))
	clock := time.Now()
	b.dictionary.now = func() time.Time { return clock }
	ask := func() {
		var group errgroup.Group
		for range 20 {
			group.Go(func() error { _, err := b.OrderSchema(context.Background()); return err })
			group.Go(func() error { _, err := b.CustomerSchema(context.Background()); return err })
			group.Go(func() error { _, err := b.AddressSchema(context.Background()); return err })
		}
		require.NoError(t, group.Wait())
	}
	ask()
	require.EqualValues(t, 1, reads.Load())
	clock = clock.Add(59 * time.Minute)
	ask()
	require.EqualValues(t, 1, reads.Load())
	clock = clock.Add(2 * time.Minute)
	ask()
	require.EqualValues(t, 2, reads.Load())
}

func TestDictionary_WhenItCannotBeReadCustomColumnsPassAndKnownOnesAreChecked(t *testing.T) {
	t.Parallel()
	b, reads := booksWith(t, always(500, ``))
	clock := time.Now()
	b.dictionary.now = func() time.Time { return clock }

	draft := smallOrder()
	draft.Fields = append(draft.Fields, text("A8_INV_NR", "2026.123"))
	_, err := b.CreateOrder(context.Background(), draft)
	require.NoError(t, err)
	draft.Fields = append(draft.Fields, text("APX_LIST", "TOOLONG"))
	_, err = b.CreateOrder(context.Background(), draft)
	requireFault(t, err, fault.Invalid, "field_rules")
	require.EqualValues(t, 1, reads.Load())

	clock = clock.Add(dictionaryRetry)
	_, err = b.OrderSchema(context.Background())
	require.NoError(t, err)
	require.EqualValues(t, 2, reads.Load())
}

func TestDictionary_AColumnThatTheBooksDoNotListIsRefused(t *testing.T) {
	t.Parallel()
	b, _ := booksWith(t, always(200, liveColumns))
	draft := smallOrder()
	draft.Fields = append(draft.Fields, text("A9_TYPO", "x"))
	_, err := b.CreateOrder(context.Background(), draft)
	require.Contains(t, requireFault(t, err, fault.Invalid, "field_rules").Op, "A9_TYPO: is not a field")
}

func TestDictionary_WhatStopsEverythingIsNotHidden(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		answer http.HandlerFunc
		kind   fault.Kind
	}{{always(403, ``), fault.Misconfigured}, {waitABit, fault.Throttled}} {
		b, _ := booksWith(t, c.answer)
		_, err := b.CreateOrder(context.Background(), smallOrder())
		require.True(t, fault.Is(err, c.kind), "%v", err)
	}
}

func TestBuiltInDictionary_IsSound(t *testing.T) {
	t.Parallel()
	for table, list := range complete().builtIn() {
		seen := map[string]bool{}
		for _, c := range list {
			require.False(t, seen[c.Name], "%s.%s stands twice", table, c.Name)
			seen[c.Name] = true
			require.Equal(t, strings.ToUpper(c.Name), c.Name)
			require.Equal(t, c.Letter == letterText, c.Length > 0, "%s.%s", table, c.Name)
			require.False(t, c.Required && c.Blocked, "%s.%s", table, c.Name)
			require.NotEmpty(t, c.Label)
		}
	}
	require.Len(t, debtorColumns, 189)
}
