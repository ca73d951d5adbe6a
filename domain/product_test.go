package domain_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

func TestBarcode_EANNeedsTheRightCheckDigit(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		"8719001001016":    "8719001001016",
		"8719001001017":    "",
		" 4006381 333931 ": "4006381333931",
		"96385074":         "96385074",
		"96385075":         "",
		"036000291452":     "036000291452",
		"10614141000415":   "10614141000415",
		"":                 "",
		"0000000000000":    "",
		"871900100101":     "", // a digit short
		"87190010010A7":    "",
		"８719001001017":    "",
	} {
		require.Equal(t, want, domain.Barcode{Code: code}.EAN(), code)
	}
}

func TestProduct_EANIsTheFirstThatIsOne(t *testing.T) {
	t.Parallel()
	require.Equal(t, "96385074", domain.Product{Barcodes: []domain.Barcode{{Code: "WINKEL-1"}, {Code: "96385074"}, {Code: "036000291452"}}}.EAN())
	require.Empty(t, domain.Product{}.EAN())
}

func TestProduct_SoldIsItselfOrItsVariants(t *testing.T) {
	t.Parallel()
	simple := domain.Product{SKU: "1", Name: "Pan"}
	require.Equal(t, []domain.Product{simple}, simple.Sold())

	shirt := domain.Product{
		SKU: "S", Name: "Shirt", VATCode: "1", PriceBasis: domain.PriceBasisExcl, Active: true,
		Attributes: map[string]string{"brand": "Koppel", "colour": "white"},
		Variants: []domain.Variant{
			{SKU: "11", Attributes: map[string]string{"colour": "red"}, PriceExcl: decimal.New(10, 0), Active: true},
			{SKU: "12", Name: "Shirt, large", PriceExcl: decimal.New(12, 0)},
		},
	}
	sold := shirt.Sold()
	require.Len(t, sold, 2)
	require.Equal(t, "11", sold[0].SKU)
	require.Equal(t, "Shirt", sold[0].Name)
	require.Equal(t, "1", sold[0].VATCode)
	require.Equal(t, map[string]string{"brand": "Koppel", "colour": "red"}, sold[0].Attributes)
	require.Equal(t, "white", shirt.Attributes["colour"], "the product is left as it was")
	require.Equal(t, "10", sold[0].Price().String())
	require.Equal(t, "Shirt, large", sold[1].Name)
	require.Equal(t, "white", sold[1].Attributes["colour"])
	require.False(t, sold[1].Active)
	for _, one := range sold {
		require.Empty(t, one.Variants)
	}
}

func TestPrice_HoldsFromItsFirstDayThroughItsLast(t *testing.T) {
	t.Parallel()
	day := func(text string) domain.Date {
		d, err := domain.ParseDate(text)
		require.NoError(t, err)
		return d
	}
	season := domain.Price{ValidFrom: day("2026-06-01"), ValidUntil: day("2026-06-30")}
	for text, holds := range map[string]bool{"2026-05-31": false, "2026-06-01": true, "2026-06-30": true, "2026-07-01": false} {
		require.Equal(t, holds, season.HoldsOn(day(text)), text)
		require.True(t, domain.Price{}.HoldsOn(day(text)))
	}
	require.False(t, domain.Price{ValidFrom: day("2026-06-01")}.HoldsOn(day("2025-06-01")))
	require.False(t, domain.Price{ValidUntil: day("2026-06-01")}.HoldsOn(day("2027-01-01")))
}

func TestPrice_KeySaysForWhomOfWhatFromHowMany(t *testing.T) {
	t.Parallel()
	require.Equal(t, "10001/100101/12", domain.Price{Customer: "10001", SKU: "100101", MinQuantity: decimal.New(12, 0)}.Key())
	require.Equal(t, "HOREC/PAN", domain.Price{PriceList: "HOREC", ArticleGroup: "PAN"}.Key())
}

func TestProduct_OtherEANsAreThoseOfOnePiece(t *testing.T) {
	t.Parallel()
	p := domain.Product{Unit: "STUK", Barcodes: []domain.Barcode{
		{Code: "96385074"},
		{Code: "8719001001016", Unit: "STUK", Quantity: decimal.NewFromInt(1)},
		{Code: "8719 00100 1016"},
		{Code: "96385074"},
		{Code: "036000291452", Quantity: decimal.NewFromInt(6)},
		{Code: "4006381333931", Unit: "DOOS"},
		{Code: "WINKEL-1"},
	}}
	require.Equal(t, []string{"8719001001016"}, p.OtherEANs())
	require.Empty(t, domain.Product{}.OtherEANs())
}
