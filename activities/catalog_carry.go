package activities

import (
	"context"
	"fmt"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/settings"
)

// carrier is what one flow knows of its own records. It is opened for one page.
type carrier[T any] interface {
	// read gives a page of the books; named gives named records. One that could not be
	// understood has a fault already.
	read(ctx context.Context, part connectors.Part) (connectors.Page[*record[T]], error)
	named(ctx context.Context, keys []string) ([]*record[T], error)
	// draft maps records, and says of each that cannot or need not go why.
	draft(ctx context.Context, rs []*record[T]) error
	// look finds out what the till holds of records.
	look(ctx context.Context, rs []*record[T]) error
	// decide says what is to be done about a record that was looked up.
	decide(r *record[T])
	// write does it: it claims records before, and settles them after.
	write(ctx context.Context, w *writing[T], rs []*record[T]) error
}

// follower is a carrier that has more to do once its records stand as they should.
type follower[T any] interface {
	follow(ctx context.Context, w *writing[T], rs []*record[T]) error
}

// carriage is one page of one run at work.
type carriage struct {
	*Desk
	CarryInput
	flow   string
	entity domain.Entity
	doc    *Document
	set    settings.Catalog
	readAt time.Time   // by the database's clock, before anything of this page was read
	today  domain.Date // in Amsterdam
}

// carry takes one page of a flow from the books to the till.
func carry[T any](ctx context.Context, d *Desk, flow string, entity domain.Entity, in CarryInput, open func(context.Context, *carriage) (carrier[T], error)) (CarryResult, error) {
	var out CarryResult
	p := &carriage{Desk: d, CarryInput: in, flow: flow, entity: entity}
	err := carryPage(ctx, p, open, &out)
	return out, d.fail(ctx, in.Integration, err)
}

func carryPage[T any](ctx context.Context, p *carriage, open func(context.Context, *carriage) (carrier[T], error), out *CarryResult) (err error) {
	if err := p.begin(ctx); err != nil {
		return err
	}
	defer func() {
		if err != nil || !out.More {
			if released := p.release(ctx); err == nil {
				err = released
			}
		}
	}()
	c, err := open(ctx, p)
	if err != nil {
		return err
	}
	page, err := readPage(ctx, p, c)
	if err != nil {
		return err
	}
	w := &writing[T]{carriage: p}
	if err := carryRecords(ctx, p, c, w, page.Records); err != nil {
		return err
	}
	out.Count, out.Place, out.More, out.Passed = w.count, p.Place, page.Next != "", passed(c, page.Records)
	out.Place.After, out.Place.Pages = page.Next, p.Place.Pages+1
	if page.Newest.After(out.Place.Newest) {
		out.Place.Newest = page.Newest
	}
	if out.More || p.DryRun {
		return nil
	}
	return p.end(ctx, out)
}

// readPage reads what the run is to carry next. The last page of a delta also has
// what an earlier run left undecided, and what waits since before the document changed.
func readPage[T any](ctx context.Context, p *carriage, c carrier[T]) (page connectors.Page[*record[T]], err error) {
	if p.Place.Mode == ModeKeys {
		err = patiently(ctx, func() error {
			page.Records, err = c.named(ctx, p.Keys)
			return err
		})
		if err == nil {
			err = p.absent(ctx, keysIn(page.Records))
		}
		return page, err
	}
	part := connectors.Part{After: p.Place.After, Since: p.Place.Since, Limit: p.pageSize(), Where: p.set.Where}
	err = patiently(ctx, func() error {
		page, err = c.read(ctx, part)
		return err
	})
	if err != nil || page.Next != "" || p.Place.Mode != ModeDelta {
		return page, err
	}
	beat(ctx, "read the books")
	keys, err := p.again(ctx, keysIn(page.Records))
	if err != nil || len(keys) == 0 {
		return page, err
	}
	var more []*record[T]
	err = patiently(ctx, func() error {
		more, err = c.named(ctx, keys)
		return err
	})
	page.Records = append(page.Records, more...)
	return page, err
}

