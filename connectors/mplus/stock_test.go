package mplus_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/mplus"
	"github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/sandboxkit"
)

func signed(s *mplus.Settings) { s.Employee = "999999" }

func batched(of int) func(*mplus.Settings) {
	return func(s *mplus.Settings) { s.StockBatch = of }
}

func stockRow(article, free string) connectors.StockRow {
	return connectors.StockRow{Article: article, Free: decimal.RequireFromString(free)}
}

// tell posts to the till's own page.
func (s *shop) tell(method, path, body string) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, strings.NewReader(body))
	require.NoError(s.t, err)
	response, err := http.DefaultClient.Do(request)
	require.NoError(s.t, err)
	require.NoError(s.t, response.Body.Close())
	require.Less(s.t, response.StatusCode, 300)
}

func (s *shop) held(articles ...string) []string {
	s.t.Helper()
	held, err := s.client.HeldStock(s.t.Context(), "1", articles)
	require.NoError(s.t, err)
	var told []string
	for _, h := range held {
		require.NoError(s.t, h.Fault)
		switch {
		case h.Told:
			told = append(told, fmt.Sprintf("%s %s+%s=%s", h.Article, h.Free, h.Reserved, h.Physical()))
		default:
			told = append(told, fmt.Sprintf("%s known %t kept %t", h.Article, h.Known, h.Kept))
		}
	}
	return told
}

func (s *shop) called(operation string) int {
	return s.server.Calls().Report().Operations[operation]
}

const unstocked = "102001" // a gift voucher

func TestHeldStock_TellsOfEveryArticleThatWasAsked(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{}, batched(2))
	s.tell("POST", "/_sandbox/orders", `{"lines":[{"article":100101,"quantity":"1.5"}]}`)
	require.Equal(t, []string{"100101 65.5+1.5=67", "1 known false kept false", unstocked + " known true kept false"}, s.held("100101", "1", unstocked))
	require.Empty(t, s.held(), "nothing is not everything")
	_, err := s.client.HeldStock(t.Context(), "1", []string{"A1"})
	require.True(t, fault.Is(err, fault.Invalid))
	_, err = s.client.HeldStock(t.Context(), "main", []string{"100101"})
	require.True(t, fault.Is(err, fault.Misconfigured))
}

func TestStockBranches_AreAskedOnceForThePagesOfARun(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	for range 3 {
		branches, err := s.client.StockBranches(t.Context())
		require.NoError(t, err)
		require.Equal(t, []string{"1", "2"}, branches)
		branches[0] = "mine"
	}
	require.Equal(t, 1, s.called("getBranches"))
}

func TestSaveStock_SetsWhatIsFree(t *testing.T) {
	t.Parallel()
	for _, write := range []mplus.StockWrite{mplus.StockWriteAuto, mplus.StockWriteCorrections, mplus.StockWriteSetStock} {
		for sets, options := range map[mplus.StockSets]sandbox.Options{mplus.StockSetsPhysical: {}, mplus.StockSetsFree: {SetStockSetsFree: true}} {
			s := open(t, options, signed, batched(2), func(s *mplus.Settings) { s.StockSets, s.StockWrite = sets, write })
			s.tell("POST", "/_sandbox/orders", `{"lines":[{"article":100101,"quantity":"2"}]}`)
			rows := []connectors.StockRow{stockRow("100101", "7.25"), stockRow("100102", "0"), stockRow("100103", "-3")}
			rows[0].Reserved = decimal.NewFromInt(2)
			for range 2 { // absolute: twice is once
				saved, err := s.client.SaveStock(t.Context(), "1", "Koppel", rows)
				require.NoError(t, err)
				require.Equal(t, []string{"100101", "100102", "100103"}, saved.Done)
				require.Empty(t, saved.Refused)
			}
			require.Equal(t, []string{"100101 7.25+2=9.25", "100102 0+0=0", "100103 -3+0=-3"}, s.held("100101", "100102", "100103"), "%s %s", write, sets)
			if write == mplus.StockWriteSetStock {
				require.Zero(t, s.called("saveStockCorrections"))
			} else {
				require.Equal(t, 4, s.called("saveStockCorrections"), "three articles in batches of two, twice")
			}
		}
	}
}

func TestSaveStock_TheTillsRefusalOfOneDoesNotStopTheOthers(t *testing.T) {
	t.Parallel()
	for _, options := range []sandbox.Options{{}, {PartialCorrections: true}} {
		for _, write := range []mplus.StockWrite{mplus.StockWriteAuto, mplus.StockWriteCorrections, mplus.StockWriteSetStock} {
			s := open(t, options, signed, func(s *mplus.Settings) { s.StockWrite = write })
			saved, err := s.client.SaveStock(t.Context(), "1", "Koppel", []connectors.StockRow{
				stockRow("100101", "5"), stockRow("1", "5"), stockRow(unstocked, "5"), stockRow("100102", "6"), stockRow("A1", "1"),
				stockRow("100103", "0.0000001"), stockRow("100104", "0.00000000001"),
			})
			require.NoError(t, err)
			require.ElementsMatch(t, []string{"100101", "100102"}, saved.Done)
			codes := map[string]string{}
			for article, why := range saved.Refused {
				f, known := fault.As(why)
				require.True(t, known)
				require.False(t, f.Kind.Retryable())
				codes[article] = f.Code
			}
			require.Equal(t, map[string]string{
				"1": connectors.CodeNotAtTill, unstocked: connectors.CodeNoStockArticle, "A1": "sku_not_numeric", "100103": "till_rejected", "100104": "till_field_rules",
			}, codes)
			require.Equal(t, []string{"100101 5+0=5", "100102 6+0=6"}, s.held("100101", "100102"))
		}
	}
}

