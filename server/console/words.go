package console

import (
	"fmt"
	"maps"
	"slices"
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
	// The space does not break: an amount stays on one line.
	return "€\u00a0" + domain.Euros(cents).StringFixed(2)
}

// outcomeWords are the outcomes in the order in which people care, in plain words.
var outcomeWords = []struct{ code, words string }{
	{"delivered", "delivered"},
	{"adopted", "found in the books"},
	{"updated", "changed in the books"},
	{"countered", "taken back"},
	{"unchanged", "unchanged"},
	{"gathered", "in the total of the day"},
	{"marked", "marked at the till"},
	{"skipped", "skipped"},
	{"parked", "parked"},
}

// outcomesOf puts counts into words and in order. An outcome without words of
// its own comes last, as it is.
func outcomesOf(counts map[string]int64) []outcome {
	var known, other []outcome
	rest := maps.Clone(counts)
	for _, o := range outcomeWords {
		if n, ok := rest[o.code]; ok {
			known = append(known, outcome{Name: o.words, Records: n})
			delete(rest, o.code)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(rest)) {
		other = append(other, outcome{Name: code, Records: rest[code]})
	}
	return append(known, other...)
}

func count(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.FormatInt(n, 10) + " " + many
}

// numberOf is what people call a parked record.
func numberOf(p parked) string {
	switch p.Number {
	case "":
		return "(no number)"
	case "*":
		return "(all of the flow)"
	default:
		return p.Number
	}
}

// waiting is the caption over what an integration has parked.
func waiting(i integration) string {
	text := "Waiting for a person: " + count(i.ParkedAll, "record", "records")
	if i.ParkedEuro != "" {
		text += ", " + i.ParkedEuro
	}
	return text
}
