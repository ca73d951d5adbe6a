package conformance

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

// RunAddressSink runs the suite for delivery addresses.
func RunAddressSink(t *testing.T, open Open) {
	t.Helper()
	t.Run("an address belongs to its customer only", func(t *testing.T) {
		t.Parallel()
		ctx, b := context.Background(), open(t)
		one, err := b.Customers.CreateCustomer(ctx, b.Customer("78001", ""))
		require.NoError(t, err)
		two, err := b.Customers.CreateCustomer(ctx, b.Customer("78002", ""))
		require.NoError(t, err)
		none, err := b.Addresses.Addresses(ctx, one.Number)
		require.NoError(t, err)
		require.Empty(t, none)

		made, err := b.Addresses.CreateAddress(ctx, b.Address(one.Number, "Kade 1"))
		require.NoError(t, err)
		require.NotEmpty(t, made.Code)
		_, err = b.Addresses.CreateAddress(ctx, b.Address(two.Number, "Kade 2"))
		require.NoError(t, err)

		found, err := b.Addresses.Addresses(ctx, one.Number)
		require.NoError(t, err)
		require.Len(t, found, 1)
		require.Equal(t, made.Code, found[0].Code)
		require.Equal(t, "Kade 1", found[0].Address.Street)
		schema, err := b.Addresses.AddressSchema(ctx)
		require.NoError(t, err)
		require.Empty(t, schema.Check(b.Address(one.Number, "Kade 1")))
	})
}

// RunProductIndex runs the suite for the index of products.
func RunProductIndex(t *testing.T, open Open) {
	t.Helper()
	t.Run("only unknown products are missing", func(t *testing.T) {
		t.Parallel()
		b := open(t)
		require.NotEmpty(t, b.KnownProducts)
		begin := b.KnownProducts[0][:len(b.KnownProducts[0])-1]
		asked := append([]string{"NOSUCH1", begin}, b.KnownProducts...)
		missing, err := b.Products.MissingProducts(context.Background(), append(asked, "NOSUCH2", "NOSUCH1"))
		require.NoError(t, err)
		require.Equal(t, []string{"NOSUCH1", begin, "NOSUCH2"}, missing)
		missing, err = b.Products.MissingProducts(context.Background(), b.KnownProducts)
		require.NoError(t, err)
		require.Empty(t, missing)
	})
}
