package reconcile_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

func place(street, postcode, city, country string) domain.Address {
	return domain.Address{Street: street, Postcode: postcode, City: city, Country: country}
}

func TestSameAddress_SeesThroughSpelling(t *testing.T) {
	t.Parallel()
	home := place("Hoofdstraat 12-A", "1234 AB", "'s-Gravenhage", "NL")
	for _, other := range []domain.Address{
		place("HOOFDSTRAAT 12a", "1234AB", "'S-GRAVENHAGE", "NL"),
		place("Hoofdstr. 12 a", "1234 ab ", "s Gravenhage", "Nederland"),
		place(" Hoofdstraat  12 A", "1234-AB", "s-gravenhage", ""),
		place("Hóofdstraat 12A", "1234ab", "’s-Gravenhage", "The Netherlands"),
		{Name: "Somebody else", Street: home.Street, Postcode: home.Postcode, City: home.City},
	} {
		require.True(t, reconcile.SameAddress(home, other), "%+v", other)
		require.Equal(t, reconcile.AddressKey(home), reconcile.AddressKey(other))
	}
	require.True(t, reconcile.SameAddress(place("Hauptstraße 3", "80331", "München", "DE"), place("Hauptstr. 3", "80331", "MUNCHEN", "Duitsland")))
}

func TestSameAddress_KeepsPlacesApart(t *testing.T) {
	t.Parallel()
	home := place("Hoofdstraat 12", "1234 AB", "Delft", "NL")
	for _, other := range []domain.Address{
		place("Hoofdstraat 1-2", "1234 AB", "Delft", "NL"),
		place("Hoofdstraat 12 A", "1234 AB", "Delft", "NL"),
		place("Hoofdstraat 12", "1234 AC", "Delft", "NL"),
		place("Hoofdstraat 12", "1234 AB", "Den Haag", "NL"),
		place("Hoofdstraat 12", "1234 AB", "Delft", "BE"),
		place("Hoofdstraat 12", "1234 AB", "Delft", "Atlantis"),
		{Name: "Only a name"},
	} {
		require.False(t, reconcile.SameAddress(home, other), "%+v", other)
		require.NotEqual(t, reconcile.AddressKey(home), reconcile.AddressKey(other))
	}
}

func TestAddressKey_ShowsNothing(t *testing.T) {
	t.Parallel()
	require.Regexp(t, `^[0-9a-f]{64}$`, reconcile.AddressKey(place("Hoofdstraat 12", "1234 AB", "Delft", "NL")))
}

func FuzzSameAddress(f *testing.F) {
	f.Add("Hoofdstraat 12-a", "1234 AB")
	f.Add("\xff 1", "")
	f.Add("İ 1", "ẞ")
	f.Fuzz(func(t *testing.T, street, postcode string) {
		a := place(street, postcode, "Delft", "NL")
		require.True(t, reconcile.SameAddress(a, a))
		b := place(" "+street+" ", postcode+" ", "DELFT", "nederland")
		require.Equal(t, reconcile.SameAddress(a, b), reconcile.AddressKey(a) == reconcile.AddressKey(b))
		require.True(t, reconcile.SameAddress(a, b))
	})
}
