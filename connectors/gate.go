package connectors

import (
	"context"
	"time"
)

// Gate keeps the limits of one connection across all workers. Every remote call
// enters it and leaves it.
type Gate interface {
	// Enter waits a moment for a free place and gives the function that leaves.
	// No place in time is a fault of kind Throttled. The place is given back by
	// itself after lease, so a dead worker holds nothing: the lease must be
	// longer than the call may take.
	Enter(ctx context.Context, lease time.Duration) (leave func(), err error)
}

// Limits of one connection, over all workers together.
type Limits struct {
	InFlight  int     // calls at the same time
	PerSecond float64 // calls begun per second; 0 means no limit
}

// GateWait is how long a call waits at the gate before it is Throttled.
const GateWait = 2 * time.Second
