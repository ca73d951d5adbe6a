package db

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/koppel/koppel/db/store"
)

// Move stores a payload anew under a prepared reference and takes the old one
// away, in the caller's transaction, which also moves what refers to it.
func (p *Payloads) Move(ctx context.Context, tx pgx.Tx, integration string, from, to PayloadRef) error {
	plain, err := p.get(ctx, tx, integration, from)
	if err != nil {
		return err
	}
	if err := p.Put(ctx, tx, integration, to, plain); err != nil {
		return err
	}
	err = Q.PayloadDelete(ctx, tx, store.PayloadDeleteParams{Integration: integration, Month: from.Month, ID: from.ID})
	if err != nil {
		return fmt.Errorf("delete a payload that was moved: %w", err)
	}
	return nil
}

// MonthsBefore lists the months of which an integration still has payloads, or
// rows that are left of them.
func (p *Payloads) MonthsBefore(ctx context.Context, integration string, before time.Time) ([]time.Time, error) {
	months, err := Q.PayloadKeyListBefore(ctx, p.DB, store.PayloadKeyListBeforeParams{Integration: integration, Before: before})
	if err != nil {
		return nil, fmt.Errorf("list the months of payloads: %w", err)
	}
	return months, nil
}

// Adrift is a month of payloads of an integration without a document in force.
type Adrift struct {
	Integration string
	Month       time.Time
}

// AdriftBefore lists the months that no document says how long to keep: drafts
// that were tried before a first document was applied, or never were.
func (p *Payloads) AdriftBefore(ctx context.Context, before time.Time) ([]Adrift, error) {
	rows, err := Q.PayloadKeyListAdrift(ctx, p.DB, before)
	if err != nil {
		return nil, fmt.Errorf("list the months of payloads without a document: %w", err)
	}
	all := make([]Adrift, len(rows))
	for i, row := range rows {
		all[i] = Adrift(row)
	}
	return all, nil
}

// Destroy destroys the key of one integration and month: from here nobody can
// read its payloads. It waits for those who are storing one. While the month
// holds the payload of an open record nothing is destroyed, and the answer is
// how many there are. Destroying twice does no harm.
func (p *Payloads) Destroy(ctx context.Context, integration string, month time.Time) (open int64, err error) {
	err = pgx.BeginFunc(ctx, p.DB, func(tx pgx.Tx) error {
		_, err := Q.PayloadKeyLock(ctx, tx, store.PayloadKeyLockParams{Integration: integration, Month: month})
		if IsNotFound(err) {
			return nil
		}
		if err != nil {
			return err
		}
		open, err = Q.PayloadCountOpen(ctx, tx, store.PayloadCountOpenParams{Integration: integration, Month: month})
		if err != nil || open > 0 {
			return err
		}
		return Q.PayloadKeyDestroy(ctx, tx, store.PayloadKeyDestroyParams{Integration: integration, Month: month})
	})
	if err != nil {
		return 0, fmt.Errorf("destroy the payload key of %s: %w", month.Format("2006-01"), err)
	}
	if open == 0 {
		p.forget(payloadMonth{integration, month})
	}
	return open, nil
}

// Delete deletes up to so many payloads of a month whose key is destroyed. When
// none is left, nothing tells of the month any more and the answer is zero.
func (p *Payloads) Delete(ctx context.Context, integration string, month time.Time, most int) (int64, error) {
	deleted, err := Q.PayloadDeleteMonth(ctx, p.DB, store.PayloadDeleteMonthParams{Integration: integration, Month: month, Most: int32(most)})
	if err == nil && deleted == 0 {
		err = Q.PayloadKeyForget(ctx, p.DB, store.PayloadKeyForgetParams{Integration: integration, Month: month})
	}
	if err != nil {
		return 0, fmt.Errorf("delete the payloads of %s: %w", month.Format("2006-01"), err)
	}
	return deleted, nil
}

// dropPatience is how long a drop waits for those who are reading or writing
// payloads; whoever comes after them waits behind it.
const dropPatience = "set local lock_timeout = '2s'"

// DropPartitions drops the partitions of months before this one that no
// integration needs any more. What is in use is left for another time.
func (p *Payloads) DropPartitions(ctx context.Context, before time.Time) (dropped int, err error) {
	names, err := p.partitionNames(ctx)
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		month, err := time.Parse(partitionForm, name)
		if err != nil || !month.Before(before) { // not one of ours, or not old
			continue
		}
		gone, err := p.dropPartition(ctx, month)
		if err != nil {
			return dropped, fmt.Errorf("drop the payload partition of %s: %w", month.Format("2006-01"), err)
		}
		if gone {
			dropped++
		}
	}
	return dropped, nil
}

func (p *Payloads) partitionNames(ctx context.Context) ([]string, error) {
	rows, err := p.DB.Query(ctx, `select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
		where i.inhparent = 'payload'::regclass order by c.relname`)
	if err != nil {
		return nil, fmt.Errorf("list the payload partitions: %w", err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("list the payload partitions: %w", err)
	}
	return names, nil
}

func (p *Payloads) dropPartition(ctx context.Context, month time.Time) (dropped bool, err error) {
	err = pgx.BeginFunc(ctx, p.DB, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, dropPatience); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, partitionLock); err != nil {
			return err
		}
		keys, err := Q.PayloadKeyCount(ctx, tx, month)
		if err != nil || keys > 0 {
			return err
		}
		dropped = true
		_, err = tx.Exec(ctx, "drop table if exists "+pgx.Identifier{partitionName(month)}.Sanitize())
		return err
	})
	if failed, ok := errors.AsType[*pgconn.PgError](err); ok && failed.Code == lockNotAvailable {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	p.mu.Lock()
	delete(p.partitions, month)
	p.mu.Unlock()
	return dropped, nil
}

// lockNotAvailable is PostgreSQL's code for a lock that was waited for too long.
const lockNotAvailable = "55P03"
