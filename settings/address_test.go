package settings_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/settings"
)

func TestSameAddress_IsSchemeHostPortAndPath(t *testing.T) {
	t.Parallel()
	const books = "https://www.accountview.net/api/v3"
	for other, same := range map[string]bool{
		books:                                             true,
		books + "/":                                       true,
		"HTTPS://WWW.AccountView.net/api/v3":              true,
		"https://www.accountview.net:443/api/v3":          true,
		"http://www.accountview.net/api/v3":               false,
		"https://accountview.net/api/v3":                  false,
		"https://www.accountview.net.example.nl/api/v3":   false,
		"https://www.accountview.net:8443/api/v3":         false,
		"https://www.accountview.net/api/v4":              false,
		"https://www.accountview.net/API/v3":              false,
		"https://www.accountview.net/x/../api/v3":         false,
		"https://www.accountview.net@example.nl/api/v3":   false,
		"https://user@www.accountview.net/api/v3":         false,
		"https://www.accountview.net/api/v3?to=elsewhere": false,
		"https://[::1":                                    false,
		"":                                                false,
	} {
		require.Equal(t, same, settings.SameAddress(books, other), other)
		require.Equal(t, same, settings.SameAddress(other, books), other)
	}
	require.False(t, settings.SameAddress("", ""), "two that say nothing")
}
