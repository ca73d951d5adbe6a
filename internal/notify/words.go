package notify

import (
	"fmt"
	"strings"
	"time"

	"github.com/koppel/koppel/domain"
)

// Subject is a message in one line.
func Subject(n domain.Notice) string {
	switch {
	case n.Test:
		return "[Koppel] " + n.Integration + ": a test message"
	case len(n.News) == 0:
		return "[Koppel] " + n.Integration + ": " + count(len(n.Solved), "thing is", "things are") + " solved"
	}
	line := "[Koppel] " + n.Integration + ": " + headline(n.News[0])
	if more := len(n.News) - 1; more > 0 {
		line += fmt.Sprintf(", and %d more", more)
	}
	return line
}

func headline(i domain.Incident) string {
	switch i.Topic {
	case domain.TopicPaused:
		if i.Subject == domain.SubjectLoad {
			return "the initial load of " + i.Flow + " stands still"
		}
		return "the flow " + i.Flow + " is stopped"
	case domain.TopicDoubles:
		return count(int(i.Records), "record stands", "records stand") + " in the books twice"
	case domain.TopicChannel:
		return "the channel " + i.Subject + " does not work"
	default:
		return count(int(i.Records), "record waits", "records wait") + " for a person"
	}
}

// Text is a message in plain words.
func Text(n domain.Notice) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Koppel, integration %s.\n", n.Integration)
	if n.Test {
		fmt.Fprintf(&b, "\nThis is a test of the channel %s. Messages arrive.\n", n.Channel)
	}
	if len(n.News) > 0 {
		b.WriteString("\nNEW\n")
	}
	for _, incident := range n.News {
		b.WriteString("\n" + paragraph(incident, n.At))
	}
	if len(n.Solved) > 0 {
		b.WriteString("\nSOLVED\n\n")
	}
	for _, incident := range n.Solved {
		fmt.Fprintf(&b, "%s: %s\n", placeOf(incident), incident.Reason().Words)
	}
	if n.StillOpen > 0 {
		fmt.Fprintf(&b, "\nOpen still, from earlier messages: %s.\n", count(n.StillOpen, "cause", "causes"))
	}
	if n.Page != "" {
		fmt.Fprintf(&b, "\nHow things stand: %s\n", n.Page)
	}
	return b.String()
}

// paragraph is one cause: what happened, to how much, and what to do.
func paragraph(i domain.Incident, at time.Time) string {
	var b strings.Builder
	reason := i.Reason()
	fmt.Fprintf(&b, "%s: %s\n%s (%s)\n", placeOf(i), headline(i), reason.Words, i.Code)
	if i.Records > 0 {
		if i.Cents != 0 {
			fmt.Fprintf(&b, "Together EUR %s. ", domain.Euros(i.Cents).StringFixed(2))
		}
		fmt.Fprintf(&b, "The oldest waits %s.\n", length(at.Sub(i.Oldest)))
	}
	if len(i.Numbers) > 0 {
		b.WriteString("Numbers: " + strings.Join(i.Numbers, ", "))
		if more := i.Records - int64(len(i.Numbers)); more > 0 {
			fmt.Fprintf(&b, " and %d more", more)
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "What to do: %s\n", reason.Fix)
	return b.String()
}

func placeOf(i domain.Incident) string {
	if i.Subject != "" && i.Subject != domain.SubjectLoad {
		return i.Flow + " " + i.Subject
	}
	return i.Flow
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// length writes a length of time as people say it.
func length(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "less than a minute"
	case d < 2*time.Hour:
		return count(int(d.Minutes()), "minute", "minutes")
	case d < 48*time.Hour:
		return count(int(d.Hours()), "hour", "hours")
	default:
		return count(int(d.Hours()/24), "day", "days")
	}
}
