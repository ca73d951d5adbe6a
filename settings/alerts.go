package settings

import (
	"fmt"
	"net/mail"
)

// Alerts say who is told that something waits for a person. The mail server is
// a matter of the process; here stands who it writes to.
type Alerts struct {
	Every    Duration       `yaml:"every" min:"1m" max:"24h" title:"Interval" help:"How often Koppel looks for something to tell. What is told in one look goes out as one message."`
	Channels []AlertChannel `yaml:"channels" title:"Channels" help:"Who is told, and how. Without a channel nobody is: what waits is then only seen on the status page."`
}

// AlertChannel is one way to reach somebody.
type AlertChannel struct {
	Name    string       `yaml:"name" required:"true" title:"Name" help:"What the channel is called, in lower-case letters, digits and hyphens. The secret of a webhook is named after it."`
	Kind    AlertKind    `yaml:"kind" required:"true" enum:"email|webhook" title:"Kind" help:"How the message travels."`
	To      []string     `yaml:"to" maxlen:"254" title:"Recipients" help:"E-mail addresses of those who are told. For a channel of kind email."`
	URL     string       `yaml:"url" maxlen:"500" title:"Address" help:"Where the message is posted, signed with the channel's secret. For a channel of kind webhook. Empty when the address itself is secret, as with chat services that put a token in it: then set it as the secret alert.NAME.url."`
	About   []AlertTopic `yaml:"about" enum:"parked|paused|doubles" unique:"true" default:"parked|paused|doubles" title:"Topics" help:"What this channel is told about."`
	MinOpen int          `yaml:"min_open" min:"1" max:"100000" default:"1" title:"From how many" unit:"records" help:"This channel is told of parked records when at least so many are open."`
}

// AlertKind is how a message travels.
type AlertKind string

// What AlertKind may be.
const (
	AlertEmail   AlertKind = "email"
	AlertWebhook AlertKind = "webhook"
)

// Help says what the value means.
func (k AlertKind) Help() string {
	return map[AlertKind]string{
		AlertEmail:   "A message to each recipient, by the mail server of the process.",
		AlertWebhook: "A signed message in JSON, posted to the address.",
	}[k]
}

// AlertTopic is a reason to tell somebody.
type AlertTopic string

// What AlertTopic may be.
const (
	AlertParked  AlertTopic = "parked"
	AlertPaused  AlertTopic = "paused"
	AlertDoubles AlertTopic = "doubles"
)

// Help says what the value means.
func (t AlertTopic) Help() string {
	return map[AlertTopic]string{
		AlertParked:  "Records wait for a person.",
		AlertPaused:  "A flow was stopped, because credentials or settings are refused.",
		AlertDoubles: "A record stands in the books twice.",
	}[t]
}

// AlertSecret names the secret that signs what a webhook channel is sent.
func AlertSecret(channel string) string { return "alert." + channel + ".secret" }

// AlertURLSecret names the secret that holds the address of a webhook channel
// whose document gives none. Unlike an address in the document it may hold a query.
func AlertURLSecret(channel string) string { return "alert." + channel + ".url" }

// secretAddress reports whether the channel's address must come from a secret.
func (c AlertChannel) secretAddress() bool { return c.Kind == AlertWebhook && c.URL == "" }

func (a Alerts) problems(path string) Problems {
	var problems Problems
	named := map[string]int{}
	for i, channel := range a.Channels {
		at := fmt.Sprintf("%s.channels[%d]", path, i)
		if first, twice := named[channel.Name]; twice && channel.Name != "" {
			problems = append(problems, Problem{Path: at + ".name", Text: fmt.Sprintf("stands here twice; the first is channel [%d]", first)})
		} else {
			named[channel.Name] = i
		}
		problems = append(problems, channel.problems(at)...)
	}
	return problems
}

func (c AlertChannel) problems(at string) Problems {
	var problems Problems
	add := func(key, text string) { problems = append(problems, Problem{Path: at + key, Text: text}) }
	if c.Name != "" && !slug.MatchString(c.Name) {
		add(".name", slugRule)
	}
	if len(c.About) == 0 {
		add(".about", "must name at least one topic, or nobody is told anything")
	}
	switch {
	case c.Kind == AlertEmail && len(c.To) == 0:
		add(".to", "must name at least one recipient")
	case c.Kind == AlertEmail && c.URL != "":
		add(".url", "is only used by a webhook")
	case c.Kind == AlertWebhook && len(c.To) > 0:
		add(".to", "is only used for e-mail")
	}
	seen := map[string]bool{}
	for i, to := range c.To {
		address, err := mail.ParseAddress(to)
		if key := fmt.Sprintf(".to[%d]", i); err != nil || address.Address != to {
			add(key, "must be a bare e-mail address such as name@example.nl")
		} else if seen[to] {
			add(key, "stands here twice") // without the address: problems are logged
		}
		seen[to] = true
	}
	return append(problems, urlProblems(at+".url", c.URL)...)
}
