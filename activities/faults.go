package activities

import (
	"context"
	"errors"
	"math"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/fault"
)

// unforeseenTries bounds the retries of what nobody foresaw: after that a person looks.
const unforeseenTries = 8

// fail turns an error into what Temporal may know of it: the only place where
// our faults become Temporal errors. The far side's own words are stored
// encrypted, and only their reference goes along.
func (d *Desk) fail(ctx context.Context, integration string, err error) error {
	return d.failAfter(ctx, integration, err, unforeseenTries, 0)
}

// failButTryOn is for work that nobody may skip, such as showing a record to a
// person: what nobody foresaw is tried for ever.
func (d *Desk) failButTryOn(ctx context.Context, integration string, err error) error {
	return d.failAfter(ctx, integration, err, math.MaxInt32, 0)
}

// failWithin is for the step that reads the document: its workflow could not
// know the horizon when it started the step, so the step keeps it itself.
func (d *Desk) failWithin(ctx context.Context, integration string, err error, horizon time.Duration) error {
	return d.failAfter(ctx, integration, err, unforeseenTries, horizon)
}

func (d *Desk) failAfter(ctx context.Context, integration string, err error, tries int32, horizon time.Duration) error {
	if err == nil {
		return nil
	}
	f, ok := fault.As(err)
	if !ok {
		f = d.unforeseen(ctx, err)
	}
	failure := Failure{Kind: string(f.Kind), Code: f.Code, Op: f.Op, About: f.Key, Awaits: f.Awaits}
	if f.Detail() != "" {
		failure.Words = d.keepWords(ctx, integration, f.Detail())
	}
	final := !f.Kind.Retryable() || f.Kind == fault.Unknown && activity.GetInfo(ctx).Attempt >= tries
	wait, over := pastHorizon(activity.GetInfo(ctx), d.Now(), horizon, f.RetryAfter)
	// No cause: its text would enter the history.
	return temporal.NewApplicationErrorWithOptions(f.Error(), string(f.Kind), temporal.ApplicationErrorOptions{
		NonRetryable: final || over, NextRetryDelay: wait, Details: []any{failure},
	})
}

// unforeseen keeps only an error id for the history; the text goes to the log,
// where the id finds it.
func (d *Desk) unforeseen(ctx context.Context, err error) *fault.Error {
	if ctx.Err() != nil { // the worker stops, or Temporal gave up on this attempt
		return fault.New(fault.Unavailable, "interrupted", "").Because(err)
	}
	var locked *db.Locked
	if errors.As(err, &locked) {
		if locked.Unclear {
			return fault.New(fault.Uncertain, "settling", "").After(locked.Wait)
		}
		return fault.New(fault.Throttled, "record_busy", "").After(min(locked.Wait, 300*time.Millisecond))
	}
	if errors.Is(err, db.ErrMonthForgotten) { // prepared before midnight, long ago: the next try prepares anew
		return fault.New(fault.Unavailable, "interrupted", "").Because(err)
	}
	if db.IsDown(err) {
		activity.GetLogger(ctx).Warn("the database does not answer", "error", err)
		return fault.New(fault.Unavailable, "database_unavailable", "")
	}
	id := uuid.NewString()[:8]
	activity.GetLogger(ctx).Error("unforeseen failure", "error_id", id, "error", err)
	return fault.New(fault.Unknown, "unforeseen", "error "+id)
}

// keepWords stores the far side's words; losing them must not lose the fault itself.
func (d *Desk) keepWords(ctx context.Context, integration, words string) string {
	ctx = context.WithoutCancel(ctx)
	ref, err := d.Payloads.Prepare(ctx, integration, d.Now())
	if err == nil {
		err = d.Payloads.Put(ctx, d.DB, integration, ref, []byte(words))
	}
	if err != nil {
		activity.GetLogger(ctx).Warn("the far side's words could not be kept", "integration", integration)
		return ""
	}
	return ref.String()
}
