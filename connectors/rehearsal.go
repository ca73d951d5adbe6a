package connectors

import (
	"context"

	"github.com/koppel/koppel/domain"
)

// Rehearser is a sink that can go through a write up to the call itself: for a
// dry run, which must refuse what the write would refuse.
type Rehearser interface {
	// RehearseCreate gives the record as it would be sent, or the fault with which
	// it would be refused before anything is sent.
	RehearseCreate(ctx context.Context, draft domain.Draft) (domain.Draft, error)
	// RehearseUpdate does the same for a draft that changes a record.
	RehearseUpdate(ctx context.Context, draft domain.Draft) (domain.Draft, error)
	// CustomerField names the field in which customers are looked up by a key.
	CustomerField(by CustomerKey) (string, error)
}
