package activities

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/settings"
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
	Adrift     int // months of integrations without a document in force, destroyed
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
		gone, err := h.forgetMonth(ctx, in.Integration, month, out)
		if err != nil {
			return err
		}
		if gone {
			out.Months++
		} else {
			out.Waiting++
		}
	}
	before, err := h.forgetAdrift(ctx, out)
	if err != nil {
		return err
	}
	if own := db.MonthOf(in.Before); own.After(before) {
		before = own
	}
	out.Partitions, err = h.Payloads.DropPartitions(ctx, before)
	return err
}

// forgetMonth destroys the key of a month and deletes what it sealed; not gone:
// it holds what is open.
func (h *Housekeeping) forgetMonth(ctx context.Context, integration string, month time.Time, out *ForgetPayloadsResult) (gone bool, err error) {
	open, err := h.Payloads.Destroy(ctx, integration, month)
	if err != nil || open > 0 {
		return false, err
	}
	for deleted := int64(1); deleted > 0; {
		if deleted, err = h.Payloads.Delete(ctx, integration, month, forgetBatch); err != nil {
			return false, err
		}
		out.Payloads += int(deleted)
		beat(ctx, "deleted payloads")
	}
	return true, nil
}

// forgetAdrift forgets what integrations without a document in force have kept
// longer than a document keeps it by default: drafts that were tried, and what
// their tests found. Those have no schedule of their own, so every run sees to
// them. It gives the oldest month that is kept.
func (h *Housekeeping) forgetAdrift(ctx context.Context, out *ForgetPayloadsResult) (time.Time, error) {
	limit, err := h.daysAgo(ctx, settings.Default("").Retention.Payloads)
	if err != nil {
		return limit, err
	}
	before := db.MonthOf(limit)
	all, err := h.Payloads.AdriftBefore(ctx, before)
	if err != nil {
		return before, err
	}
	for _, adrift := range all {
		gone, err := h.forgetMonth(ctx, adrift.Integration, adrift.Month, out)
		if err != nil {
			return before, err
		}
		if gone {
			out.Adrift++
		}
	}
	return before, nil
}

// ForgetRecordsInput names the integration and from when on payloads are kept.
type ForgetRecordsInput struct {
	Integration string
	Before      time.Time // first day of the oldest month whose payloads are kept
	Document    int       // version that the run goes by; 0: the one in force
}

// ForgetRecordsResult counts what was deleted.
type ForgetRecordsResult struct {
	Outcomes      int
	Parked        int // closed long ago
	Inbox         int // dealt with long ago
	Receipts      int // of days that were added up long ago
	TillSales     int `json:",omitempty"` // goods that the till sold and the books know of since long
	Bookings      int `json:",omitempty"` // what was written to the books for sales that did not change since
	Requests      int // previews and the like
	Incidents     int // solved long ago
	Consents      int // asked of people, of any integration, whose time is over long ago
	Fixes         int // of parked records, as old as payloads that are not kept
	Interventions int // of people in what was parked
	Written       int `json:",omitempty"` // of records at the till that the books had no more
}

// ForgetRecords deletes what was kept long enough of records that were dealt
// with. Links stay, and how records of the books stand at
// the till: they are what makes a record that comes again known, however
// old it is. So do cursors. A sale that changes when what was written for it is
// forgotten is for a person.
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
		{"receipts of days", &out.Receipts, func() (int64, error) {
			return db.Q.DayReceiptDeleteBefore(ctx, h.DB, store.DayReceiptDeleteBeforeParams{Integration: in.Integration, Before: limit, Most: forgetBatch})
		}},
		{"sales of stock", &out.TillSales, func() (int64, error) {
			return db.Q.TillSaleDeleteBefore(ctx, h.DB, store.TillSaleDeleteBeforeParams{Integration: in.Integration, Before: &limit, Most: forgetBatch})
		}},
		{"bookings", &out.Bookings, func() (int64, error) {
			return db.Q.BookingDeleteBefore(ctx, h.DB, store.BookingDeleteBeforeParams{Integration: in.Integration, Before: limit, Most: forgetBatch})
		}},
		{"requests", &out.Requests, func() (int64, error) {
			return db.Q.RequestDeleteBefore(ctx, h.DB, store.RequestDeleteBeforeParams{Integration: in.Integration, Before: limit, Most: forgetBatch})
		}},
		{"incidents", &out.Incidents, func() (int64, error) {
			return db.Q.IncidentDeleteBefore(ctx, h.DB, store.IncidentDeleteBeforeParams{Integration: in.Integration, Before: &limit, Most: forgetBatch})
		}},
		{"fixes", &out.Fixes, func() (int64, error) {
			return db.Q.FixDeleteBefore(ctx, h.DB, store.FixDeleteBeforeParams{Integration: in.Integration, Before: in.Before, Most: forgetBatch})
		}},
		{"interventions", &out.Interventions, func() (int64, error) {
			return db.Q.InterventionDeleteBefore(ctx, h.DB, store.InterventionDeleteBeforeParams{Integration: in.Integration, Before: limit, Most: forgetBatch})
		}},
		{"what was written", &out.Written, func() (int64, error) {
			return db.Q.WrittenDeleteGone(ctx, h.DB, store.WrittenDeleteGoneParams{Integration: in.Integration, Before: &limit, Most: forgetBatch})
		}},
		{"consents", &out.Consents, func() (int64, error) { return db.Q.ConsentForget(ctx, h.DB) }},
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
