package activities

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
)

// ForgetPayloadsInput names the integration and from when on payloads are kept.
type ForgetPayloadsInput struct {
	Integration string
	Before      time.Time // first day of the oldest month that is kept
}

// ForgetPayloadsResult counts what was forgotten.
type ForgetPayloadsResult struct {
	Months     int // whose key was destroyed
	Payloads   int // deleted
	Partitions int // dropped: no integration needs them any more
	Waiting    int // months that still hold what is open; the next run gets them
}

// ForgetPayloads destroys the keys of whole months and deletes what they sealed.
// A month that holds the payload of an open record is left: that it was moved
// before is looked at once more, under the lock that lets nobody add to it.
func (h *Housekeeping) ForgetPayloads(ctx context.Context, in ForgetPayloadsInput) (ForgetPayloadsResult, error) {
	var out ForgetPayloadsResult
	err := h.forgetPayloads(ctx, in, &out)
	return out, h.fail(ctx, in.Integration, notDestroyed(err))
}

func (h *Housekeeping) forgetPayloads(ctx context.Context, in ForgetPayloadsInput, out *ForgetPayloadsResult) error {
	if in.Before.IsZero() || in.Before.After(db.MonthOf(h.Now())) {
		return errors.New("forget payloads: the month to keep from is not in the past")
	}
	months, err := h.Payloads.MonthsBefore(ctx, in.Integration, in.Before)
	if err != nil {
		return err
	}
	for _, month := range months {
		open, err := h.Payloads.Destroy(ctx, in.Integration, month)
		if err != nil {
			return err
		}
		if open > 0 {
			out.Waiting++
			continue
		}
		out.Months++
		for deleted := int64(1); deleted > 0; {
			if deleted, err = h.Payloads.Delete(ctx, in.Integration, month, forgetBatch); err != nil {
				return err
			}
			out.Payloads += int(deleted)
			beat(ctx, "deleted payloads")
		}
	}
	out.Partitions, err = h.Payloads.DropPartitions(ctx, db.MonthOf(in.Before))
	return err
}

// ForgetRecordsInput names the integration and from when on payloads are kept.
type ForgetRecordsInput struct {
	Integration string
	Before      time.Time // first day of the oldest month whose payloads are kept
	Document    int       // version that the run goes by; 0: the one in force
}

// ForgetRecordsResult counts what was deleted.
type ForgetRecordsResult struct {
	Outcomes  int
	Parked    int // closed long ago
	Inbox     int // dealt with long ago
	Requests  int // previews and the like
	Incidents int // solved long ago
}

// ForgetRecords deletes what was kept long enough of records that were dealt
// with. Links stay: they are what makes a record that comes again known, however
// old it is. So do cursors.
func (h *Housekeeping) ForgetRecords(ctx context.Context, in ForgetRecordsInput) (ForgetRecordsResult, error) {
	var out ForgetRecordsResult
	err := h.forgetRecords(ctx, in, &out)
	return out, h.fail(ctx, in.Integration, err)
}

func (h *Housekeeping) forgetRecords(ctx context.Context, in ForgetRecordsInput, out *ForgetRecordsResult) error {
	doc, err := h.Documents.ofRun(ctx, in.Integration, in.Document)
	if err != nil {
		return err
	}
	limit, err := h.daysAgo(ctx, doc.Retention.Records)
	if err != nil {
		return err
	}
	for _, subject := range []struct {
		what  string
		count *int
		some  func() (int64, error)
	}{
		{"outcomes", &out.Outcomes, func() (int64, error) {
			return db.Q.OutcomeDeleteBefore(ctx, h.DB, store.OutcomeDeleteBeforeParams{Integration: in.Integration, Before: limit, Most: forgetBatch})
		}},
		{"parked records", &out.Parked, func() (int64, error) {
			return db.Q.ParkedDeleteBefore(ctx, h.DB, store.ParkedDeleteBeforeParams{Integration: in.Integration, Before: &limit, Most: forgetBatch})
		}},
		{"the inbox", &out.Inbox, func() (int64, error) {
			return db.Q.InboxDeleteBefore(ctx, h.DB, store.InboxDeleteBeforeParams{Integration: in.Integration, Before: limit, Month: in.Before, Most: forgetBatch})
		}},
		{"requests", &out.Requests, func() (int64, error) {
			return db.Q.RequestDeleteBefore(ctx, h.DB, store.RequestDeleteBeforeParams{Integration: in.Integration, Before: limit, Most: forgetBatch})
		}},
		{"incidents", &out.Incidents, func() (int64, error) {
			return db.Q.IncidentDeleteBefore(ctx, h.DB, store.IncidentDeleteBeforeParams{Integration: in.Integration, Before: &limit, Most: forgetBatch})
		}},
	} {
		for deleted := int64(1); deleted > 0; {
			if deleted, err = subject.some(); err != nil {
				return fmt.Errorf("delete old rows of %s: %w", subject.what, err)
			}
			*subject.count += int(deleted)
			beat(ctx, "deleted "+subject.what)
		}
	}
	return nil
}
