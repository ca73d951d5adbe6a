package mplus

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/internal/soap"
	"github.com/koppel/koppel/internal/wsdl"
)

// priceTill is a sandbox till with a client of it.
type priceTill struct {
	*Client
	sandbox *sandbox.Server
}

func openPriceTill(t *testing.T, o sandbox.Options) priceTill {
	t.Helper()
	server, err := sandbox.New(o)
	require.NoError(t, err)
	listener := httptest.NewServer(server.Handler())
	t.Cleanup(func() {
		listener.Close()
		require.NoError(t, server.Close())
	})
	ready := server.Ready()
	c, err := New(Settings{BaseURL: listener.URL, Ident: secret.Text(ready.Ident), Secret: secret.Text(ready.Secret)}, Wiring{
		Transport: keepsToSchema{t, http.DefaultTransport},
	})
	require.NoError(t, err)
	return priceTill{c, server}
}

// keepsToSchema holds what is sent and answered against the vendor's own description, where MPLUS_WSDL names one.
type keepsToSchema struct {
	t    *testing.T
	next http.RoundTripper
}

func (k keepsToSchema) RoundTrip(r *http.Request) (*http.Response, error) {
	path := os.Getenv("MPLUS_WSDL")
	if path == "" {
		return k.next.RoundTrip(r)
	}
	schema, err := wsdl.Load(path)
	require.NoError(k.t, err)
	sent, err := io.ReadAll(r.Body)
	require.NoError(k.t, err)
	r.Body = io.NopCloser(bytes.NewReader(sent))
	response, err := k.next.RoundTrip(r)
	require.NoError(k.t, err)
	answered, err := io.ReadAll(response.Body)
	require.NoError(k.t, err)
	response.Body = io.NopCloser(bytes.NewReader(answered))
	body, err := soap.ReadEnvelope(bytes.NewReader(sent), 1<<20)
	require.NoError(k.t, err)
	operation := body.Root()
	require.NoError(k.t, schema.ValidateRequest(operation, sent), "%s", sent)
	if response.StatusCode == http.StatusOK {
		require.NoError(k.t, schema.ValidateResponse(operation, answered), "%s", answered)
	}
	return response, nil
}

func (p priceTill) held(t *testing.T, of connectors.PriceHolder, number string) connectors.HeldPrices {
	t.Helper()
	held, err := p.HeldPrices(t.Context(), of, []string{number})
	require.NoError(t, err)
	require.Len(t, held, 1)
	return held[0]
}

func (p priceTill) write(t *testing.T, of connectors.PriceHolder, number string, rows ...domain.Draft) connectors.HeldPrices {
	t.Helper()
	err := p.WritePrices(t.Context(), p.held(t, of, number), rows)
	if f, ok := fault.As(err); ok {
		require.NoError(t, err, f.Detail())
	}
	require.NoError(t, err)
	return p.held(t, of, number)
}

func priceRow(pairs ...any) domain.Draft {
	d := domain.Draft{Entity: domain.EntityPrice}
	for i := 0; i < len(pairs); i += 2 {
		var v domain.Value
		switch text := pairs[i+1].(type) {
		case domain.Date:
			v = domain.DateValue(text)
		case string:
			v = domain.TextValue(text)
			if name := pairs[i]; name == "minimumAmount" || name == "discountPercentage" || name == "priceIncl" || name == "priceExcl" {
				v = domain.NumberValue(exact(text))
			}
		}
		d.Fields = append(d.Fields, domain.Field{Name: pairs[i].(string), Value: v})
	}
	return d
}

// holds fails unless the held rows are the wanted ones: the fields of a wanted row all stand in its held one.
func holds(t *testing.T, held connectors.HeldPrices, want ...domain.Draft) {
	t.Helper()
	require.Len(t, held.Rows, len(want), "%v", held.Rows)
	for i, row := range want {
		for _, f := range row.Fields {
			v, ok := held.Rows[i].Get(f.Name)
			require.True(t, ok && v.Equal(f.Value), "%s of row %d: %v", f.Name, i, held.Rows[i])
		}
	}
}

func TestWritePrices_TiersAndPercentagesOfACustomerComeBackAsTheyWent(t *testing.T) {
	t.Parallel()
	till := openPriceTill(t, sandbox.Options{})
	rows := []domain.Draft{
		priceRow("relationNumber", "1", "discountPercentage", "2.5"), // of everything
		priceRow("relationNumber", "1", "articleNumber", "100101", "priceExcl", "25.5"),
		priceRow("relationNumber", "1", "articleNumber", "100101", "minimumAmount", "12", "priceExcl", "22.13"),
		priceRow("relationNumber", "1", "articleNumber", "100101", "minimumAmount", "2.5", "priceIncl", "30"),
		priceRow("relationNumber", "1", "articleDiscountGroupNumber", "3", "discountPercentage", "12.5"),
	}
	first := till.write(t, connectors.HolderCustomer, "1", rows...)
	holds(t, first, rows...)
	again := till.write(t, connectors.HolderCustomer, "1", first.Rows...)
	require.Equal(t, first, again, "what was read can be sent back, and keeps its ids")
	fewer := till.write(t, connectors.HolderCustomer, "1", rows[2])
	holds(t, fewer, rows[2])
	require.Equal(t, first.Rows[2].Key, fewer.Rows[0].Key, "a row that stays is the same row")
	require.Empty(t, till.write(t, connectors.HolderCustomer, "1").Rows)
}

