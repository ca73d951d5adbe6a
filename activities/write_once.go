package activities

import (
	"context"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/fault"
)

// lookLease holds a record while it is looked up. It ends by itself when the
// worker dies; a write renews it.
const lookLease = 5 * time.Minute

// writeOnce makes a record of the far side at most once. The caller holds the
// record's lock and has just looked: nothing is there. What the write's end
// means for the lock is decided here, for every record alike:
//
//   - a clear yes: the caller stores the link, which frees the lock;
//   - a clear no, or never sent: the lock is freed;
//   - no clear answer: the lock stays for the settle time, longer than the far
//     side may still be working. Whoever comes then looks before it writes.
func writeOnce[T any](ctx context.Context, lock recordLock, what db.Writing, p patience, write func(context.Context) (T, error)) (T, error) {
	var none T
	// The call may not outlive the announced lease, so its time begins before the
	// announcement: a process that stood still in between no longer writes.
	calling, cancel := context.WithTimeout(ctx, p.call+connectors.GateWait)
	defer cancel()
	if err := lock.BeforeWrite(ctx, what, p.call+connectors.GateWait+p.settle); err != nil {
		return none, err
	}
	made, err := write(calling)
	told := context.WithoutCancel(ctx) // the lock must be told even when this attempt was given up
	switch {
	case err == nil:
		return made, nil
	case fault.Is(err, fault.Uncertain):
		if err := lock.Unclear(told, p.settle); err != nil {
			return none, err // the announced lease still holds
		}
		f, _ := fault.As(err)
		return none, f.After(max(f.RetryAfter, p.settle))
	case isFault(err) && !fault.Is(err, fault.Unknown):
		if err := lock.Refused(told); err != nil {
			return none, err
		}
		return none, err
	default: // not foreseen, so not known to be harmless: the announced lease holds
		return none, err
	}
}

func isFault(err error) bool {
	_, ok := fault.As(err)
	return ok
}

// patience is what a write of this integration may take.
type patience struct {
	call   time.Duration // one remote call
	settle time.Duration // how long the far side may still be working after an unclear answer
}
