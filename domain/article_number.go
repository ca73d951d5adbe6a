package domain

// NumberRules say which number an article has at a till that knows articles by
// number, when the books know them by code.
type NumberRules struct {
	// First and Last are the aliases: numbers of codes that are none themselves.
	First, Last int64
	// LeadingZeros and OtherCodes say what becomes of codes that are not a number as they stand.
	LeadingZeros LeadingZeros
	OtherCodes   OtherCodes
}

// LeadingZeros says what becomes of a code of digits with zeros in front.
type LeadingZeros string

const (
	// ZerosAlias gives it an alias.
	ZerosAlias LeadingZeros = "alias"
	// ZerosStrip takes the zeros off.
	ZerosStrip LeadingZeros = "strip"
	// ZerosPark leaves it to a person.
	ZerosPark LeadingZeros = "park"
)

// Help says what the value means.
func (z LeadingZeros) Help() string {
	return map[LeadingZeros]string{
		ZerosAlias: "The article gets a number of the range.",
		ZerosStrip: "The zeros are left out: 0123 is 123 at the till. When the books have a 123 too, both are parked.",
		ZerosPark:  "The article is parked.",
	}[z]
}

// OtherCodes says what becomes of a code that is no number, or too long for one.
type OtherCodes string

const (
	// CodesAlias gives it an alias.
	CodesAlias OtherCodes = "alias"
	// CodesPark leaves it to a person.
	CodesPark OtherCodes = "park"
)

// Help says what the value means.
func (o OtherCodes) Help() string {
	return map[OtherCodes]string{
		CodesAlias: "The article gets a number of the range.",
		CodesPark:  "The article is parked.",
	}[o]
}