func TestWritePrices_OfAnArticleSendsTheListThatDiffersOnly(t *testing.T) {
	t.Parallel()
	till := openPriceTill(t, sandbox.Options{})
	before := till.held(t, connectors.HolderArticle, "100101")
	require.Len(t, before.Rows, 1, "the seed has a price in price group 1")
	require.True(t, before.Base.Incl.IsPositive() && before.Base.Excl.LessThan(before.Base.Incl))
	rows := append(before.Rows,
		priceRow("priceGroupNumber", "2", "articleNumber", "100101", "priceIncl", "20"),
		priceRow("priceGroupNumber", "2", "articleNumber", "100101", "minimumAmount", "6", "discountPercentage", "20"))
	action := priceRow("salesPriceNumber", "1", "articleNumber", "100101", "priceIncl", "19.95",
		"startDate", domain.Date{Year: 2026, Month: time.June, Day: 1}, "endDate", domain.Date{Year: 2026, Month: time.August, Day: 31})
	holds(t, till.write(t, connectors.HolderArticle, "100101", append(rows, action)...), append(rows, action)...)
	holds(t, till.write(t, connectors.HolderArticle, "100101", rows...), rows...)
	other := till.held(t, connectors.HolderArticle, "100102")
	require.Len(t, other.Rows, 1, "another article keeps its own")
}

func TestWritePrices_WhatTheTillDoesWithListsIsSeenByReadingThem(t *testing.T) {
	t.Parallel()
	one := priceRow("relationNumber", "1", "articleNumber", "100101", "priceExcl", "25.5")
	two := priceRow("relationNumber", "1", "articleNumber", "100102", "priceExcl", "9.95")
	for how, want := range map[sandbox.PriceLists][]domain.Draft{
		sandbox.PriceListsReplace: {two}, sandbox.PriceListsMerge: {one, two}, sandbox.PriceListsIgnore: nil,
	} {
		till := openPriceTill(t, sandbox.Options{PriceLists: how})
		till.write(t, connectors.HolderCustomer, "1", one)
		holds(t, till.write(t, connectors.HolderCustomer, "1", two), want...)
	}
}

func TestHeldPrices_LeaveOutWhomTheTillDoesNotKnow(t *testing.T) {
	t.Parallel()
	till := openPriceTill(t, sandbox.Options{})
	held, err := till.HeldPrices(t.Context(), connectors.HolderCustomer, []string{"1", "999999"})
	require.NoError(t, err)
	require.Len(t, held, 1)
	_, err = till.HeldPrices(t.Context(), connectors.HolderArticle, []string{"A1"})
	require.True(t, fault.Is(err, fault.Invalid))
	err = till.WritePrices(t.Context(), connectors.HeldPrices{Of: connectors.HolderCustomer, Number: "999999"}, nil)
	require.True(t, fault.Is(err, fault.NotFound))
	err = till.WritePrices(t.Context(), till.held(t, connectors.HolderArticle, "100101"),
		[]domain.Draft{priceRow("priceGroupNumber", "77", "articleNumber", "100101", "priceIncl", "1")})
	require.True(t, fault.Is(err, fault.Rejected), "a price group that nobody made: %v", err)
	err = till.WritePrices(t.Context(), till.held(t, connectors.HolderArticle, "100101"),
		[]domain.Draft{priceRow("relationNumber", "1", "articleNumber", "100101", "priceIncl", "1")})
	require.True(t, fault.Is(err, fault.Invalid))
}

func TestPriceLevels_AreTheGroupsAndPromotionsOfTheTill(t *testing.T) {
	t.Parallel()
	till := openPriceTill(t, sandbox.Options{MorePriceGroups: sandbox.PriceGroupNumbers{9}})
	levels, err := till.PriceLevels(context.Background())
	require.NoError(t, err)
	require.Equal(t, map[string][]connectors.PriceLevel{
		"priceGroupNumber": {{Number: "1", Name: "Zakelijk"}, {Number: "2", Name: "Personeel"}, {Number: "9", Name: "Prijsgroep 9"}},
		"salesPriceNumber": {{Number: "1", Name: "Actieprijs"}, {Number: "2", Name: "Seizoensprijs"}},
	}, levels)
}

func TestCharged_IsWhatTheTillWouldAsk(t *testing.T) {
	t.Parallel()
	till := openPriceTill(t, sandbox.Options{})
	till.write(t, connectors.HolderCustomer, "1",
		priceRow("relationNumber", "1", "articleNumber", "100101", "priceExcl", "25.5"),
		priceRow("relationNumber", "1", "articleNumber", "100101", "minimumAmount", "12", "priceExcl", "22.13"))
	ask := func(quantity, customer string) connectors.PriceAnswer {
		answer, err := till.Charged(t.Context(), connectors.PriceQuestion{
			Customer: customer, Article: "100101", Quantity: exact(quantity), On: domain.Date{Year: 2026, Month: time.July, Day: 1}, Branch: 2, Workplace: 1,
		})
		require.NoError(t, err)
		return answer
	}
	require.Equal(t, "25.5", ask("1", "1").AmountExcl.String())
	require.Equal(t, "280.5", ask("11", "1").AmountExcl.String())
	require.Equal(t, "265.56", ask("12", "1").AmountExcl.String())
	require.Equal(t, "26.78", ask("12", "1").PriceIncl.String())
	base := till.held(t, connectors.HolderArticle, "100101").Base
	require.True(t, base.Incl.Equal(ask("1", "").AmountIncl))
	_, err := till.Charged(t.Context(), connectors.PriceQuestion{Article: "1", Quantity: exact("1"), Branch: 1, Workplace: 1})
	require.True(t, fault.Is(err, fault.Rejected), "%v", err)
}
