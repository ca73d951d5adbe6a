package mplus_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

func text(name, value string) domain.Field {
	return domain.Field{Name: name, Value: domain.TextValue(value)}
}

func amount(name, value string) domain.Field {
	return domain.Field{Name: name, Value: domain.NumberValue(decimal.RequireFromString(value))}
}

func flag(name string, value bool) domain.Field {
	return domain.Field{Name: name, Value: domain.BoolValue(value)}
}

// apron is a product with two articles.
func apron() domain.Draft {
	return domain.Draft{
		Entity: domain.EntityProduct, Key: "SCHORT",
		Fields: []domain.Field{text("product.description", "Kookschort"), text("product.groupNumbers", "3 2")},
		Lines: []domain.Draft{
			{Entity: domain.EntityProduct, Key: "700111", Fields: []domain.Field{
				text("articleNumber", "700111"), text("description", "Kookschort rood"), text("colour", "rood"), text("barcode", "96385074"),
				text("turnoverGroup", "10"), text("vatCode", "2"), amount("priceIncl", "20.00"), amount("contentQuantity", "0.750"),
				text("custom.herkomst", "Gent"), amount("custom.houdbaar_dagen", "30"), text("barcodes", "8719001001016 8719001001023"), flag("stockArticle", true),
			}},
			{Entity: domain.EntityProduct, Key: "700112", Fields: []domain.Field{
				text("articleNumber", "700112"), text("description", "Kookschort blauw"), text("turnoverGroup", "10"), text("vatCode", "2"), amount("priceIncl", "21"),
			}},
		},
	}
}

func held(t *testing.T, s *shop, numbers ...string) []connectors.HeldRecord {
	t.Helper()
	records, err := s.client.HeldProducts(t.Context(), numbers)
	require.NoError(t, err)
	for _, r := range records {
		require.NoError(t, r.Fault)
	}
	return records
}

// hold checks that a record holds each of these values.
func hold(t *testing.T, record connectors.HeldRecord, want ...domain.Field) {
	t.Helper()
	for _, f := range want {
		got, ok := domain.Draft{Fields: record.Fields}.Get(f.Name)
		require.True(t, ok, f.Name)
		require.True(t, f.Value.Equal(got), "%s is %v, not %v", f.Name, got, f.Value)
	}
}

func TestProducts_WhatIsWrittenIsHeldUnderTheSameNames(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	number, err := s.client.CreateProduct(t.Context(), apron())
	require.NoError(t, err)

	records := held(t, s, "700112")
	require.Len(t, records, 1)
	require.Equal(t, number, records[0].Number)
	hold(t, records[0], text("product.description", "Kookschort"), text("product.groupNumbers", "2 3"), text("product.productNumber", number))
	require.Len(t, records[0].Lines, 2, "a product comes whole, whichever article is asked for")
	require.Equal(t, "700111", records[0].Lines[0].Number)
	hold(t, records[0].Lines[0], apron().Lines[0].Fields...)
	hold(t, records[0].Lines[0], amount("priceExcl", "16.53"), flag("active", true))
	schema, err := s.client.ProductSchema(t.Context())
	require.NoError(t, err)
	for _, f := range records[0].Lines[0].Fields {
		spec, known := schema.Lines.Field(f.Name)
		require.True(t, known, f.Name)
		require.Equal(t, spec.Kind, f.Value.Kind, f.Name)
	}
}

func TestProducts_AnUpdateSendsTheDraftAndKeepsTheRest(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	number, err := s.client.CreateProduct(t.Context(), apron())
	require.NoError(t, err)
	require.NoError(t, s.client.UpdateProduct(t.Context(), number, domain.Draft{
		Entity: domain.EntityProduct, Key: "SCHORT", Fields: []domain.Field{text("product.description", "Schort")},
		Lines: []domain.Draft{
			{Key: "700111", Fields: []domain.Field{amount("priceIncl", "22.50"), text("custom.herkomst", "Luik"), text("barcodes", "8719001001023")}},
			{Key: "700113", Fields: []domain.Field{text("articleNumber", "700113"), text("description", "Kookschort groen"), text("turnoverGroup", "10"), text("vatCode", "2"), amount("priceIncl", "23")}},
		},
	}))
	now := held(t, s, "700111")[0]
	hold(t, now, text("product.description", "Schort"), text("product.groupNumbers", "2 3"))
	require.Len(t, now.Lines, 3, "an article that the product did not have is added")
	hold(t, now.Lines[0], amount("priceIncl", "22.50"), text("colour", "rood"), text("custom.herkomst", "Luik"), amount("custom.houdbaar_dagen", "30"),
		text("barcode", "96385074"), text("barcodes", "8719001001023"))
	hold(t, now.Lines[1], text("description", "Kookschort blauw"), amount("priceIncl", "21"))

	s.server.Calls().Reset()
	require.NoError(t, s.client.UpdateProduct(t.Context(), number, domain.Draft{Lines: []domain.Draft{{Key: "700111", Fields: []domain.Field{amount("priceIncl", "24")}}}}))
	require.Equal(t, map[string]int{"updateProduct": 1}, s.server.Calls().Report().Operations, "a list is read only where a draft fills a part of one")
}

