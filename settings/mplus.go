package settings

// Mplus is the connection to the till. From PercentScale on stand the facts
// that the description of its API leaves open; each default is the likeliest
// reading.
type Mplus struct {
	BaseURL  string   `yaml:"base_url" required:"true"`      // host and port of the administration, without ident or secret
	Timeout  Duration `yaml:"timeout" min:"100ms" max:"10m"` // of one call
	Limits   Limits   `yaml:"limits"`
	Branches []int    `yaml:"branches" min:"1" max:"1000000000" unique:"true"` // only orders of these branches; none listed: all

	PercentScale        PercentScale   `yaml:"percent_scale" enum:"auto|hundredths|whole"`                 // how the till writes 21 %
	AbsentDecimalPlaces int            `yaml:"absent_decimal_places" min:"0" max:"9"`                      // decimals of a quantity that does not state them
	PageOrder           PageOrder      `yaml:"page_order" enum:"lowest_first|any"`                         // which orders a limited page leaves out
	LinePrice           LinePrice      `yaml:"line_price" enum:"incl|by_vat_method"`                       // what the price of a line includes
	DiscountAmount      DiscountAmount `yaml:"discount_amount" enum:"per_line|per_unit"`                   // what the discount of a line covers
	TimeOffset          TimeOffset     `yaml:"time_offset" enum:"trust|ignore"`                            // whether the offset beside a time of day counts
	ExternalNumber      ExternalNumber `yaml:"external_number" enum:"ext_relation_id|relation_code|none"`  // where the till keeps the debtor number
	NoCustomerNumbers   []int          `yaml:"no_customer_numbers" min:"0" max:"1000000000" unique:"true"` // relation numbers that stand for nobody
}

// PercentScale is how the till writes a percentage as a whole number.
type PercentScale string

const (
	// PercentAuto finds out from the till's own VAT groups.
	PercentAuto PercentScale = "auto"
	// PercentHundredths: 2100 is 21 %.
	PercentHundredths PercentScale = "hundredths"
	// PercentWhole: 21 is 21 %.
	PercentWhole PercentScale = "whole"
)

// PageOrder is which orders a limited page leaves out.
type PageOrder string

const (
	// PageLowestFirst: the page holds the oldest changes, so the next goes on after it.
	PageLowestFirst PageOrder = "lowest_first"
	// PageAny: nothing is known; no limit is sent, and a page holds all that is new.
	PageAny PageOrder = "any"
)

// LinePrice is what the price of a line includes.
type LinePrice string

const (
	// LinePriceIncl: VAT, always.
	LinePriceIncl LinePrice = "incl"
	// LinePriceByVATMethod: VAT, unless the order is exclusive or shifted.
	LinePriceByVATMethod LinePrice = "by_vat_method"
)

// DiscountAmount is what the discount of a line covers.
type DiscountAmount string

const (
	// DiscountPerLine covers the whole line.
	DiscountPerLine DiscountAmount = "per_line"
	// DiscountPerUnit covers one piece.
	DiscountPerUnit DiscountAmount = "per_unit"
)

// TimeOffset says whether the offset beside a time of day counts.
type TimeOffset string

const (
	// TimeOffsetTrust takes an offset that is not zero as it is.
	TimeOffsetTrust TimeOffset = "trust"
	// TimeOffsetIgnore takes every time of day for Amsterdam's.
	TimeOffsetIgnore TimeOffset = "ignore"
)

// ExternalNumber is where the till keeps the number that the books gave a customer.
type ExternalNumber string

const (
	// ExternalExtRelationID is the relation's external id.
	ExternalExtRelationID ExternalNumber = "ext_relation_id"
	// ExternalRelationCode is the relation's code.
	ExternalRelationCode ExternalNumber = "relation_code"
	// ExternalNone: the till does not keep it.
	ExternalNone ExternalNumber = "none"
)
