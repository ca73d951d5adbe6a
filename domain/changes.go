package domain

// ChangeRules say what happens to a sale that changes after it stands in the
// books. Each is a setting of the document.
type ChangeRules struct {
	Header    HeaderChange
	Lines     LinesChange
	Cancelled CancelledChange
	Partly    PartlyChange
}

// PartlyChange says what a sale does of which some lines are cancelled.
type PartlyChange string

// What PartlyChange may be.
const (
	PartlyPark  PartlyChange = "park"
	PartlyLeave PartlyChange = "leave"
)

// Help says what the value means.
func (p PartlyChange) Help() string {
	return map[PartlyChange]string{
		PartlyPark:  "It is parked: the till's amounts do not tell what is left.",
		PartlyLeave: "It goes by the till's lines and amounts only. Where those stay as they were, so do the books.",
	}[p]
}

// HeaderChange says what a change of the header does.
type HeaderChange string

// What HeaderChange may be.
const (
	HeaderUpdate HeaderChange = "update"
	HeaderPark   HeaderChange = "park"
)

// Help says what the value means.
func (h HeaderChange) Help() string {
	return map[HeaderChange]string{
		HeaderUpdate: "The order in the books is changed. Where the books do not allow it, it is as with lines.",
		HeaderPark:   "It is parked.",
	}[h]
}

// LinesChange says what a change of the lines does.
type LinesChange string

// What LinesChange may be.
const (
	LinesCounter    LinesChange = "counter"
	LinesRowActions LinesChange = "row_actions"
	LinesPark       LinesChange = "park"
)

// Help says what the value means.
func (l LinesChange) Help() string {
	return map[LinesChange]string{
		LinesCounter:    "A second order with the quantities turned round takes the first one back, and a new one stands for the sale. The same for an invoice.",
		LinesRowActions: "The lines of the order in the books are changed in place. It needs accountview.assumptions.row_actions; without them, or where the books do not allow it, it is parked.",
		LinesPark:       "It is parked.",
	}[l]
}

// CancelledChange says what a sale that is cancelled does.
type CancelledChange string

// What CancelledChange may be.
const (
	CancelledCounter CancelledChange = "counter"
	CancelledPark    CancelledChange = "park"
	CancelledLeave   CancelledChange = "leave"
)

// Help says what the value means.
func (c CancelledChange) Help() string {
	return map[CancelledChange]string{
		CancelledCounter: "A second order or invoice with the quantities turned round takes it back.",
		CancelledPark:    "It is parked.",
		CancelledLeave:   "It stays in the books as it is.",
	}[c]
}

// Credits says what becomes of a sale that takes something back.
type Credits string

// What Credits may be.
const (
	CreditsLink  Credits = "link"
	CreditsPlain Credits = "plain"
	CreditsPark  Credits = "park"
)

// Help says what the value means.
func (c Credits) Help() string {
	return map[Credits]string{
		CreditsLink:  "It is booked, with the number that the original has in the books in order.credits_number. It waits for an original that is not there yet.",
		CreditsPlain: "It is booked like any other, with negative quantities.",
		CreditsPark:  "It is parked.",
	}[c]
}