func TestSaveStock_ATillWithoutTheBulkCallIsAskedOnce(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{NoStockCorrections: true}, signed, batched(1))
	saved, err := s.client.SaveStock(t.Context(), "1", "Koppel", []connectors.StockRow{stockRow("100101", "5"), stockRow("100102", "6"), stockRow("1", "1")})
	require.NoError(t, err)
	require.Equal(t, []string{"100101", "100102"}, saved.Done)
	require.Len(t, saved.Refused, 1)
	require.Equal(t, []int{1, 3}, []int{s.called("saveStockCorrections"), s.called("setStock")})

	strict := open(t, sandbox.Options{NoStockCorrections: true}, signed, func(s *mplus.Settings) { s.StockWrite = mplus.StockWriteCorrections })
	_, err = strict.client.SaveStock(t.Context(), "1", "Koppel", []connectors.StockRow{stockRow("100101", "5")})
	require.True(t, fault.Is(err, fault.Misconfigured))
	require.Zero(t, strict.called("setStock"))
}

func TestSaveStock_WhatStopsEverythingIsToldAsSuch(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{}, signed)
	_, err := s.client.SaveStock(t.Context(), "9", "Koppel", []connectors.StockRow{stockRow("100101", "5")})
	require.True(t, fault.Is(err, fault.Misconfigured), "%v", err)
	require.NoError(t, s.server.Faults().Add(sandboxkit.Rule{Kind: sandboxkit.DropAfter, Operation: "saveStockCorrections", Calls: 1}))
	saved, err := s.client.SaveStock(t.Context(), "1", "Koppel", []connectors.StockRow{stockRow("100101", "5")})
	require.True(t, fault.Is(err, fault.Uncertain), "%v", err)
	require.Empty(t, saved.Done)
	require.Equal(t, []string{"100101 5+0=5"}, s.held("100101"), "it may be done all the same")
	nobody := open(t, sandbox.Options{}, func(s *mplus.Settings) { s.Employee = "noor" })
	_, err = nobody.client.SaveStock(t.Context(), "1", "Koppel", nil)
	require.True(t, fault.Is(err, fault.Misconfigured))
}

func TestKeepStock_MakesItAnArticleWithStock(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{}, signed)
	for range 2 {
		require.NoError(t, s.client.KeepStock(t.Context(), unstocked))
	}
	require.Equal(t, 1, s.called("updateProduct"))
	saved, err := s.client.SaveStock(t.Context(), "1", "Koppel", []connectors.StockRow{stockRow(unstocked, "5")})
	require.NoError(t, err)
	require.Empty(t, saved.Refused)
	require.True(t, fault.Is(s.client.KeepStock(t.Context(), "1"), fault.NotFound))
}

func TestStockMoves_AreSalesOnly(t *testing.T) {
	t.Parallel()
	for _, order := range []mplus.PageOrder{mplus.LowestFirst, mplus.AnyOrder} {
		s := open(t, sandbox.Options{}, signed, func(s *mplus.Settings) { s.PageOrder = order })
		head, err := s.client.StockHead(t.Context())
		require.NoError(t, err)
		require.Positive(t, head)
		_, err = s.client.SaveStock(t.Context(), "1", "Koppel", []connectors.StockRow{stockRow("100101", "50")})
		require.NoError(t, err)
		s.tell("POST", "/_sandbox/receipts", `{"branch":2,"workplace":1,"lines":[{"article":100101,"quantity":"0.5"},{"article":100102,"quantity":"2"}],"payments":[{"method":"PIN"}]}`)
		s.tell("POST", "/_sandbox/receipts", `{"type":"credit-receipt","lines":[{"article":100101,"quantity":"-1"}],"payments":[{"method":"PIN"}]}`)
		s.tell("POST", "/_sandbox/invoices", `{"lines":[{"article":100103,"quantity":"3"}]}`)
		var told []string
		part := connectors.MovesPart{After: head, Limit: 2}
		for more := true; more; {
			page, err := s.client.StockMoves(t.Context(), part)
			require.NoError(t, err)
			for _, m := range page.Moves {
				require.Greater(t, m.ID, part.After)
				require.WithinDuration(t, time.Now(), m.At, time.Minute)
				require.Len(t, m.Documents, 1)
				told = append(told, fmt.Sprint(m.Branch, " ", m.Article, " ", m.Sold, " ", m.Documents[0].Kind()))
			}
			part.After, more = page.Newest, page.More
		}
		require.Equal(t, []string{"2 100101 0.5 receipt", "2 100102 2 receipt", "1 100101 -1 receipt", "1 100103 3 invoice"}, told)
		newest, err := s.client.StockHead(t.Context())
		require.NoError(t, err)
		require.Equal(t, newest, part.After)
		none, err := s.client.StockMoves(t.Context(), connectors.MovesPart{After: newest, Limit: 2})
		require.NoError(t, err)
		require.Equal(t, connectors.StockMoves{Newest: newest}, none)
		past, err := s.client.StockMoves(t.Context(), connectors.MovesPart{From: time.Now().Add(time.Hour), Limit: 10})
		require.NoError(t, err)
		require.Empty(t, past.Moves)
	}
}

func TestStockMoves_NamesTheDocumentAsOrdersDo(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{}, signed)
	head, err := s.client.StockHead(t.Context())
	require.NoError(t, err)
	order := s.rung()
	s.tell("PUT", "/_sandbox/orders/"+string(order.ID)+"/states", `{"delivery":"complete"}`)
	page, err := s.client.StockMoves(t.Context(), connectors.MovesPart{After: head, Limit: 100})
	require.NoError(t, err)
	require.NotEmpty(t, page.Moves)
	require.Equal(t, []domain.OrderID{order.ID}, page.Moves[0].Documents)
}
