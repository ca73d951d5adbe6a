package api

import (
	"net/http"
	"strings"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/server/refusal"
	"github.com/koppel/koppel/workflows"
)

const makeToken = "koppel token create NAME --scope read|operate|admin"

func switchedOff() error {
	return refusal.New(http.StatusNotFound, "api_is_off", "The API is switched off: no token is in force.",
		"Make one on the server: "+makeToken+".")
}

func unauthorized() error {
	return refusal.New(http.StatusUnauthorized, "unauthorized", "The API answers only who shows a token, and this request shows none that is in force.",
		`Send the header "Authorization: Bearer koppel_...". A new token is made on the server: `+makeToken+".")
}

func forbidden(has, needed db.Scope) error {
	return refusal.New(http.StatusForbidden, "scope_too_small", "This needs a token with scope "+string(needed)+"; this one has "+string(has)+".",
		"Make one on the server: koppel token create NAME --scope "+string(needed)+".")
}

func noSuchRoute() error {
	return refusal.New(http.StatusNotFound, "no_such_route", "There is nothing at this address of the API.", "GET /api/openapi.json lists what there is.")
}

func wrongMethod() error {
	return refusal.New(http.StatusMethodNotAllowed, "method_not_allowed", "This address of the API does not take this method.",
		"GET /api/openapi.json lists what it takes.")
}

func wrongMedia(takes []Body) error {
	media := make([]string, len(takes))
	for i, body := range takes {
		media[i] = body.media()
	}
	return refusal.New(http.StatusUnsupportedMediaType, "wrong_media_type", "The body is not of a kind that is read here.",
		"Send it with Content-Type: "+strings.Join(media, " or ")+".")
}

func unknownIntegration() error {
	return refusal.New(http.StatusNotFound, "unknown_integration", "There is no such integration.",
		"GET /api/integrations lists them; PUT /api/integrations/<slug> makes a new one.")
}

func unknownVersion() error {
	return refusal.New(http.StatusNotFound, "unknown_version", "The document has no version of that number.",
		"GET /api/integrations/<slug>/versions lists them.")
}

func unknownOrder() error {
	return refusal.New(http.StatusNotFound, "unknown_order", "No sale of that number has arrived.",
		"Look at the till whether it has the number, then: koppel sync orders --key NUMBER -i INTEGRATION.")
}

func unknownFlow() error {
	names := make([]string, len(workflows.Catalog))
	for i, flow := range workflows.Catalog {
		names[i] = flow.Name
	}
	return refusal.New(http.StatusNotFound, "unknown_flow", "There is no such flow.", "The flows are: "+strings.Join(names, ", ")+".")
}

func badName() error {
	return refusal.New(http.StatusNotFound, "unknown_integration", "No integration can be called that.",
		"Use 1 to 40 lower-case letters, digits and hyphens, beginning and ending with a letter or digit.")
}

func malformed(what, fix string) error {
	return refusal.New(http.StatusBadRequest, "malformed_body", what, fix)
}
