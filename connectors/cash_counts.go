package connectors

import (
	"context"

	"github.com/koppel/koppel/domain"
)

// CashCounter tells how drawers were counted.
type CashCounter interface {
	// CashCounts reads the counts of one financial date, of all branches.
	CashCounts(ctx context.Context, on domain.Date) ([]domain.CashCount, error)
}
