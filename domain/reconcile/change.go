package reconcile

import "github.com/koppel/koppel/domain"

// Booked is one document that stands in the books for a sale.
type Booked struct {
	Version     int // 1 for the first; what takes a version back has its number
	Counter     bool
	ContentHash string       // of the sale as it was written
	Order       domain.Order // the sale as it was then
	Fixed       string       // content of a sale that the header cannot be changed to in place
	Sold        string       // content of a sale whose lines would be others, as mapped
}

// MayChange is what the books allow of a document that stands there. Whether its
// header may be changed is asked only once it is known that a field of it differs.
type MayChange struct {
	Lines bool
}

// Step is what is to be done about a change.
type Step string

const (
	// StepNothing: the books hold the sale as it is.
	StepNothing Step = ""
	// StepHeader changes the header of the document in place.
	StepHeader Step = "header"
	// StepLines changes the lines of the document in place.
	StepLines Step = "lines"
	// StepCounter takes the document back, and books the sale anew as the next version.
	StepCounter Step = "counter"
	// StepAgain books the sale anew: what stood there was taken back already.
	StepAgain Step = "again"
	// StepTakeBack takes the document back, and that is all.
	StepTakeBack Step = "take_back"
	// StepTakenBack: the sale is cancelled and its document was taken back already.
	StepTakenBack Step = "taken_back"
	// StepLeave: the sale is cancelled and its document stays.
	StepLeave Step = "leave"
	// StepPark is for a person; the plan says why.
	StepPark Step = "park"
)

// Codes of a plan that is for a person.
const (
	CodeChanged    = "changed_after_booking"
	CodeCancelled  = "cancelled_after_booking"
	CodePartly     = "cancelled_in_part"
	CodeNotAllowed = "change_not_allowed"
)

// ChangePlan is what a version of a sale means for what stands in the books.
type ChangePlan struct {
	Step    Step
	Version int    // that is changed or taken back; of StepAgain the one to be written
	Code    string // of StepPark
}

// PlanChange decides what a version of a sale means, from what stands in the
// books and nothing else: whoever asks again, after whatever happened in between,
// gets the plan for what is left to do. The documents come in the order in which
// they were written. Settled is the content that counts as dealt with.
func PlanChange(documents []Booked, settled string, sale domain.Order, rules domain.ChangeRules, may MayChange) ChangePlan {
	content := sale.ContentHash()
	stands, last := standing(documents)
	known := "" // what is settled, unless a person dealt with it by hand
	if stands != nil {
		known = stands.ContentHash
	}
	switch {
	case settled == content:
		return ChangePlan{}
	case len(documents) == 0 || settled != known: // somebody else wrote it, or changed it since: what it holds is not known
		return ChangePlan{Step: StepPark, Code: CodeChanged}
	case stands == nil && sale.Cancelled:
		return ChangePlan{Step: StepTakenBack, Version: last}
	case stands == nil:
		return ChangePlan{Step: StepAgain, Version: last + 1}
	case sale.CancelState == domain.CancelledInPart && stands.Order.CancelState != sale.CancelState && rules.Partly == domain.PartlyPark:
		return ChangePlan{Step: StepPark, Code: CodePartly}
	case sale.Cancelled:
		return cancelled(stands.Version, rules)
	}
	switch change := ChangeOf(stands.Order, sale); {
	case change == SaleSold || change == SaleHeader && stands.Sold == content:
		return sold(*stands, rules, may)
	case change == SaleHeader:
		return header(*stands, content, rules, may)
	default:
		return ChangePlan{}
	}
}

// standing is the version that is not taken back, if there is one, and the number
// of the last one.
func standing(documents []Booked) (stands *Booked, last int) {
	for i := range documents {
		d := &documents[i]
		last = max(last, d.Version)
		if d.Counter {
			stands = nil
		} else {
			stands = d
		}
	}
	return stands, last
}

func cancelled(version int, rules domain.ChangeRules) ChangePlan {
	switch rules.Cancelled {
	case domain.CancelledCounter:
		return ChangePlan{Step: StepTakeBack, Version: version}
	case domain.CancelledLeave:
		return ChangePlan{Step: StepLeave, Version: version}
	default:
		return ChangePlan{Step: StepPark, Code: CodeCancelled}
	}
}

// header changes in place what the books allow; what they do not allow goes as
// with lines. Whether anything of the change reaches the books is not known here:
// the step tells, and by setting it parks.
func header(stands Booked, content string, rules domain.ChangeRules, may MayChange) ChangePlan {
	switch {
	case stands.Fixed != content:
		return ChangePlan{Step: StepHeader, Version: stands.Version}
	case rules.Header != domain.HeaderUpdate:
		return ChangePlan{Step: StepPark, Code: CodeChanged}
	case rules.Lines == domain.LinesRowActions: // new lines would not change the header
		return ChangePlan{Step: StepPark, Code: CodeNotAllowed}
	default:
		return sold(stands, rules, may)
	}
}

func sold(stands Booked, rules domain.ChangeRules, may MayChange) ChangePlan {
	switch rules.Lines {
	case domain.LinesCounter:
		return ChangePlan{Step: StepCounter, Version: stands.Version}
	case domain.LinesRowActions:
		if !may.Lines {
			return ChangePlan{Step: StepPark, Code: CodeNotAllowed}
		}
		return ChangePlan{Step: StepLines, Version: stands.Version}
	default:
		return ChangePlan{Step: StepPark, Code: CodeChanged}
	}
}
