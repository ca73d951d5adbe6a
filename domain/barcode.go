package domain

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Barcode is a code that a scanner reads from an article or a pack of it.
type Barcode struct {
	Code     string          // as the books hold it
	Quantity decimal.Decimal // units in what carries the code; zero means one
	Unit     string          // unit code of a pack; empty: the article's own
}

// EAN is the code without blanks when it is a GTIN (EAN-8, UPC-12, EAN-13 or
// GTIN-14) with the right check digit, and empty when it is not. A code with a
// wrong digit is some other code, or a typing error: a till must not learn it.
func (b Barcode) EAN() string {
	code := strings.Join(strings.Fields(b.Code), "")
	switch len(code) {
	case 8, 12, 13, 14:
	default:
		return ""
	}
	sum := 0
	for i := range len(code) {
		digit := int(code[len(code)-1-i]) - '0'
		if digit < 0 || digit > 9 {
			return ""
		}
		if i%2 == 1 { // counted from the check digit, every second weighs three
			digit *= 3
		}
		sum += digit
	}
	if sum%10 != 0 || strings.Trim(code, "0") == "" {
		return ""
	}
	return code
}

// EAN is the first EAN among the product's barcodes; empty when it has none.
func (p Product) EAN() string {
	if codes := p.eans(); len(codes) > 0 {
		return codes[0]
	}
	return ""
}

// OtherEANs are the EANs of one piece beside the first EAN, each once. The code of a
// pack is not among them: who scans it takes several pieces, at another price.
func (p Product) OtherEANs() []string {
	one := p
	one.Barcodes = slices.DeleteFunc(slices.Clone(p.Barcodes), func(b Barcode) bool {
		return b.Quantity.GreaterThan(decimal.NewFromInt(1)) || b.Unit != "" && b.Unit != p.Unit
	})
	first := p.EAN()
	return slices.DeleteFunc(one.eans(), func(code string) bool { return code == first })
}

func (p Product) eans() []string {
	var codes []string
	for _, b := range p.Barcodes {
		if code := b.EAN(); code != "" && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}
