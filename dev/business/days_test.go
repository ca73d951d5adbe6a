package business

import (
	"strings"
	"time"

	"github.com/koppel/koppel/domain"
)

// opened is when the suite began.
var opened = time.Now()

// today is the day in the shops and in the books, all through the suite.
func today() string { return opened.In(domain.Amsterdam()).Format(time.DateOnly) }

// shopHours is the clock of a group: it began at noon, so that no story is told
// on two days.
func shopHours() time.Time { return midday().Add(time.Since(opened)) }

// inDays is the day so many days from today.
func inDays(days int) string {
	day, err := time.Parse(time.DateOnly, today())
	if err != nil {
		return ""
	}
	return day.AddDate(0, 0, days).Format(time.DateOnly)
}

// midday is noon of today in Amsterdam.
func midday() time.Time {
	day, err := time.ParseInLocation(time.DateOnly, today(), domain.Amsterdam())
	if err != nil {
		return time.Time{}
	}
	return day.Add(12 * time.Hour)
}

func thisYear(day string) string { return today()[:4] + "-" + day }

func lastYear(day string) string { return midday().AddDate(-1, 0, 0).Format("2006") + "-" + day }

func dateOf(day string) domain.Date {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return domain.Date{}
	}
	return domain.DateIn(at, time.UTC)
}

// period is the number of the period that a day is in: months, in these books.
func period(day string) string { return strings.TrimPrefix(day[5:7], "0") }
