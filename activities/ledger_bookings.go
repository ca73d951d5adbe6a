package activities

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
)

func (k keptLedger) bookings(ctx context.Context, sale db.LinkKey) ([]db.Booking, error) {
	return k.booked().Of(ctx, sale)
}

// noted is written even when the attempt was given up: the far side has done its
// part by then.
func (k keptLedger) noted(ctx context.Context, b db.Booking, links ...store.LinkMadeParams) error {
	return k.inTx(ctx, func(tx pgx.Tx) error { return k.stands(ctx, tx, &b, links) })
}

func (k keptLedger) dropped(ctx context.Context, b db.Booking) error { return k.booked().Drop(ctx, b) }

func (k keptLedger) stands(ctx context.Context, tx pgx.Tx, b *db.Booking, links []store.LinkMadeParams) error {
	if b != nil {
		if err := k.booked().Put(ctx, tx, *b); err != nil {
			return err
		}
	}
	for _, link := range links {
		if err := db.Q.LinkMade(ctx, tx, link); err != nil {
			return fmt.Errorf("store the link: %w", err)
		}
	}
	return nil
}

func (k keptLedger) booked() db.Bookings { return db.Bookings{DB: k.DB, Box: k.Payloads.Box} }

// bookings are those of the flow, and what this run would have written since.
func (m *memoryLedger) bookings(ctx context.Context, sale db.LinkKey) ([]db.Booking, error) {
	if all, here := m.papers[sale]; here {
		return slices.Clone(all), nil
	}
	return m.kept.bookings(ctx, sale)
}

func (m *memoryLedger) noted(ctx context.Context, b db.Booking, links ...store.LinkMadeParams) error {
	all, err := m.bookings(ctx, b.Sale)
	if err != nil {
		return err
	}
	same := func(other db.Booking) bool { return paperOf(other) == paperOf(b) }
	if i := slices.IndexFunc(all, same); i >= 0 {
		all[i] = b
	} else {
		all = append(all, b)
	}
	m.papers[b.Sale] = all
	for _, link := range links {
		if err := m.linked(ctx, link, nil); err != nil {
			return err
		}
	}
	return nil
}

func (m *memoryLedger) dropped(ctx context.Context, b db.Booking) error {
	all, err := m.bookings(ctx, b.Sale)
	m.papers[b.Sale] = slices.DeleteFunc(all, func(other db.Booking) bool { return paperOf(other) == paperOf(b) && !other.Written() })
	return err
}
