package connectors

import (
	"context"

	"github.com/koppel/koppel/domain"
)

// Prober looks at a connection from all sides. It only reads. What goes wrong is
// not an error but a finding: one that stops everything leaves the checks after
// it not run.
type Prober interface {
	Probe(ctx context.Context) domain.Findings
}