func TestProducts_TakenNumbersAreToldApart(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	_, err := s.client.CreateProduct(t.Context(), apron())
	require.NoError(t, err)
	_, err = s.client.CreateProduct(t.Context(), apron())
	f, ok := fault.As(err)
	require.True(t, ok)
	require.Equal(t, connectors.CodeNumberTaken, f.Code)
	require.Equal(t, fault.Conflict, f.Kind)
	require.Equal(t, "SCHORT", f.Key)

	other := held(t, s, "100101")[0].Number
	err = s.client.UpdateProduct(t.Context(), other, domain.Draft{Key: "X", Lines: apron().Lines})
	f, ok = fault.As(err)
	require.True(t, ok)
	require.Equal(t, "article_in_other_product", f.Code)
	require.NotEqual(t, "unforeseen", domain.ReasonFor(f.Code).Code)

	err = s.client.UpdateProduct(t.Context(), "999999", domain.Draft{Lines: []domain.Draft{{Key: "700111", Fields: []domain.Field{amount("priceIncl", "1")}}}})
	require.True(t, fault.Is(err, fault.NotFound), "%v", err)
}

func TestProducts_HeldInBatchesEachOnce(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	number, err := s.client.CreateProduct(t.Context(), apron())
	require.NoError(t, err)
	numbers := []string{"700112", "700111"}
	for i := range 450 {
		numbers = append(numbers, decimal.NewFromInt(int64(100101+i*1500)).String())
	}
	s.server.Calls().Reset()
	records := held(t, s, numbers...)
	require.Equal(t, 3, s.server.Calls().Report().Operations["getProducts"])
	count := 0
	for _, r := range records {
		if r.Number == number {
			count++
		}
	}
	require.Equal(t, 1, count)
	none, err := s.client.HeldProducts(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, none, "asking for nothing must not give everything")
	_, err = s.client.HeldProducts(t.Context(), []string{"A-1"})
	require.True(t, fault.Is(err, fault.Invalid), "%v", err)
}

func TestProducts_WhatBreaksTheSchemaIsRefusedBeforeItIsSent(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	s.server.Calls().Reset()
	draft := apron()
	draft.Lines[0].Fields = append(draft.Lines[0].Fields, amount("ageCheckMinimumAge", "17.5"))
	_, err := s.client.CreateProduct(t.Context(), draft)
	f, ok := fault.As(err)
	require.True(t, ok)
	require.Equal(t, "till_field_rules", f.Code)
	require.Contains(t, f.Detail(), "ageCheckMinimumAge: must be a whole number")
	require.Equal(t, fault.Invalid, f.Kind)
	err = s.client.UpdateProduct(t.Context(), "5001", domain.Draft{Fields: []domain.Field{text("product.productNumber", "7")}, Lines: []domain.Draft{{Key: "A1", Fields: []domain.Field{text("colour", "x")}}}})
	f, ok = fault.As(err)
	require.True(t, ok)
	require.Equal(t, "product.productNumber: cannot be changed\narticleNumber: must be a whole number of 64 bits", f.Detail())
	require.Zero(t, s.server.Calls().Report().Operations["createProduct"]+s.server.Calls().Report().Operations["updateProduct"])
}

func TestProducts_ArticlesAreDiscontinuedByThemselves(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	number, err := s.client.CreateProduct(t.Context(), apron())
	require.NoError(t, err)
	offered := func(number string) []string {
		articles, err := s.client.OfferedArticles(t.Context(), number)
		require.NoError(t, err)
		return articles
	}
	require.Equal(t, []string{"700111", "700112"}, offered(number))
	require.NoError(t, s.client.DiscontinueArticles(t.Context(), number, []string{"700111"}))
	require.Equal(t, []string{"700112"}, offered(number))
	hold(t, held(t, s, "700111")[0].Lines[0], flag("discontinued", true))
	s.server.Calls().Reset()
	require.NoError(t, s.client.DiscontinueArticles(t.Context(), number, nil))
	require.Zero(t, s.server.Calls().Report().Operations["updateProduct"])
	require.Empty(t, offered("987654"))
	require.NoError(t, s.client.DiscontinueArticles(t.Context(), "987654", []string{"1"}), "a product that is gone is done")
}
