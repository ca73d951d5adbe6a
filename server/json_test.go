package server_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAPI_WordsForPeopleStandAsTheyAre(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withVersions(t, 1)
	answer := p.ask(t, request{method: "PUT", path: atShop + "/lookups/nonsense", body: "key;value\n", headers: map[string]string{"If-Match": `"1"`, "Content-Type": "text/csv"}})
	require.Contains(t, answer.Body.String(), "/api/integrations/<slug>/lookups")
	require.NotContains(t, answer.Body.String(), `\u003c`)
}
