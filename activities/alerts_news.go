package activities

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

// Delivery is one message for one channel. Its ID follows from what it tells, so
// that the same news has the same ID whoever sends it, however often.
type Delivery struct {
	Channel string
	ID      string
	News    []int64 // incidents that the channel does not know, or that grew since
	Solved  []int64
}

// quiet is how long a cause that a channel knows is not told again because more
// records stopped on it: a cause is one message, not one for each record.
const quiet = 24 * time.Hour

// deliveries works out what each channel has to hear. It decides from what it is
// given, and changes nothing.
func deliveries(integration string, channels []settings.AlertChannel, incidents []store.Incident, told []store.IncidentTold, now time.Time) []Delivery {
	var parked int64
	for _, incident := range incidents {
		if incident.Topic == domain.TopicParked && incident.ClosedAt == nil {
			parked += incident.Records
		}
	}
	var all []Delivery
	for _, channel := range channels {
		d := Delivery{Channel: channel.Name}
		seed := integration + "/" + channel.Name
		for _, incident := range incidents {
			at := slices.IndexFunc(told, func(t store.IncidentTold) bool { return t.Incident == incident.ID && t.Channel == channel.Name })
			switch {
			case incident.ClosedAt != nil && at >= 0:
				d.Solved = append(d.Solved, incident.ID)
				seed += fmt.Sprintf(" solved %d", incident.ID)
			case incident.ClosedAt != nil || !concerns(channel, incident, parked):
			case at < 0:
				d.News = append(d.News, incident.ID)
				seed += fmt.Sprintf(" new %d", incident.ID)
			case grew(incident, told[at], now):
				d.News = append(d.News, incident.ID)
				seed += fmt.Sprintf(" more %d since %d", incident.ID, told[at].ToldAt.UnixMicro())
			}
		}
		if len(d.News)+len(d.Solved) > 0 {
			sum := sha256.Sum256([]byte(seed))
			d.ID = hex.EncodeToString(sum[:16])
			all = append(all, d)
		}
	}
	return all
}

// concerns reports whether a channel wants to hear of an incident. That people
// cannot be told concerns everybody but the channel that fails.
func concerns(channel settings.AlertChannel, incident store.Incident, parked int64) bool {
	switch incident.Topic {
	case domain.TopicChannel:
		return incident.Subject != channel.Name
	case domain.TopicParked:
		return slices.Contains(channel.About, settings.AlertParked) && parked >= int64(channel.MinOpen)
	default:
		return slices.Contains(channel.About, settings.AlertTopic(incident.Topic))
	}
}

func grew(incident store.Incident, told store.IncidentTold, now time.Time) bool {
	return incident.Topic != domain.TopicPaused && incident.Topic != domain.TopicChannel &&
		incident.NewestAt.After(told.ToldAt) && now.Sub(told.ToldAt) >= quiet
}
