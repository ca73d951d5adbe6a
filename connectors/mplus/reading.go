package mplus

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// maxDecimalPlaces bounds decimalPlaces: a till that sends more sends nonsense.
const maxDecimalPlaces = 9

// assumptions are what the settings say about values whose meaning the schema
// leaves open.
type assumptions struct {
	zone                *time.Location
	percentPlaces       int // decimal places of a percentage: 2 for hundredths, 0 for whole
	absentDecimalPlaces int
	linePrice           LinePrice
	discountAmount      DiscountAmount
	timeOffset          TimeOffset
	externalNumber      ExternalNumber
	noCustomerNumbers   []int64
}

func (c *Client) assumptions(percentPlaces int) assumptions {
	return assumptions{
		zone:                c.zone,
		percentPlaces:       percentPlaces,
		absentDecimalPlaces: c.settings.AbsentDecimalPlaces,
		linePrice:           c.settings.LinePrice,
		discountAmount:      c.settings.DiscountAmount,
		timeOffset:          c.settings.TimeOffset,
		externalNumber:      c.settings.ExternalNumber,
		noCustomerNumbers:   c.settings.NoCustomerNumbers,
	}
}

// reading turns the texts of one record into values and collects what cannot be
// read. Its error names elements, never what they hold.
type reading struct {
	assumptions
	within   string // path of the element being read, with a slash at the end
	problems []error
}

func (r *reading) err() error { return errors.Join(r.problems...) }

func (r *reading) fail(element, problem string) {
	const enough = 5
	if len(r.problems) < enough {
		r.problems = append(r.problems, fmt.Errorf("%s%s: %s", r.within, element, problem))
	}
}

// in reads part of the record under a longer path.
func (r *reading) in(element string, read func()) {
	outer := r.within
	r.within += element + "/"
	read()
	r.within = outer
}

func (w wireInt) given() bool { return strings.TrimSpace(string(w)) != "" }

func (w wireInt) parse() (int64, error) {
	return strconv.ParseInt(strings.TrimSpace(string(w)), 10, 64)
}

// integer reads a whole number; absent is 0.
func (r *reading) integer(element string, w wireInt) int64 {
	if !w.given() {
		return 0
	}
	n, err := w.parse()
	if err != nil {
		r.fail(element, "is not a whole number")
	}
	return n
}

// number reads an identifying number as text; absent and 0 are none.
func (r *reading) number(element string, w wireInt) string {
	n := r.integer(element, w)
	switch {
	case n < 0:
		r.fail(element, "is negative")
		return ""
	case n == 0:
		return ""
	default:
		return strconv.FormatInt(n, 10)
	}
}

// count reads a counter, which fits an int32 in the schema; absent is 0.
func (r *reading) count(element string, w wireInt) int {
	n := r.integer(element, w)
	if n < -1<<31 || n >= 1<<31 {
		r.fail(element, "is out of range")
		return 0
	}
	return int(n)
}

// euros reads cents; absent is 0.
func (r *reading) euros(element string, w wireInt) decimal.Decimal {
	return domain.Euros(r.integer(element, w))
}

// quantity reads a number and its decimal places, exactly.
func (r *reading) quantity(element string, w, decimalPlaces wireInt) decimal.Decimal {
	places := int64(r.absentDecimalPlaces)
	if decimalPlaces.given() {
		places = r.integer("decimalPlaces", decimalPlaces)
	}
	if places < 0 || places > maxDecimalPlaces {
		r.fail("decimalPlaces", "is out of range")
		return decimal.Zero
	}
	return decimal.New(r.integer(element, w), -int32(places))
}

// percent reads a percentage in the scale of this till: 21 means 21 %.
func (r *reading) percent(element string, w wireInt) decimal.Decimal {
	return decimal.New(r.integer(element, w), -int32(r.percentPlaces))
}

// yes reads a boolean; absent is what the caller says.
func (r *reading) yes(element string, w wireBool, absent bool) bool {
	switch strings.TrimSpace(string(w)) {
	case "":
		return absent
	case "true", "1":
		return true
	case "false", "0":
		return false
	default:
		r.fail(element, "is neither true nor false")
		return false
	}
}

func trimmed(s string) string { return strings.TrimSpace(s) }
