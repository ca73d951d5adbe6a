package settings

import "github.com/koppel/koppel/domain"

// Dates says which date a sale has in the books.
type Dates struct {
	Date          DateOf       `yaml:"date" enum:"financial|entered" title:"Date" help:"Which date of the till counts."`
	DayEnds       string       `yaml:"day_ends" maxlen:"5" title:"Business day ends" unit:"HH:MM, Amsterdam" help:"What is entered before this time belongs to the day before. For date: entered; the till's financial date knows it already."`
	ClosedThrough domain.Date  `yaml:"closed_through" title:"Closed through" unit:"YYYY-MM-DD" help:"Last day of what is closed (afgesloten) in the books. Empty: nothing is closed but what the books themselves say."`
	ClosedPeriod  ClosedPeriod `yaml:"closed_period" enum:"park|next_open" title:"In a closed period" help:"What happens to a sale of a day that is closed in the books."`
}

// DateOf is which date of the till counts.
type DateOf string

// What DateOf may be.
const (
	DateFinancial DateOf = "financial"
	DateEntered   DateOf = "entered"
)

// Help says what the value means.
func (d DateOf) Help() string {
	return map[DateOf]string{
		DateFinancial: "The financial date (boekdatum), as the till counts its days.",
		DateEntered:   "The day in Amsterdam on which it was entered; see day_ends.",
	}[d]
}

// ClosedPeriod says what happens to a sale of a closed day.
type ClosedPeriod string

// What ClosedPeriod may be.
const (
	ClosedPark     ClosedPeriod = "park"
	ClosedNextOpen ClosedPeriod = "next_open"
)

// Help says what the value means.
func (c ClosedPeriod) Help() string {
	return map[ClosedPeriod]string{
		ClosedPark:     "It is parked.",
		ClosedNextOpen: "It gets the first day that is open.",
	}[c]
}
