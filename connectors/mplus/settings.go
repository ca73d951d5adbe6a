package mplus

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"time"

	"github.com/koppel/koppel/internal/secret"
)

// Settings of the connection to one till administration. The yaml names are
// those of the integration document; the two credentials come from the secret
// store. A zero value means the default.
type Settings struct {
	BaseURL      string        `yaml:"base_url"` // https://api.mpluskassa.nl:PORT/
	Ident        secret.Text   `yaml:"-"`
	Secret       secret.Text   `yaml:"-"`
	Timeout      time.Duration `yaml:"timeout"`          // of one call
	MaxAnswer    int64         `yaml:"max_answer_bytes"` // an answer that is longer is not read
	PerSecond    float64       `yaml:"per_second"`       // smooths bursts inside one process; 0: no smoothing
	InsecureHTTP bool          `yaml:"insecure_http"`    // allows plain http beyond this machine: for a test set-up only

	// PageLimit is the most orders asked for in one page, whatever a flow would like.
	// ASSUMED: the till accepts it. Ask: what is the greatest syncMarkerLimit of getOrders?
	PageLimit int `yaml:"page_limit"`
	// PageOrder tells whether a limited page is safe to go on from.
	// ASSUMED: lowest markers first. Ask: which orders does a limited getOrders leave out?
	PageOrder PageOrder `yaml:"page_order"`
	// PercentScale tells what a percentage of 2100 means.
	// ASSUMED: hundredths, found out from the till's own VAT groups. Ask: the scale of vatPercentage and discountPercentage?
	PercentScale PercentScale `yaml:"percent_scale"`
	// AbsentDecimalPlaces is the scale of a quantity sent without one.
	// ASSUMED: 0. Ask: does an absent decimalPlaces mean 0?
	AbsentDecimalPlaces int `yaml:"absent_decimal_places"`
	// LinePrice tells what LineData.price includes when the order is read.
	// ASSUMED: always VAT. Ask: does price follow vatMethod in answers too?
	LinePrice LinePrice `yaml:"line_price"`
	// DiscountAmount tells what LineData.discountAmount covers.
	// ASSUMED: the whole line. Ask: is discountAmount per line or per unit?
	DiscountAmount DiscountAmount `yaml:"discount_amount"`
	// TimeOffset tells whether the offset in a time of day is believed.
	// ASSUMED: yes, unless it is 0. Ask: is timezone always the offset of that moment?
	TimeOffset TimeOffset `yaml:"time_offset"`
	// ExternalNumber tells where the till keeps the number that the books gave a customer.
	// ASSUMED: extRelationId. Ask the shop: which field holds the debtor number?
	ExternalNumber ExternalNumber `yaml:"external_number"`
	// NoCustomerNumbers are relation numbers that stand for nobody.
	// ASSUMED: 0. Ask: what does an order without customer carry as relationNumber?
	NoCustomerNumbers []int64 `yaml:"no_customer_numbers"`

	// StockSets tells what an amount of stock sets.
	// ASSUMED: what lies on the shelf. Ask: does setStock set free stock or free and reserved together?
	StockSets StockSets `yaml:"stock_sets"`
	// StockWrite tells by which call stock is set, and StockBatch how many articles one call may hold.
	// ASSUMED: the till knows saveStockCorrections. Ask: since which release, and for how many articles?
	StockWrite StockWrite `yaml:"stock_write"`
	StockBatch int        `yaml:"stock_batch"`

	OrderTypes []string `yaml:"order_types"` // which orders are read, in the till's words
	Employee   string   `yaml:"employee"`    // who stands for an employee that a sale does not name; checked against the till's list
	Branches   []int    `yaml:"branches"`    // only orders of these branches; empty: all
}

// PageOrder is which orders a limited page leaves out.
type PageOrder string

// The page orders. With AnyOrder no limit is sent: a page then holds all that is new.
const (
	LowestFirst PageOrder = "lowest_first"
	AnyOrder    PageOrder = "any"
)

// PercentScale is the unit of percentages, which the till sends as whole numbers.
type PercentScale string

// The percent scales. ScaleAuto finds out from the till's VAT groups.
const (
	ScaleAuto       PercentScale = "auto"
	ScaleHundredths PercentScale = "hundredths" // 2100 is 21 %
	ScaleWhole      PercentScale = "whole"      // 21 is 21 %
)

// LinePrice is what the price of a line includes.
type LinePrice string

// The meanings of a line's price.
const (
	PriceInclVAT     LinePrice = "incl"
	PriceByVATMethod LinePrice = "by_vat_method" // excl. VAT when the order's method is exclusive or shifted
)

// DiscountAmount is what a line's discount amount covers.
type DiscountAmount string

// The meanings of a discount amount.
const (
	DiscountPerLine DiscountAmount = "per_line"
	DiscountPerUnit DiscountAmount = "per_unit"
)

// TimeOffset is whether the offset beside a time of day counts.
type TimeOffset string

// The ways to read an offset.
const (
	OffsetTrusted TimeOffset = "trust"
	OffsetIgnored TimeOffset = "ignore" // every time of day is Amsterdam's
)

// ExternalNumber is the relation's field with the number that the books gave.
type ExternalNumber string

// The fields that may hold the number of the books.
const (
	ExternalFromExtRelationID ExternalNumber = "ext_relation_id"
	ExternalFromRelationCode  ExternalNumber = "relation_code"
	ExternalNowhere           ExternalNumber = "none"
)