// again lists records to look at whether they changed or not; at most a page of them.
func (p *carriage) again(ctx context.Context, except []string) ([]string, error) {
	keys, err := db.Q.CatalogListAgain(ctx, p.DB, store.CatalogListAgainParams{
		Integration: p.Integration, Entity: string(p.entity), Document: int32(p.doc.Version), Besides: except, Most: int32(p.set.PageSize),
	})
	if err != nil {
		return nil, fmt.Errorf("list what is to be looked at again: %w", err)
	}
	return keys, nil
}

// carryRecords takes records through the steps: map, compare, write, note.
func carryRecords[T any](ctx context.Context, p *carriage, c carrier[T], w *writing[T], rs []*record[T]) error {
	w.count.Read = len(rs)
	if len(rs) == 0 {
		return nil
	}
	if err := known(ctx, p, rs); err != nil {
		return err
	}
	if err := c.draft(ctx, those(rs, func(r *record[T]) bool { return r.fault == nil })); err != nil {
		return err
	}
	beat(ctx, "mapped a page")
	asked := those(rs, func(r *record[T]) bool {
		return r.fault == nil && r.leftOut == "" && !r.skipped() && (r.look || !standsAs(p, r))
	})
	if len(asked) > 0 {
		if err := patiently(ctx, func() error { return c.look(ctx, asked) }); err != nil {
			return err
		}
		beat(ctx, "looked at the till")
		if err := remembered(ctx, p, asked); err != nil {
			return err
		}
	}
	var differing []*record[T]
	for _, r := range asked {
		if r.fault == nil && r.leftOut == "" {
			c.decide(r)
		}
		if r.writes() {
			differing = append(differing, r)
		}
	}
	if !p.DryRun && len(differing) > 0 {
		if err := c.write(ctx, w, differing); err != nil {
			return err
		}
	}
	if err := w.note(ctx, rs); err != nil {
		return err
	}
	if more, has := any(c).(follower[T]); has && !p.DryRun {
		return more.follow(ctx, w, rs)
	}
	return nil
}

// standsAs reports whether a record needs no look: a delta goes by what we know.
func standsAs[T any](p *carriage, r *record[T]) bool {
	was := r.known
	return p.Place.Mode == ModeDelta && was.TargetID != "" && was.Document == int32(p.doc.Version) &&
		!was.LookAgain && was.GoneAt == nil && was.Outcome != outcomeParked && was.DraftHash == r.print()
}

func known[T any](ctx context.Context, p *carriage, rs []*record[T]) error {
	rows, err := db.Q.CatalogGet(ctx, p.DB, store.CatalogGetParams{Integration: p.Integration, Entity: string(p.entity), SourceIds: keysIn(rs)})
	if err != nil {
		return fmt.Errorf("read how records stand: %w", err)
	}
	byKey := make(map[string]store.Catalog, len(rows))
	for _, row := range rows {
		byKey[row.SourceID] = row
	}
	for _, r := range rs {
		r.known = byKey[r.key]
		r.target = r.known.TargetID
	}
	return nil
}

func keysIn[T any](rs []*record[T]) []string {
	keys := make([]string, len(rs))
	for i, r := range rs {
		keys[i] = r.key
	}
	return keys
}

func those[T any](rs []*record[T], which func(*record[T]) bool) []*record[T] {
	var found []*record[T]
	for _, r := range rs {
		if which(r) {
			found = append(found, r)
		}
	}
	return found
}

// recordsOf makes records of what the books gave. One that could not be understood is
// parked.
func recordsOf[T any](found []T, tell func(T) (key string, wrong error)) []*record[T] {
	rs := make([]*record[T], len(found))
	for i, one := range found {
		key, wrong := tell(one)
		rs[i] = &record[T]{key: key, source: one}
		if f, ok := fault.As(wrong); ok {
			rs[i].parks(f)
		}
	}
	return rs
}
