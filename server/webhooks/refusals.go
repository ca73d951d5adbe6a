package webhooks

import (
	"errors"
	"net/http"
	"strings"

	"github.com/koppel/koppel/server/refusal"
	"github.com/koppel/koppel/workflows"
)

func unknownFlow() error {
	names := make([]string, len(workflows.Catalog))
	for i, flow := range workflows.Catalog {
		names[i] = flow.Name
	}
	return refusal.New(http.StatusNotFound, "unknown_flow", "There is no such flow.",
		"Post to /webhooks/<integration>/<flow>, where the flow is one of: "+strings.Join(names, ", ")+".")
}

func unknownIntegration() error {
	return refusal.New(http.StatusNotFound, "unknown_integration", "There is no such integration.",
		"Check the name in the address against the status page; koppel apply -f makes a new one.")
}

func stale() error {
	return refusal.New(http.StatusUnauthorized, "stale", "The timestamp is missing, malformed or more than 5 minutes off.",
		"Set "+HeaderTimestamp+" to the Unix time in seconds at which you sign, check your clock, and sign every delivery anew.")
}

func forged() error {
	return refusal.New(http.StatusUnauthorized, "forged", "The signature is missing or wrong.",
		"Set "+HeaderSignature+` to "sha256=" and the hex HMAC-SHA256 of "<timestamp>.<body>" under the integration's webhook.secret, over the bytes as they are sent. `+
			"koppel secret set webhook.secret sets a new one.")
}

func malformed(flow workflows.Flow, err error) error {
	fix := `Send an empty body to have all changes read, or name orders: {"orders": ["2026.123"]}, at most 500.`
	if flow.FromBooks() {
		fix = `Send an empty body to have all changes read, name records of the books: {"keys": ["1001"]}, at most 500 of at most 100 characters, or have everything compared: {"full": true}.`
	}
	return refusal.New(http.StatusBadRequest, "malformed_body", sentence(err), fix)
}

func takesNoKeys() error {
	return refusal.New(http.StatusBadRequest, "flow_takes_no_keys", "This flow does not take named records.", "Send an empty body.")
}

func switchedOff() error {
	return refusal.New(http.StatusConflict, "flow_disabled", "This flow is switched off in the integration's document.",
		"Set enabled: true for the flow in the document and apply it: koppel apply -f.")
}

func documentRefused(err error) error {
	return refusal.New(http.StatusConflict, "document_refused", "The integration's stored document is refused by this build.",
		"Correct it and apply it again: koppel apply -f lists every problem.").Because(err)
}

// unreadable tells a body over the limit from one that broke off.
func unreadable(err error) error {
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return refusal.TooLarge(tooLarge.Limit)
	}
	return refusal.New(http.StatusBadRequest, "body_broken", "The body broke off or came too slowly.", "Send it again.").Because(err)
}

func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}
