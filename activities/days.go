package activities

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// daysAtOnce bounds one activity: what is left is for the next.
const daysAtOnce = 50

// Days adds receipts up to the totals of their branches and financial days. A
// total is put into the inbox like any sale, and goes to the books the same way.
type Days struct {
	*Desk
}

// CloseDaysInput asks for the totals of all days that are over.
type CloseDaysInput struct {
	Integration string
	Document    int // version that the run works under; 0: the one in force
}

// CloseDaysResult counts the days looked at.
type CloseDaysResult struct {
	Days     int // added up
	Stored   int // of which the total is new or another one
	Waiting  int // sales that no workflow was started for yet
	More     bool
	Document int
}

// CloseDays adds up each day that is over and has receipts which its total does
// not hold yet. A day whose total waits for a person is added up again: what was
// wrong may have been put right at the till.
func (d *Days) CloseDays(ctx context.Context, in CloseDaysInput) (CloseDaysResult, error) {
	var out CloseDaysResult
	err := d.close(ctx, in, &out)
	return out, d.fail(ctx, in.Integration, err)
}

func (d *Days) close(ctx context.Context, in CloseDaysInput, out *CloseDaysResult) error {
	doc, err := d.Documents.ofRun(ctx, in.Integration, in.Document)
	if err != nil {
		return err
	}
	out.Document = doc.Version
	days, err := d.over(ctx, in.Integration, doc)
	if err != nil {
		return err
	}
	out.More = len(days) >= daysAtOnce
	counts := map[domain.Date][]domain.CashCount{}
	for _, day := range days {
		if _, known := counts[day.Date]; !known {
			if counts[day.Date], err = d.counted(ctx, in.Integration, doc, day.Date); err != nil {
				return err
			}
		}
		stored, err := d.addUp(ctx, in.Integration, day, ofBranch(counts[day.Date], day.Branch))
		if err != nil {
			return err
		}
		out.Days++
		out.Stored += stored
		beat(ctx, "added up a day")
	}
	waiting, err := db.Q.InboxCountUnstarted(ctx, d.DB, store.InboxCountUnstartedParams{Integration: in.Integration, Entity: string(domain.EntityOrder)})
	out.Waiting = int(waiting)
	return err
}

// over lists the days that are over by the document's clock, and have something
// to add up.
func (d *Days) over(ctx context.Context, integration string, doc *Document) ([]reconcile.Day, error) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		return nil, fmt.Errorf("load the time zone of the till: %w", err)
	}
	today := domain.DateIn(d.Now().Add(-doc.Flows.Orders.DayTotals.After.Std()), zone)
	last := midnight(today).AddDate(0, 0, -1)
	rows, err := db.Q.DayReceiptListDays(ctx, d.DB, store.DayReceiptListDaysParams{Integration: integration, Last: last, Most: daysAtOnce})
	if err != nil {
		return nil, fmt.Errorf("list the days to add up: %w", err)
	}
	parked, err := db.Q.DayReceiptListParked(ctx, d.DB, store.DayReceiptListParkedParams{Integration: integration, Entity: string(domain.EntityOrder)})
	if err != nil {
		return nil, fmt.Errorf("list the days that are parked: %w", err)
	}
	seen := map[reconcile.Day]bool{}
	var days []reconcile.Day
	add := func(branch string, at time.Time) {
		if day := (reconcile.Day{Branch: branch, Date: domain.DateIn(at, time.UTC)}); !seen[day] {
			seen[day] = true
			days = append(days, day)
		}
	}
	for _, row := range rows {
		add(row.Branch, row.Day)
	}
	for _, row := range parked {
		add(row.Branch, row.Day)
	}
	return days, nil
}

