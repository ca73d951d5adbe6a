package fault

// Kind is a class of failure. It says who must act: nobody (wait and try
// again), the person who owns the record, or the person who owns the connection.
type Kind string

const (
	// Invalid: our own check refused the record before it was sent.
	Invalid Kind = "Invalid"
	// Rejected: the far side understood the record and refused it.
	Rejected Kind = "Rejected"
	// NotFound: the far side does not know what was asked for.
	NotFound Kind = "NotFound"
	// Conflict: the record clashes with another, or was changed by another.
	Conflict Kind = "Conflict"
	// Unauthorized: the credentials are refused; nothing can pass.
	Unauthorized Kind = "Unauthorized"
	// Misconfigured: a setting is wrong; nothing can pass.
	Misconfigured Kind = "Misconfigured"
	// Throttled: told to wait, by the far side or by our own limits.
	Throttled Kind = "Throttled"
	// Unavailable: not sent, or refused before any work was done.
	Unavailable Kind = "Unavailable"
	// Uncertain: sent, but no clear answer: the work may be done, now or later.
	Uncertain Kind = "Uncertain"
	// Unknown: not foreseen.
	Unknown Kind = "Unknown"
)

// Retryable reports whether trying the same again can succeed without a person.
func (k Kind) Retryable() bool {
	switch k {
	case Throttled, Unavailable, Uncertain, Unknown:
		return true
	default:
		return false
	}
}

// StopsEverything reports whether no record at all can pass until a person acts.
func (k Kind) StopsEverything() bool {
	return k == Unauthorized || k == Misconfigured
}
