package accountview

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/koppel/koppel/domain"
)

var errNotADate = errors.New("not a date")

// zonelessForms are the forms without a zone (reference: GO client).
var zonelessForms = []string{"2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02"}

// parseDate reads a date in any form the API was seen to use; empty text is no
// date. A midnight is the date as written, whatever zone stands behind it, since
// local time labelled Z is in use; any other moment with a zone is the date in
// Amsterdam.
func parseDate(text string, zone *time.Location) (domain.Date, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return domain.Date{}, nil
	}
	for _, form := range zonelessForms {
		if t, err := time.Parse(form, text); err == nil {
			return plainDate(t), nil
		}
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return domain.Date{}, errNotADate
	}
	if h, m, s := t.Clock(); h == 0 && m == 0 && s == 0 {
		return plainDate(t), nil
	}
	if t = t.In(zone); t.Year() > 9999 {
		return domain.Date{}, errNotADate
	}
	return plainDate(t), nil
}

// plainDate takes the date as written. The books have no year before 1900: what
// lies there is the empty date of some layer in between.
func plainDate(t time.Time) domain.Date {
	if t.Year() < 1900 {
		return domain.Date{}
	}
	return domain.DateIn(t, t.Location())
}

// midnight writes a date as clients do in a POST; midnight keeps it from shifting.
func midnight(d domain.Date) string { return d.String() + "T00:00:00.000Z" }

// sinceLiteral writes the lower bound of a change date: the wall clock in
// Amsterdam, as the books keep it. In the hour before the clock goes back the
// bound is set back too, because a later change may carry an earlier time.
func sinceLiteral(since time.Time, zone *time.Location) string {
	wall := since.In(zone)
	_, now := wall.Zone()
	_, soon := wall.Add(time.Hour).Zone()
	if soon < now {
		wall = wall.Add(time.Duration(soon-now) * time.Second)
	}
	return fmt.Sprintf("{^%s}", wall.Format(time.DateTime))
}
