package db

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/internal/fault"
)

// Gate keeps the limits of one connection across all workers: a leased row for
// each call in flight, and one row that spaces calls in time. It implements
// connectors.Gate.
type Gate struct {
	DB         *pgxpool.Pool
	Connection string        // "<integration>/<system>"
	InFlight   int           // calls at the same time
	PerSecond  float64       // calls begun per second; 0 means no limit
	Patience   time.Duration // how long a call waits before it is Throttled
}

const gatePoll = 25 * time.Millisecond

// OpenGate makes the gate's rows. Limits that were lowered hold from now on.
func OpenGate(ctx context.Context, g Gate) (*Gate, error) {
	err := Q.GateOpen(ctx, g.DB, store.GateOpenParams{Connection: g.Connection, LastSlot: int32(g.InFlight - 1)})
	if err == nil {
		err = Q.GateRateOpen(ctx, g.DB, g.Connection)
	}
	if err != nil {
		return nil, fmt.Errorf("open the gate of %s: %w", g.Connection, err)
	}
	return &g, nil
}

// Enter takes a place for at most lease, waiting for one as long as the gate's patience.
func (g *Gate) Enter(ctx context.Context, lease time.Duration) (leave func(), err error) {
	waiting, cancel := context.WithTimeout(ctx, g.Patience)
	defer cancel()
	holder := uuid.New()
	for {
		_, err := Q.GateTake(ctx, g.DB, store.GateTakeParams{
			Connection: g.Connection, Holder: &holder, Slots: int32(g.InFlight), Lease: Interval(lease),
		})
		if err == nil {
			break
		}
		if !IsNotFound(err) {
			return nil, fmt.Errorf("enter the gate of %s: %w", g.Connection, err)
		}
		select {
		case <-waiting.Done():
			return nil, g.busy()
		case <-time.After(gatePoll):
		}
	}
	leave = func() {
		_ = Q.GateLeave(context.WithoutCancel(ctx), g.DB, store.GateLeaveParams{Connection: g.Connection, Holder: &holder}) // the lease ends by itself
	}
	if err := g.pace(ctx); err != nil {
		leave()
		return nil, err
	}
	return leave, nil
}

func (g *Gate) pace(ctx context.Context) error {
	if g.PerSecond <= 0 {
		return nil
	}
	wait, err := Q.GateRateTake(ctx, g.DB, store.GateRateTakeParams{
		Connection: g.Connection, Patience: Interval(g.Patience),
		Spacing: Interval(time.Duration(float64(time.Second) / g.PerSecond)),
	})
	if IsNotFound(err) {
		return g.busy()
	}
	if err != nil {
		return fmt.Errorf("enter the gate of %s: %w", g.Connection, err)
	}
	select {
	case <-ctx.Done():
		return g.busy()
	case <-time.After(time.Duration(wait * float64(time.Second))):
		return nil
	}
}

func (g *Gate) busy() error {
	return fault.New(fault.Throttled, "no_place_at_gate", "gate "+g.Connection).After(time.Second)
}