// knownOrderTypes is the OrderType enumeration (WSDL 67.1.3); the first three are sales.
var knownOrderTypes = []string{
	"ORDER-TYPE-SALES-ORDER", "ORDER-TYPE-REPEAT-SALES-ORDER", "ORDER-TYPE-EXTERNAL-SALES-ORDER",
	"ORDER-TYPE-TABLE-ORDER", "ORDER-TYPE-CAFETERIA-ORDER",
}

// Defaults gives the settings of a connection, all but its address and credentials.
func Defaults() Settings { return Settings{}.withDefaults() }

func (s Settings) withDefaults() Settings {
	s.Timeout = cmp.Or(s.Timeout, time.Minute)
	s.MaxAnswer = cmp.Or(s.MaxAnswer, 32<<20)
	s.PageLimit = cmp.Or(s.PageLimit, 1000)
	s.PageOrder = cmp.Or(s.PageOrder, LowestFirst)
	s.PercentScale = cmp.Or(s.PercentScale, ScaleAuto)
	s.LinePrice = cmp.Or(s.LinePrice, PriceInclVAT)
	s.DiscountAmount = cmp.Or(s.DiscountAmount, DiscountPerLine)
	s.TimeOffset = cmp.Or(s.TimeOffset, OffsetTrusted)
	s.ExternalNumber = cmp.Or(s.ExternalNumber, ExternalFromExtRelationID)
	s.StockSets, s.StockWrite = cmp.Or(s.StockSets, StockSetsPhysical), cmp.Or(s.StockWrite, StockWriteAuto)
	s.StockBatch = cmp.Or(s.StockBatch, 500)
	if len(s.NoCustomerNumbers) == 0 {
		s.NoCustomerNumbers = []int64{0}
	}
	if len(s.OrderTypes) == 0 {
		s.OrderTypes = slices.Clone(knownOrderTypes[:3])
	}
	return s
}

// Validate lists everything that is wrong with the settings, by their yaml
// names. No text holds an address or a credential.
func (s Settings) Validate() error {
	s = s.withDefaults()
	problems := []error{s.validateAddress()}
	check := func(holds bool, problem string) {
		if !holds {
			problems = append(problems, errors.New(problem))
		}
	}
	check(s.Ident != "", "ident: is missing")
	check(s.Secret != "", "secret: is missing")
	check(s.Timeout >= 100*time.Millisecond && s.Timeout <= 10*time.Minute, "timeout: must lie between 100ms and 10m")
	check(s.MaxAnswer >= 1<<10 && s.MaxAnswer <= 1<<30, "max_answer_bytes: must lie between 1 KiB and 1 GiB")
	check(s.PerSecond >= 0 && s.PerSecond <= 1000, "per_second: must lie between 0 and 1000")
	check(s.PageLimit >= 1 && s.PageLimit <= 1000, "page_limit: must lie between 1 and 1000")
	check(s.StockBatch >= 1 && s.StockBatch <= 5000, "stock_batch: must lie between 1 and 5000")
	check(s.AbsentDecimalPlaces >= 0 && s.AbsentDecimalPlaces <= maxDecimalPlaces, "absent_decimal_places: must lie between 0 and 9")
	problems = append(problems,
		oneOf("page_order", s.PageOrder, LowestFirst, AnyOrder),
		oneOf("percent_scale", s.PercentScale, ScaleAuto, ScaleHundredths, ScaleWhole),
		oneOf("line_price", s.LinePrice, PriceInclVAT, PriceByVATMethod),
		oneOf("discount_amount", s.DiscountAmount, DiscountPerLine, DiscountPerUnit),
		oneOf("time_offset", s.TimeOffset, OffsetTrusted, OffsetIgnored),
		oneOf("stock_sets", s.StockSets, StockSetsPhysical, StockSetsFree),
		oneOf("stock_write", s.StockWrite, StockWriteAuto, StockWriteCorrections, StockWriteSetStock),
		oneOf("external_number", s.ExternalNumber, ExternalFromExtRelationID, ExternalFromRelationCode, ExternalNowhere),
	)
	for i, orderType := range s.OrderTypes {
		problems = append(problems, oneOf(fmt.Sprintf("order_types[%d]", i), orderType, knownOrderTypes...))
	}
	for i, branch := range s.Branches {
		check(branch > 0, fmt.Sprintf("branches[%d]: must be a branch number, 1 or more", i))
	}
	return errors.Join(problems...)
}

func (s Settings) validateAddress() error {
	u, err := url.Parse(s.BaseURL)
	switch {
	case s.BaseURL == "":
		return errors.New("base_url: is missing; it looks like https://api.mpluskassa.nl:12345/")
	case err != nil, u.Hostname() == "", u.Scheme != "https" && u.Scheme != "http":
		return errors.New("base_url: must be a full address, like https://api.mpluskassa.nl:12345/")
	case u.User != nil, u.RawQuery != "", u.Fragment != "":
		return errors.New("base_url: must hold no user, query or fragment; credentials are secrets of their own")
	case u.Scheme == "http" && !s.InsecureHTTP && !isThisMachine(u.Hostname()):
		return errors.New("base_url: must be https; plain http sends the credentials in the clear")
	}
	return nil
}

func isThisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func oneOf[T ~string](name string, value T, allowed ...T) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return fmt.Errorf("%s: must be one of %v", name, allowed)
}
