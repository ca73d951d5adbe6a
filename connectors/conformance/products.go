package conformance

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

// RunProductReader runs the suite for reading products.
func RunProductReader(t *testing.T, open Open) {
	t.Helper()
	t.Run("a product is read whole, by exactly its code", func(t *testing.T) { t.Parallel(); productsAreReadWhole(t, open(t)) })
	t.Run("categories are read whole, and products are in them", func(t *testing.T) { t.Parallel(); categoriesAreReadWhole(t, open(t)) })
	t.Run("an outage is no empty list", func(t *testing.T) { t.Parallel(); outagesAreTold(t, open(t)) })
}

func productsAreReadWhole(t *testing.T, b Books) {
	ctx := context.Background()
	want := b.KnownProduct
	begin := want.SKU[:len(want.SKU)-1]
	records, err := b.Reader.ProductsByCode(ctx, []string{strings.ToLower(want.SKU), want.SKU, begin, "NOSUCH", ""})
	require.NoError(t, err)
	require.Len(t, records, 1, "once, and nothing that only begins so")
	require.NoError(t, records[0].Fault)
	got := records[0].Product
	require.Equal(t, want.SKU, got.SKU)
	require.Equal(t, want.Name, got.Name)
	require.Equal(t, want.Group, got.Group)
	require.Equal(t, want.VATCode, got.VATCode)
	require.Equal(t, want.EAN(), got.EAN())
	require.Equal(t, want.PriceBasis, got.PriceBasis)
	require.True(t, want.Price().Equal(got.Price()), "price %s", got.Price())
	require.True(t, got.Active)
	require.Len(t, records[0].Stock, 1)
	require.Equal(t, want.SKU, records[0].Stock[0].SKU)
	require.True(t, b.KnownStock.Equal(records[0].Stock[0].Available), "available %s", records[0].Stock[0].Available)

	all, err := b.Reader.ProductsByCode(ctx, b.KnownProducts)
	require.NoError(t, err)
	codes := map[string]bool{}
	for _, r := range all {
		require.NoError(t, r.Fault)
		codes[r.Product.SKU] = true
	}
	require.Len(t, codes, len(b.KnownProducts))
	none, err := b.Reader.ProductsByCode(ctx, nil)
	require.NoError(t, err)
	require.Empty(t, none)
}

func categoriesAreReadWhole(t *testing.T, b Books) {
	ctx := context.Background()
	all, err := b.Reader.Categories(ctx)
	require.NoError(t, err)
	byCode := map[string]domain.Category{}
	for _, c := range all {
		require.NotEmpty(t, c.Code)
		require.NotEmpty(t, c.Name)
		byCode[c.Code] = c
	}
	require.Len(t, byCode, len(all))
	require.Contains(t, byCode, b.KnownProduct.Group)
}

func outagesAreTold(t *testing.T, b Books) {
	b.DisturbRead(t, domain.EntityProduct, ServerError)
	_, err := b.Reader.ProductsByCode(context.Background(), []string{b.KnownProduct.SKU})
	require.Error(t, err)
}
