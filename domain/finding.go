package domain

// CheckOutcome is how one check of a connection or of the house ended.
type CheckOutcome string

const (
	// CheckOK: as it should be.
	CheckOK CheckOutcome = "ok"
	// CheckFailed: nothing can pass before a person acts.
	CheckFailed CheckOutcome = "failed"
	// CheckWarns: something is missing that the flows can do without.
	CheckWarns CheckOutcome = "warns"
	// CheckNotRun: an earlier check failed, so this one could not be made.
	CheckNotRun CheckOutcome = "not_run"
)

// Check is one thing that was looked at. It holds no personal data and no
// secret: it may enter a history.
type Check struct {
	Name    string // what was looked at: "reach", "consent", "object"
	About   string // which one of several: an object, a table and field, a list
	Outcome CheckOutcome
	Code    string // when it did not end well: the key of its explanation
	Found   string // what was seen: a version, a count, the name of an object
}

// Assumption is one fact about a system that no public source settles, and what
// the live system says about it.
type Assumption struct {
	Row     string // where the reference lists it: "accountview 7"
	Topic   string // the question in a few words
	Path    string // the setting of the document that follows from it; empty when nothing needs setting
	Assumed string // what is set now, or what the client takes for granted
	Found   string // what the system showed; empty when reading cannot settle it
	Set     string // the value to set when what was found differs; empty when nothing needs to change
	How     string // how to find out, when reading cannot settle it
}

// Settled reports whether the live system answered the question.
func (a Assumption) Settled() bool { return a.Found != "" }

// Findings are all that a probe of one system found. Listings may name people.
type Findings struct {
	Checks      []Check
	Listings    Listings
	Assumptions []Assumption
}

// Verdict is the code of the first check that failed; empty when the connection
// can do its work.
func (f Findings) Verdict() string {
	for _, c := range f.Checks {
		if c.Outcome == CheckFailed {
			return c.Code
		}
	}
	return ""
}
