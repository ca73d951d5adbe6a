package accountview

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

var _ connectors.Calendar = (*Books)(nil)

const (
	// calendarLife is how long periods are remembered: short, because a bookkeeper
	// who opens one wants to see it work.
	calendarLife = 5 * time.Minute
	// mostBookYears is how many book years are asked for an open day.
	mostBookYears = 4
)

// period is a period of the books.
type period struct {
	start, end domain.Date
	closed     bool
}

// bookYear is what the books answered for a date: the periods of the
// administration that holds it. Every book year is an administration of its own.
type bookYear struct {
	from, to domain.Date
	periods  []period // by their first day; none where there is no such administration
	until    time.Time
}

// calendar remembers book years.
type calendar struct {
	reading lock
	years   []bookYear
}

// OpenFrom gives the first day, from the given one on, that lies in a period of
// the books that is not closed; the zero date when none does. A day in no period
// is not open. Where no column says so, no period counts as closed.
func (b *Books) OpenFrom(ctx context.Context, day domain.Date) (domain.Date, error) {
	release, err := b.calendar.reading.take(ctx)
	if err != nil {
		return domain.Date{}, fault.New(fault.Unavailable, "cancelled", system+" GET "+b.settings.Periods.Object).Because(err)
	}
	defer release()
	for range mostBookYears {
		year, err := b.bookYearOf(ctx, day)
		if err != nil {
			return domain.Date{}, err
		}
		for _, p := range year.periods {
			if !p.closed && !p.end.Before(day) {
				return later(p.start, day), nil
			}
		}
		day = later(year.to, day).AddDays(1)
	}
	return domain.Date{}, nil
}

// bookYearOf gives the book year of a day, remembered or read.
func (b *Books) bookYearOf(ctx context.Context, day domain.Date) (bookYear, error) {
	now := b.now()
	b.calendar.years = slices.DeleteFunc(b.calendar.years, func(y bookYear) bool { return !now.Before(y.until) })
	for _, y := range b.calendar.years {
		if !day.Before(y.from) && !y.to.Before(day) {
			return y, nil
		}
	}
	y, err := b.readBookYear(ctx, day)
	if err != nil {
		return bookYear{}, err
	}
	y.until = now.Add(calendarLife)
	b.calendar.years = append(b.calendar.years, y)
	return y, nil
}

// readBookYear reads the periods of the administration that holds a day. A
// refusal means that there is none, if the list of administrations agrees.
func (b *Books) readBookYear(ctx context.Context, day domain.Date) (bookYear, error) {
	s := b.settings.Periods
	none := bookYear{from: domain.Date{Year: day.Year, Month: 1, Day: 1}, to: domain.Date{Year: day.Year, Month: 12, Day: 31}}
	rows, err := b.rows(ctx, Query{
		Object: s.Object, Table: s.Table, BookDate: day,
		Fields: slices.DeleteFunc(distinct(b.settings.pageKey(s.Table), s.StartField, s.EndField, s.ClosedField), func(f string) bool { return f == "" }),
	})
	if fault.Is(err, fault.Rejected) && b.hasNoBookYear(ctx, day.Year) {
		return none, nil
	}
	if err != nil {
		return bookYear{}, err
	}
	var y bookYear
	for _, r := range rows {
		p, ok := s.periodFrom(r, b.zone)
		if !ok {
			continue
		}
		y.periods = append(y.periods, p)
		y.to = later(y.to, p.end)
		if y.from.IsZero() || p.start.Before(y.from) {
			y.from = p.start
		}
	}
	if len(rows) > 0 && len(y.periods) == 0 {
		return bookYear{}, fault.New(fault.Misconfigured, codeColumnMissing, system+" GET "+s.Object+": "+s.StartField)
	}
	slices.SortFunc(y.periods, func(p, q period) int { return cmp.Compare(p.start.String(), q.start.String()) })
	if y.from.IsZero() || day.Before(y.from) || y.to.Before(day) { // another year answered, or none
		y.from, y.to = none.from, later(none.to, y.to)
	}
	return y, nil
}

// periodFrom reads a period. One without both days, or that ends before it
// begins, holds no day.
func (s PeriodSettings) periodFrom(r row, zone *time.Location) (period, bool) {
	start, err := r.date(s.StartField, zone)
	if err != nil || start.IsZero() {
		return period{}, false
	}
	end, err := r.date(s.EndField, zone)
	if err != nil || end.IsZero() || end.Before(start) {
		return period{}, false
	}
	return period{start: start, end: end, closed: s.ClosedField != "" && r.flag(s.ClosedField)}, true
}

// hasNoBookYear reports whether the list of administrations is there and lacks a
// year. Where it tells nothing, the refusal stands.
func (b *Books) hasNoBookYear(ctx context.Context, year int) bool {
	rows, err := b.rows(ctx, Query{
		Object: objectAdministrations, Table: tableAdministrations, Key: fieldAdministration, System: true,
		Fields: []string{fieldAdministration, fieldBookYear},
	})
	if err != nil {
		return false
	}
	told := false
	for _, r := range rows {
		years := r.text(fieldBookYear)
		told = told || years != ""
		if strings.Contains(years, strconv.Itoa(year)) {
			return false
		}
	}
	return told
}

func later(a, b domain.Date) domain.Date {
	if a.Before(b) {
		return b
	}
	return a
}
