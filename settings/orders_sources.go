package settings

import "github.com/koppel/koppel/domain"

// Only says which sales go to the books; every part that is set must hold. What
// is left out comes back by itself when it changes at the till.
type Only struct {
	Branches       []string    `yaml:"branches" unique:"true" title:"Branches" unit:"branch numbers of the till" help:"Of these branches (filialen) only. None listed: of all."`
	Categories     []string    `yaml:"categories" unique:"true" title:"Order categories" unit:"order categories of the till" help:"In these steps (bestelcategorieën) only. None listed: in all."`
	Employees      []string    `yaml:"employees" unique:"true" title:"Employees" unit:"employee numbers of the till" help:"Sold by these employees (medewerkers) only. None listed: by all."`
	DeliveryStates []SaleState `yaml:"delivery_states" enum:"nothing|partial|complete" unique:"true" title:"Delivered" help:"Sales orders of which so much is delivered. None listed: whatever is."`
	CancelStates   []SaleState `yaml:"cancel_states" enum:"nothing|partial|complete" unique:"true" title:"Cancelled" help:"Sales orders of which so much is cancelled. None listed: whatever is; what is cancelled as a whole before it was booked never goes to the books."`
	CompleteStates []SaleState `yaml:"complete_states" enum:"nothing|partial|partial_delivery_pending|complete" unique:"true" title:"Complete" help:"Sales orders that are dealt with so far. None listed: however far."`
	Paid           PaidFilter  `yaml:"paid" enum:"any|paid|unpaid" title:"Paid" help:"Whether a sale must be paid in full."`
	From           domain.Date `yaml:"from" title:"From" unit:"YYYY-MM-DD" help:"First financial date that goes to the books. Empty: from the beginning."`
}

// SaleState is how much of a sales order is delivered, cancelled or complete.
type SaleState string

// What SaleState may be.
const (
	StateNothing                SaleState = "nothing"
	StatePartial                SaleState = "partial"
	StatePartialDeliveryPending SaleState = "partial_delivery_pending"
	StateComplete               SaleState = "complete"
)

// Help says what the value means.
func (s SaleState) Help() string {
	return map[SaleState]string{
		StateNothing:                "Nothing of it.",
		StatePartial:                "A part of it.",
		StatePartialDeliveryPending: "A part of it, and a delivery is under way.",
		StateComplete:               "All of it.",
	}[s]
}

// PaidFilter says whether a sale must be paid.
type PaidFilter string

// What PaidFilter may be.
const (
	PaidAny    PaidFilter = "any"
	PaidOnly   PaidFilter = "paid"
	UnpaidOnly PaidFilter = "unpaid"
)

// Help says what the value means.
func (p PaidFilter) Help() string {
	return map[PaidFilter]string{
		PaidAny:    "Paid or not.",
		PaidOnly:   "Paid in full.",
		UnpaidOnly: "Not paid in full.",
	}[p]
}
