package activities

import (
	"context"
	"fmt"
	"regexp"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// paper is one document that a sale has in the books: a version of the sale, or
// what takes that version back. Each has a reference of its own to be found by,
// and a link of its own for its lock.
type paper struct {
	version int
	counter bool
}

// mark tells the papers of a sale apart; the first one has none.
func (p paper) mark() string {
	switch {
	case p.counter:
		return fmt.Sprintf("C%d", p.version)
	case p.version > 1:
		return fmt.Sprintf("V%d", p.version)
	default:
		return ""
	}
}

func (p paper) key(a Attempt) db.LinkKey {
	key := orderKey(a)
	if mark := p.mark(); mark != "" {
		key.SourceID += "#" + mark
	}
	return key
}

func (p paper) reference(doc *Document, number string) string {
	if mark := p.mark(); mark != "" {
		number += " " + mark
	}
	return doc.Flows.Orders.OrderReference(number)
}

var paperMark = regexp.MustCompile(`#[CV][0-9]+$`)

// saleOf is the order that a link belongs to, whichever of its papers it is of.
func saleOf(sourceID string) string { return paperMark.ReplaceAllString(sourceID, "") }

// paperOf is the paper that a booking is of.
func paperOf(b db.Booking) paper { return paper{version: b.Version, counter: b.Counter} }

// written is the paper that this attempt is to write.
func (a Attempt) written() paper {
	switch a.Change {
	case reconcile.StepCounter:
		return paper{version: a.Sequence + 1}
	case reconcile.StepAgain:
		return paper{version: a.Sequence}
	default:
		return paper{version: 1}
	}
}

// standing finds a version of the sale among its bookings.
func standing(all []db.Booking, version int) (db.Booking, bool) {
	i := slices.IndexFunc(all, func(b db.Booking) bool { return b.Version == version && !b.Counter && b.Written() })
	if i < 0 || slices.ContainsFunc(all, func(b db.Booking) bool { return b.Version == version && b.Counter && b.Written() }) {
		return db.Booking{}, false
	}
	return all[i], true
}

// linksOf are the links that tell of a booking: its own, and that of the sale,
// which points to what stands for it. Content is what is settled of the sale.
func linksOf(a Attempt, b db.Booking, content, outcome string) []store.LinkMadeParams {
	draft := b.Held.Draft.Hash()
	record := foundOrder{connectors.OrderRecord{ID: b.TargetID}, b.Target}
	own := linkTo(a, record, b.ContentHash, draft, outcome)
	own.SourceID = paperOf(b).key(a).SourceID
	if own.SourceID == a.OrderID {
		return []store.LinkMadeParams{own}
	}
	return []store.LinkMadeParams{own, linkTo(a, record, content, draft, outcome)}
}

// settledBy is what is settled of a sale once a paper of it stands in the books:
// after one that takes it back, nothing is.
func settledBy(b db.Booking) string {
	if b.Counter {
		return ""
	}
	return b.ContentHash
}

// create writes a paper that is nowhere yet. What it holds is remembered before
// the call: if the answer never comes, a look later tells whether it stands there.
func (o *Orders) create(ctx context.Context, lock recordLock, a Attempt, doc *Document, sink connectors.OrderSink, b db.Booking) (db.Booking, error) {
	writing := db.Writing{ContentHash: b.ContentHash, Document: b.Document, Target: string(b.Target)}
	made, err := writeOnce(ctx, lock, writing, doc.patience(), func(ctx context.Context) (connectors.OrderRecord, error) {
		if err := o.announce(ctx, a, b); err != nil {
			return connectors.OrderRecord{}, err
		}
		return sink.CreateOrder(ctx, b.Held.Draft)
	})
	b.TargetID = made.ID
	return b, err
}

// announce notes what is about to be written, and then looks whether the sale
// changed meanwhile. Who has a newer version looks in the other order: what
// arrived first, and then what is announced. So one of the two sees the other.
func (o *Orders) announce(ctx context.Context, a Attempt, b db.Booking) error {
	if err := o.ledger().noted(ctx, b); err != nil {
		return fault.New(fault.Unavailable, "database_unavailable", "").Because(err)
	}
	_, row, err := o.order(ctx, a.Integration, a.OrderID)
	switch {
	case isFault(err):
		return err
	case err != nil:
		return fault.New(fault.Unavailable, "database_unavailable", "").Because(err)
	case row.Marker > a.Marker:
		return fault.New(fault.Throttled, "record_busy", "").About(a.Number)
	default:
		return nil
	}
}
