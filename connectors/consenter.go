package connectors

import "context"

// Consenter turns the consent that a person gave into tokens, and keeps them.
type Consenter interface {
	// TakeConsent exchanges the code that came back for tokens, and keeps them in
	// place of those there were. The redirect address and the verifier are those
	// that the consent was asked with. A code works once.
	TakeConsent(ctx context.Context, code, redirectURI, verifier string) error
}
