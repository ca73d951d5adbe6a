package accountview

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/secret"
)

// fmt cannot ask unexported fields how they want to be printed, so whatever
// holds a secret deep inside must answer for itself.
func TestNothingExported_ShowsASecret(t *testing.T) {
	t.Parallel()
	s := Defaults()
	s.CompanyID, s.ClientID, s.ClientSecret = "c", "id", "planted-secret"
	tokens := &memoryTokens{}
	books, err := New(s, tokens, nil, nil)
	require.NoError(t, err)
	books.session.remember(Token{Access: "planted-access", Refresh: "planted-refresh", ExpiresAt: time.Now().Add(time.Hour)})
	token := Token{Access: secret.Text("planted-access"), Refresh: secret.Text("planted-refresh")}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		for _, value := range []any{books, books.consent, s, &s, token, &token, []any{books, token, s}} {
			shown := fmt.Sprintf(verb, value)
			require.NotContains(t, shown, "planted", "%s of %T", verb, value)
			require.NotContains(t, shown, fmt.Sprintf("%x", "planted"), "%s of %T", verb, value)
		}
	}
}