func (d *Days) counted(ctx context.Context, integration string, doc *Document, on domain.Date) ([]domain.CashCount, error) {
	if doc.Flows.Orders.DayTotals.CashAccount == "" {
		return nil, nil
	}
	till, err := d.Connections.CashCounter(ctx, integration, doc.Version)
	if err != nil {
		return nil, err
	}
	counts, err := till.CashCounts(ctx, on)
	beat(ctx, "read the counts of a day")
	return counts, err
}

func ofBranch(counts []domain.CashCount, branch string) []domain.CashCount {
	var own []domain.CashCount
	for _, c := range counts {
		if c.Branch == branch {
			own = append(own, c)
		}
	}
	return own
}

// addUp stores the total of a day, unless the inbox holds the same one.
func (d *Days) addUp(ctx context.Context, integration string, day reconcile.Day, counts []domain.CashCount) (stored int, _ error) {
	at := midnight(day.Date)
	receipts, newest, err := d.receipts(ctx, integration, day, at)
	if err != nil {
		return 0, err
	}
	total, code, about := reconcile.DayTotal(day, receipts, counts)
	arrived := connectors.SourceOrder{Order: total}
	if code != "" {
		arrived.Order = domain.Order{ID: day.ID(), Number: day.Number(), Source: domain.SourceDayTotal, TotalIncl: turnoverOf(receipts)}
		arrived.Fault = fault.New(fault.Invalid, code, "add up a day").About(about)
	}
	marker, same, err := d.totalBefore(ctx, integration, arrived)
	if err != nil {
		return 0, err
	}
	arrived.Order.Version.Marker = marker + 1
	ref, err := d.Payloads.Prepare(ctx, integration, d.Now())
	if err != nil {
		return 0, err
	}
	err = d.inTx(ctx, func(tx pgx.Tx) error {
		if !same {
			if stored, err = d.storeOne(ctx, tx, integration, arrived, ref); err != nil {
				return err
			}
		}
		return db.Q.DayReceiptAdded(ctx, tx, store.DayReceiptAddedParams{Integration: integration, Branch: day.Branch, Day: at, Marker: newest})
	})
	return stored, err
}

// receipts reads the receipts of a day, and the marker of the newest that counts.
func (d *Days) receipts(ctx context.Context, integration string, day reconcile.Day, at time.Time) (receipts []domain.Order, newest int64, _ error) {
	rows, err := db.Q.DayReceiptListOf(ctx, d.DB, store.DayReceiptListOfParams{
		Integration: integration, Entity: string(domain.EntityOrder), Branch: day.Branch, Day: at,
	})
	if err != nil {
		return nil, 0, fmt.Errorf("list the receipts of a day: %w", err)
	}
	for _, row := range rows {
		kept, err := d.open(ctx, row.Inbox)
		if err != nil {
			return nil, 0, err
		}
		receipts, newest = append(receipts, kept.Order), max(newest, row.GatheredMarker)
	}
	return receipts, newest, nil
}

// totalBefore gives the version that the inbox holds of a day's total, and
// whether it is the same one.
func (d *Days) totalBefore(ctx context.Context, integration string, arrived connectors.SourceOrder) (marker int64, same bool, _ error) {
	row, err := db.Q.InboxGet(ctx, d.DB, store.InboxGetParams{
		Integration: integration, Entity: string(domain.EntityOrder), SourceID: string(arrived.Order.ID),
	})
	if db.IsNotFound(err) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, fmt.Errorf("read the inbox: %w", err)
	}
	before, err := d.open(ctx, row)
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.NotFound { // its payload is forgotten: the link knows what was booked
		return row.Marker, row.ContentHash == arrived.Order.ContentHash() && arrived.Fault == nil, nil
	}
	return row.Marker, before.Fault == arrivalOf(arrived).Fault && before.Order.ContentHash() == arrived.Order.ContentHash(), err
}

func turnoverOf(receipts []domain.Order) (total decimal.Decimal) {
	for _, r := range receipts {
		total = total.Add(r.TotalIncl)
	}
	return total
}

// midnight is how the database holds a date.
func midnight(d domain.Date) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}
