package reconcile

import "time"

// CatalogStep is what is to be done at the till about a record of the books.
type CatalogStep string

// What CatalogStep may be.
const (
	// CatalogCreate: the till does not have it.
	CatalogCreate CatalogStep = "create"
	// CatalogUpdate: the till has it otherwise.
	CatalogUpdate CatalogStep = "update"
	// CatalogLeave: the till has it so.
	CatalogLeave CatalogStep = "leave"
	// CatalogNotMade: the till does not have it, and the document makes none.
	CatalogNotMade CatalogStep = "not_made"
	// CatalogNotChanged: the till has it otherwise, and the document changes none.
	CatalogNotChanged CatalogStep = "not_changed"
)

// StepOf decides about one record: held says that the till has it, changed that
// something of it differs, and the others what the document allows.
func StepOf(held, changed, creates, updates bool) CatalogStep {
	switch {
	case !held && creates:
		return CatalogCreate
	case !held:
		return CatalogNotMade
	case !changed:
		return CatalogLeave
	case updates:
		return CatalogUpdate
	default:
		return CatalogNotChanged
	}
}

// FullIsDue reports whether a run compares everything: when none ever did, or when
// the time of day is past and the last one began before it. Moments count in the
// zone of now.
func FullIsDue(now, last time.Time, at time.Duration, daily bool) bool {
	if last.IsZero() {
		return true
	}
	if !daily {
		return false
	}
	due := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, int(at/time.Second), 0, now.Location())
	return !now.Before(due) && last.Before(due)
}

// TooManyGone reports whether so many records are missing that it is more likely a
// mistake than a clean-up: more than the share, in percent, of all that are known.
func TooManyGone(gone, known, share int) bool { return gone*100 > known*share }
