package mplus

import (
	"time"

	"github.com/koppel/koppel/domain"
)

// date reads a calendar date; any part 0 means no date.
func (r *reading) date(element string, w *soapMplusDate) domain.Date {
	if w == nil {
		return domain.Date{}
	}
	var year, month, day int
	r.in(element, func() {
		year, month, day = r.count("year", w.Year), r.count("mon", w.Mon), r.count("day", w.Day)
	})
	if year == 0 || month == 0 || day == 0 {
		return domain.Date{}
	}
	if !isDate(year, month, day) {
		r.fail(element, "is not a date")
		return domain.Date{}
	}
	return domain.Date{Year: year, Month: time.Month(month), Day: day}
}

func isDate(year, month, day int) bool {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 {
		return false
	}
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() == day
}

// instant reads a wall clock. Its own offset decides when there is one; otherwise
// it is Amsterdam's clock. A date part 0 means no time at all.
func (r *reading) instant(element string, w *soapMplusDateTime) time.Time {
	if w == nil {
		return time.Time{}
	}
	var year, month, day, hour, minute, second, offset int
	var summer bool
	r.in(element, func() {
		year, month, day = r.count("year", w.Year), r.count("mon", w.Mon), r.count("day", w.Day)
		hour, minute, second = r.count("hour", w.Hour), r.count("min", w.Min), r.count("sec", w.Sec)
		offset, summer = r.count("timezone", w.Timezone), r.yes("isdst", w.IsDST, false)
	})
	if year == 0 || month == 0 || day == 0 {
		return time.Time{}
	}
	const furthest = 14 * 60 // minutes: no place on earth is further from UTC
	if !isDate(year, month, day) || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 ||
		offset < -furthest || offset > furthest {
		r.fail(element, "is not a time")
		return time.Time{}
	}
	wall := time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
	if offset != 0 && r.timeOffset == OffsetTrusted {
		return wall.Add(-time.Duration(offset) * time.Minute).In(r.zone)
	}
	return instantAt(wall, summer, r.zone)
}

// instantAt finds the moment at which the clocks of the zone show this wall
// clock. In the hour that autumn gives twice, summer tells which is meant. The
// hour that spring skips is read by winter time, as if the clock had not been set.
func instantAt(wall time.Time, summer bool, zone *time.Location) time.Time {
	before := offsetAt(wall.Add(-24*time.Hour), zone)
	after := offsetAt(wall.Add(24*time.Hour), zone)
	early, late := wall.Add(-before).In(zone), wall.Add(-after).In(zone)
	isEarly, isLate := shows(early, wall), shows(late, wall)
	switch {
	case isEarly && isLate && !early.Equal(late):
		if summer == early.IsDST() {
			return early
		}
		return late
	case !isEarly && isLate:
		return late
	default:
		return early
	}
}

func offsetAt(t time.Time, zone *time.Location) time.Duration {
	_, seconds := t.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}

func shows(t, wall time.Time) bool {
	return t.Format(time.DateTime) == wall.Format(time.DateTime)
}

// soapMplusDateTimeFromInstant writes Amsterdam's clock with its true offset and
// summer time, so that a reader who trusts either is right.
func soapMplusDateTimeFromInstant(t time.Time, zone *time.Location) soapMplusDateTimeOut {
	t = t.In(zone)
	_, offset := t.Zone()
	return soapMplusDateTimeOut{
		Sec: t.Second(), Min: t.Minute(), Hour: t.Hour(), Day: t.Day(), Mon: int(t.Month()), Year: t.Year(),
		IsDST: t.IsDST(), Timezone: offset / 60,
	}
}
