package db

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/koppel/koppel/db/store"
)

// Links keeps which record of the target is which record of the source, and the
// lock under which one is made. The lock is a row, not a connection: it survives
// the process that holds it, because what that process wrote may survive it too.
type Links struct {
	DB *pgxpool.Pool
}

// LinkKey names a record of a source.
type LinkKey struct {
	Integration string
	Entity      string
	SourceID    string
}

// Locked says that somebody else, or an unclear answer of one's own, holds the record.
type Locked struct {
	Wait    time.Duration // until the lock ends by itself
	Unclear bool          // a write may still be on its way
}

// Error words the lock without naming the record.
func (l *Locked) Error() string {
	if l.Unclear {
		return fmt.Sprintf("an earlier write of this record may still take effect: wait %s", l.Wait.Round(time.Millisecond))
	}
	return fmt.Sprintf("this record is being worked on: wait %s", l.Wait.Round(time.Millisecond))
}

// Get reads a link; ok is false when the record was never seen.
func (l Links) Get(ctx context.Context, key LinkKey) (link store.Link, ok bool, err error) {
	row, err := Q.LinkGet(ctx, l.DB, store.LinkGetParams(key))
	if IsNotFound(err) {
		return store.Link{}, false, nil
	}
	if err != nil {
		return store.Link{}, false, fmt.Errorf("read a link: %w", err)
	}
	return row.Link, true, nil
}

// Lock is the right to look for a record in the target and to write it. It is a
// fence too: when its owner takes the record again, elsewhere, this lock can no
// longer write.
type Lock struct {
	db     *pgxpool.Pool
	key    LinkKey
	holder uuid.UUID
}

// Take locks the record for a look, and makes its row when there is none. The
// owner is whose work it is: a worker that takes over from a dead one has the
// same owner. A *Locked error says how long to wait.
func (l Links) Take(ctx context.Context, key LinkKey, owner string, lease time.Duration) (*Lock, store.Link, error) {
	lock := &Lock{db: l.DB, key: key, holder: uuid.New()}
	link, err := Q.LinkTake(ctx, l.DB, store.LinkTakeParams{
		Integration: key.Integration, Entity: key.Entity, SourceID: key.SourceID,
		Owner: owner, Holder: &lock.holder, Lease: Interval(lease),
	})
	if err == nil {
		return lock, link, nil
	}
	if !IsNotFound(err) {
		return nil, store.Link{}, fmt.Errorf("lock a link: %w", err)
	}
	row, err := Q.LinkGet(ctx, l.DB, store.LinkGetParams(key))
	if err != nil {
		return nil, store.Link{}, fmt.Errorf("read a locked link: %w", err)
	}
	wait := time.Duration(row.LockedSeconds * float64(time.Second))
	return nil, store.Link{}, &Locked{Wait: max(wait, 10*time.Millisecond), Unclear: row.Link.Unclear}
}

// Look gives what Take would give to this owner now, and takes nothing: a link of
// state "pending" for a record never seen, a *Locked error for one that is held.
func (l Links) Look(ctx context.Context, key LinkKey, owner string) (store.Link, error) {
	row, err := Q.LinkGet(ctx, l.DB, store.LinkGetParams(key))
	if IsNotFound(err) {
		return store.Link{Integration: key.Integration, Entity: key.Entity, SourceID: key.SourceID, State: "pending"}, nil
	}
	if err != nil {
		return store.Link{}, fmt.Errorf("read a link: %w", err)
	}
	if row.LockedSeconds > 0 && (row.Link.Owner != owner || row.Link.Unclear) {
		return store.Link{}, &Locked{Wait: time.Duration(row.LockedSeconds * float64(time.Second)), Unclear: row.Link.Unclear}
	}
	return row.Link, nil
}

// Writing is what a write is about to put into the target. A look that comes
// after an answer that never came needs it.
type Writing struct {
	ContentHash string // of the source record
	Document    int    // version of the document it is mapped under
	Target      string // where in the books an order goes: one of domain.Targets
}

// BeforeWrite says that a write is about to leave. From here the record stays
// locked for the whole lease, whatever becomes of this process, until the
// write's own result is told: by the link, by Unclear or by Refused. A *Locked
// error means that the lock was lost meanwhile, and nothing may be written. The
// content hash tells later what a look found, if the answer never comes.
func (l *Lock) BeforeWrite(ctx context.Context, what Writing, lease time.Duration) error {
	rows, err := Q.LinkBeforeWrite(ctx, l.db, store.LinkBeforeWriteParams{
		Integration: l.key.Integration, Entity: l.key.Entity, SourceID: l.key.SourceID, Holder: &l.holder, ContentHash: what.ContentHash, Document: int32(what.Document), Target: what.Target, Lease: Interval(lease),
	})
	if err != nil {
		return fmt.Errorf("announce a write: %w", err)
	}
	if rows == 0 {
		return &Locked{Wait: time.Second}
	}
	return nil
}

// Unclear says that the write ended without a clear answer: nobody may look for
// its effect, or write again, before the settle time has passed.
func (l *Lock) Unclear(ctx context.Context, settle time.Duration) error {
	err := Q.LinkUnclear(ctx, l.db, store.LinkUnclearParams{
		Integration: l.key.Integration, Entity: l.key.Entity, SourceID: l.key.SourceID, Holder: &l.holder, Settle: Interval(settle),
	})
	if err != nil {
		return fmt.Errorf("note an unclear write: %w", err)
	}
	return nil
}

// Refused says that it is certain that nothing was written.
func (l *Lock) Refused(ctx context.Context) error {
	err := Q.LinkRefused(ctx, l.db, store.LinkRefusedParams{
		Integration: l.key.Integration, Entity: l.key.Entity, SourceID: l.key.SourceID, Holder: &l.holder,
	})
	if err != nil {
		return fmt.Errorf("unlock a link: %w", err)
	}
	return nil
}

// Release says that this lock wrote nothing. What an earlier write without an
// answer may have left is still to be looked for.
func (l *Lock) Release(ctx context.Context) error {
	err := Q.LinkRelease(ctx, l.db, store.LinkReleaseParams{
		Integration: l.key.Integration, Entity: l.key.Entity, SourceID: l.key.SourceID, Holder: &l.holder,
	})
	if err != nil {
		return fmt.Errorf("unlock a link: %w", err)
	}
	return nil
}
