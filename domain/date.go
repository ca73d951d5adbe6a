package domain

import (
	"cmp"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Date is a calendar date in Amsterdam, without a time of day. The zero Date
// means "no date".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// errNoDate has no part of what was written: the text may come from a record.
var errNoDate = errors.New("date must be written as YYYY-MM-DD and exist, such as 2026-01-31")

// ParseDate reads YYYY-MM-DD; empty text is the zero Date.
func ParseDate(text string) (Date, error) {
	if text == "" {
		return Date{}, nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Date{}, errNoDate
	}
	return Date{t.Year(), t.Month(), t.Day()}, nil
}

// DateIn is the calendar date of an instant in the given zone.
func DateIn(t time.Time, zone *time.Location) Date {
	t = t.In(zone)
	return Date{t.Year(), t.Month(), t.Day()}
}

// Moment writes an instant for people: the wall clock of Amsterdam, to the second,
// with the name of its zone; in UTC on a machine that does not know Amsterdam.
func Moment(at time.Time) string {
	return at.In(Amsterdam()).Format(time.DateTime + " MST")
}

// Amsterdam is the time zone of every date; UTC on a machine that does not know it.
func Amsterdam() *time.Location { return amsterdam() }

var amsterdam = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		return time.UTC
	}
	return zone
})

// AddDays gives the day so many days later.
func (d Date) AddDays(days int) Date {
	return DateIn(time.Date(d.Year, d.Month, d.Day+days, 12, 0, 0, 0, time.UTC), time.UTC)
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String writes YYYY-MM-DD, or nothing for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText writes the date as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Before reports whether d is an earlier day than other. The zero Date is before
// every other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After reports whether d is a later day than other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// Compare orders dates: below, at or above zero.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}
