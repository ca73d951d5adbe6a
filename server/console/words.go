package console

import (
	"fmt"
	"strconv"
	"time"

	"github.com/koppel/koppel/domain"
)

// clock is a moment as the page writes it: for people in Amsterdam time, for
// programs in UTC.
type clock struct {
	Text    string
	Machine string
}

func (c clock) isZero() bool { return c.Machine == "" }

func clockOf(at time.Time) clock {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		zone = time.UTC
	}
	return clock{Text: at.In(zone).Format("15:04:05"), Machine: at.UTC().Format(time.RFC3339)}
}

// ago writes a length of time as people say it.
func ago(d time.Duration) string {
	switch {
	case d < time.Second:
		return "just now"
	case d < time.Minute:
		return fmt.Sprintf("%d s ago", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 2*day:
		return fmt.Sprintf("%d h ago", int(d.Hours()))
	default:
		return fmt.Sprintf("%d days ago", int(d/day))
	}
}

// euro writes an amount in cents; nothing for none.
func euro(cents int64) string {
	if cents == 0 {
		return ""
	}
	return "€ " + domain.Euros(cents).StringFixed(2)
}

var outcomeWords = map[string]string{
	"delivered": "delivered",
	"adopted":   "found in the books",
	"unchanged": "unchanged",
	"skipped":   "skipped",
	"parked":    "parked",
}

// outcomeName is an outcome in plain words; one that has none is shown as it is.
func outcomeName(code string) string {
	if words, ok := outcomeWords[code]; ok {
		return words
	}
	return code
}

func count(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.FormatInt(n, 10) + " " + many
}

// numberOf is what people call a parked record.
func numberOf(p parked) string {
	if p.Number == "" {
		return "(no number)"
	}
	return p.Number
}

// waiting is the caption over what an integration has parked.
func waiting(i integration) string {
	text := "Waiting for a person: " + count(i.ParkedAll, "record", "records")
	if i.ParkedEuro != "" {
		text += ", " + i.ParkedEuro
	}
	return text
}
