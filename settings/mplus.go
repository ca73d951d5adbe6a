package settings

// Mplus is the connection to the till. From PercentScale on stand the facts
// that the description of its API leaves open; each default is the likeliest
// reading.
type Mplus struct {
	BaseURL  string   `yaml:"base_url" required:"true" title:"Address" help:"Host and port of the administration, without ident or secret: https://api.mpluskassa.nl:12345."`
	Timeout  Duration `yaml:"timeout" min:"100ms" max:"10m" title:"Timeout" help:"How long one call may take."`
	Limits   Limits   `yaml:"limits" title:"Limits" help:"How hard the till may be asked."`
	Branches []int    `yaml:"branches" min:"1" max:"1000000000" unique:"true" title:"Branches" unit:"branch numbers" help:"Only orders of these branches (filialen). None listed: all."`

	PercentScale        PercentScale   `yaml:"percent_scale" enum:"auto|hundredths|whole" title:"Percentages" help:"How the till writes 21 %."`
	AbsentDecimalPlaces int            `yaml:"absent_decimal_places" min:"0" max:"9" title:"Decimals of a quantity" unit:"decimals" help:"Of a quantity that does not state them."`
	PageOrder           PageOrder      `yaml:"page_order" enum:"lowest_first|any" title:"Limited pages" help:"Which orders the till leaves out when it is asked for a limited number."`
	LinePrice           LinePrice      `yaml:"line_price" enum:"incl|by_vat_method" title:"Price of a line" help:"Whether the price of a line includes VAT (btw)."`
	DiscountAmount      DiscountAmount `yaml:"discount_amount" enum:"per_line|per_unit" title:"Discount of a line" help:"What the discount (korting) of a line covers."`
	TimeOffset          TimeOffset     `yaml:"time_offset" enum:"trust|ignore" title:"Time zone" help:"Whether the offset beside a time of day counts."`
	ExternalNumber      ExternalNumber `yaml:"external_number" enum:"ext_relation_id|relation_code|none" title:"Debtor number at the till" help:"Where the till keeps the number that the books gave a customer (debiteurnummer)."`
	StockSets           StockSets      `yaml:"stock_sets" enum:"physical|free" title:"Stock that is set" help:"What an amount of stock means to the till when it is set."`
	StockWrite          StockWrite     `yaml:"stock_write" enum:"auto|corrections|set_stock" title:"Setting stock" help:"By which call stock is set."`
	StockBatch          int            `yaml:"stock_batch" min:"1" max:"5000" title:"Stock in one call" unit:"articles" help:"How many articles one call may hold."`
	NoCustomerNumbers   []int          `yaml:"no_customer_numbers" min:"0" max:"1000000000" unique:"true" title:"Customers who are nobody" unit:"customer numbers" help:"Customer numbers (klantnummers) of the till that stand for a sale without customer."`
}

// PercentScale is how the till writes a percentage as a whole number.
type PercentScale string

// What PercentScale may be.
const (
	PercentAuto       PercentScale = "auto"
	PercentHundredths PercentScale = "hundredths"
	PercentWhole      PercentScale = "whole"
)

// Help says what the value means.
func (p PercentScale) Help() string {
	return map[PercentScale]string{
		PercentAuto:       "Found out from the till's own VAT groups.",
		PercentHundredths: "2100 is 21 %.",
		PercentWhole:      "21 is 21 %.",
	}[p]
}

// PageOrder is which orders a limited page leaves out.
type PageOrder string

// What PageOrder may be.
const (
	PageLowestFirst PageOrder = "lowest_first"
	PageAny         PageOrder = "any"
)

// Help says what the value means.
func (p PageOrder) Help() string {
	return map[PageOrder]string{
		PageLowestFirst: "The newest: a page holds the oldest changes, so the next goes on after it.",
		PageAny:         "Nobody knows: no limit is sent, and a page holds all that is new.",
	}[p]
}

// LinePrice is what the price of a line includes.
type LinePrice string

// What LinePrice may be.
const (
	LinePriceIncl        LinePrice = "incl"
	LinePriceByVATMethod LinePrice = "by_vat_method"
)

// Help says what the value means.
func (l LinePrice) Help() string {
	return map[LinePrice]string{
		LinePriceIncl:        "Always.",
		LinePriceByVATMethod: "Unless the order is exclusive of VAT or shifts it (btw verlegd).",
	}[l]
}

// DiscountAmount is what the discount of a line covers.
type DiscountAmount string

// What DiscountAmount may be.
const (
	DiscountPerLine DiscountAmount = "per_line"
	DiscountPerUnit DiscountAmount = "per_unit"
)

// Help says what the value means.
func (d DiscountAmount) Help() string {
	return map[DiscountAmount]string{
		DiscountPerLine: "The whole line.",
		DiscountPerUnit: "One piece.",
	}[d]
}

// TimeOffset says whether the offset beside a time of day counts.
type TimeOffset string

// What TimeOffset may be.
const (
	TimeOffsetTrust  TimeOffset = "trust"
	TimeOffsetIgnore TimeOffset = "ignore"
)

// Help says what the value means.
func (t TimeOffset) Help() string {
	return map[TimeOffset]string{
		TimeOffsetTrust:  "An offset that is not zero counts as it is.",
		TimeOffsetIgnore: "Every time of day is Amsterdam's.",
	}[t]
}

// ExternalNumber is where the till keeps the number that the books gave a customer.
type ExternalNumber string

// What ExternalNumber may be.
const (
	ExternalExtRelationID ExternalNumber = "ext_relation_id"
	ExternalRelationCode  ExternalNumber = "relation_code"
	ExternalNone          ExternalNumber = "none"
)

// Help says what the value means.
func (e ExternalNumber) Help() string {
	return map[ExternalNumber]string{
		ExternalExtRelationID: "In the relation's external id.",
		ExternalRelationCode:  "In the relation's code.",
		ExternalNone:          "Nowhere.",
	}[e]
}
