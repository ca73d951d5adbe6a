package settings

import "github.com/koppel/koppel/domain"

// Changes says what happens to a sale that changes at the till after it stands
// in the books.
type Changes struct {
	Header    domain.HeaderChange    `yaml:"header" enum:"update|park" title:"Header" help:"What happens when something else than what was sold changes: the delivery address, a date, the reference of the seller."`
	Lines     domain.LinesChange     `yaml:"lines" enum:"counter|row_actions|park" title:"Lines" help:"What happens when what was sold changes, or to whom. An invoice that is booked is countered or parked; the books do not let it be changed."`
	Cancelled domain.CancelledChange `yaml:"cancelled" enum:"counter|park|leave" title:"Cancelled" help:"What happens to a sale that is cancelled as a whole."`
	Partly    domain.PartlyChange    `yaml:"partly_cancelled" enum:"park|leave" title:"Cancelled in part" help:"What happens to a sale that is booked and of which some lines are cancelled."`
	Credits   domain.Credits         `yaml:"credits" enum:"link|plain|park" title:"Credits" help:"What becomes of a sale that takes back another one, or has only lines that do (retour)."`
}

// Rules are those that decide what a change means.
func (c Changes) Rules() domain.ChangeRules {
	return domain.ChangeRules{Header: c.Header, Lines: c.Lines, Cancelled: c.Cancelled, Partly: c.Partly}
}
