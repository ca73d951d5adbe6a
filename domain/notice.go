package domain

import "time"

// Notice is one message to people about one integration: what is new, what is
// solved, and how much is open still. It holds numbers, codes, counts and amounts;
// never a name.
type Notice struct {
	ID          string // the same each time that this message is sent
	Integration string
	Channel     string
	At          time.Time
	Test        bool // a person tries the channel
	News        []Incident
	Solved      []Incident
	StillOpen   int    // causes that the channel was told of earlier
	Page        string // address of the status page; empty when it is not known
}

// Incident is one cause that stops records or a flow, however many.
type Incident struct {
	Topic   string // parked, paused, doubles or channel
	Flow    string
	Code    string   // the key of its explanation
	Subject string   // the channel that fails, if it is one; SubjectLoad for an initial load
	Records int64    // that wait for a person
	Cents   int64    // what they are worth together
	Numbers []string // of the oldest
	Oldest  time.Time
}

// Topics of incidents.
const (
	// TopicParked: records wait for a person.
	TopicParked = "parked"
	// TopicPaused: a flow was stopped.
	TopicPaused = "paused"
	// TopicDoubles: records stand in the books twice.
	TopicDoubles = "doubles"
	// TopicChannel: people cannot be told.
	TopicChannel = "channel"
)

// SubjectLoad tells the initial load of a flow apart from the flow, where it was paused.
const SubjectLoad = "load"

// Reason explains the cause.
func (i Incident) Reason() Reason { return ReasonFor(i.Code) }
