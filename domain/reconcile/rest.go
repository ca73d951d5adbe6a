package reconcile

import "time"

// RestRules say how long a sale rests before it goes to the books.
type RestRules struct {
	AfterChange time.Duration // so long nothing may have changed
	UntilPaid   bool          // and it must be paid in full
	AtMost      time.Duration // an unpaid one waits no longer than this after its last change
}

// RestCause is what a sale waits for. It is the code that explains it to people.
type RestCause string

// What a sale waits for.
const (
	RestAfterChange RestCause = "rests_after_change"
	RestUntilPaid   RestCause = "rests_until_paid"
	// NotPaidInTime: it waited as long as it may. It is for a person now.
	NotPaidInTime RestCause = "not_paid_in_time"
)

// Rest is why a sale does not go yet, and how long until somebody must look
// again. Without a cause it goes.
type Rest struct {
	Cause RestCause
	Left  time.Duration
}

// RestOf decides whether a sale goes to the books now. It changed last at a
// moment; one that stands in the books already is not asked to be paid.
func RestOf(rules RestRules, changed, now time.Time, paid, booked bool) Rest {
	since := now.Sub(changed)
	switch {
	case since < rules.AfterChange:
		return Rest{Cause: RestAfterChange, Left: rules.AfterChange - since}
	case !rules.UntilPaid || paid || booked:
		return Rest{}
	case since < rules.AtMost:
		return Rest{Cause: RestUntilPaid, Left: rules.AtMost - since}
	default:
		return Rest{Cause: NotPaidInTime}
	}
}
