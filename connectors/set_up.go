package connectors

import "context"

// SetUp opens systems for the work of setting an integration up. It needs less
// than the flows do: of the secrets those of the one system, and of the document
// a draft is enough.
type SetUp interface {
	// Prober opens a system to look at it.
	Prober(ctx context.Context, integration string, of Edition, system string) (Prober, error)
	// Consenter finishes a consent that a person gave to a system.
	Consenter(ctx context.Context, integration string, of Edition, system string) (Consenter, error)
}

// Edition is which document describes the systems: a version of it, or a draft
// that is not in force yet.
type Edition struct {
	Version int
	Draft   []byte // the text; nil: the version
}
