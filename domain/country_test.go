package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

func TestCountryISO2_ReadsWhatPeopleWrite(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "  ": "",
		"NL": "NL", "nl": "NL", "NLD": "NL", "Nederland": "NL", "NEDERLAND ": "NL", "The Netherlands": "NL", "Holland": "NL", "N.L.": "NL",
		"België": "BE", "Belgie": "BE", "Belgique": "BE", "BEL": "BE", "Belgium": "BE",
		"Duitsland": "DE", "Deutschland": "DE", "Germany": "DE", "DEU": "DE",
		"Frankrijk": "FR", "France": "FR", "Luxemburg": "LU", "Luxembourg": "LU",
		"Verenigd Koninkrijk": "GB", "U.K.": "GB", "Oostenrijk": "AT", "Österreich": "AT", "Zwitserland": "CH",
		"Verenigde Staten": "US", "USA": "US", "U.S.A.": "US", "Curaçao": "CW", "Côte d’Ivoire": "CI",
	} {
		got, ok := domain.CountryISO2(text)
		require.True(t, ok, text)
		require.Equal(t, want, got, text)
	}
}

func TestCountryISO2_SaysWhatItDoesNotUnderstand(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"XX", "Atlantis", "1234", "-", "Nederland België", "ZZZ"} {
		got, ok := domain.CountryISO2(text)
		require.False(t, ok, text)
		require.Empty(t, got)
	}
}
