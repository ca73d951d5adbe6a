package sandbox

import (
	"errors"
	"math/big"
	"slices"
)

// maxCents bounds every amount, so that sums of them fit.
const maxCents = 1_000_000_000_000_000

// errTooMuch is an amount that no till can hold.
var errTooMuch = errors.New("an amount is too large")

// unknownVATCode is a VAT code without a rate. The till answers it with a fault.
type unknownVATCode int32

func (u unknownVATCode) Error() string { return "the VAT code has no rate" }

// pricer computes the amounts of a document exactly, in cents.
type pricer struct {
	percent         func(code int32) (int64, bool) // hundredths of a percent
	wirePercent     func(hundredths int64) int64   // in the scale the till speaks
	discountScale   int64                          // what 100 % is in the scale the till speaks
	absentPlaces    int32
	discountPerUnit bool
	alwaysIncl      bool
}

// totals of a document.
type totals struct {
	Incl, Excl int64
	Groups     []vatGroupXML
}

func taxed(m vatMethod) bool { return m == "VAT-METHOD-INCLUSIVE" || m == "VAT-METHOD-EXCLUSIVE" }

// net tells whether prices count without VAT.
func (p pricer) net(m vatMethod) bool { return m != "VAT-METHOD-INCLUSIVE" && !p.alwaysIncl }

// complete fills the amounts of the lines and sums them up. VAT is computed once per code over the whole document, half
// a cent away from zero; the lines' own amounts are each rounded alone and need not add up to it. Sub lines do not
// count: the price of the main line includes them.
func (p pricer) complete(method vatMethod, lines []lineXML) (totals, error) {
	return p.completeBeside(method, lines, map[int32]*big.Int{})
}

// completeBeside does so with amounts that stand on no line, by VAT code.
func (p pricer) completeBeside(method vatMethod, lines []lineXML, sums map[int32]*big.Int) (totals, error) {
	for code := range sums {
		if _, ok := p.percent(code); !ok {
			return totals{}, unknownVATCode(code)
		}
	}
	for i := range lines {
		if lines[i].Data == nil || lines[i].ArticleNumber == 0 {
			continue
		}
		amount, err := p.completeLine(method, lines[i].Data)
		if err != nil {
			return totals{}, err
		}
		code := value(lines[i].Data.VATCode)
		if sums[code] == nil {
			sums[code] = new(big.Int)
		}
		sums[code].Add(sums[code], amount)
	}
	var codes []int32
	for code := range sums {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	var t totals
	for _, code := range codes {
		percent, _ := p.percent(code)
		incl, excl, ok := p.split(method, sums[code], percent)
		if !ok {
			return totals{}, errTooMuch
		}
		if !taxed(method) {
			percent = 0
		}
		t.Incl += incl
		t.Excl += excl
		t.Groups = append(t.Groups, vatGroupXML{
			VATCode: code, VATPercentage: p.wirePercent(percent), ExclAmount: new(excl), VATAmount: new(incl - excl),
		})
	}
	return t, nil
}

// completeLine fills one line and gives its amount in the terms of the method: with VAT or without.
func (p pricer) completeLine(method vatMethod, d *lineDataXML) (*big.Int, error) {
	percent, ok := p.percent(value(d.VATCode))
	if !ok {
		return nil, unknownVATCode(value(d.VATCode))
	}
	for _, cents := range []int64{value(d.Price), value(d.PriceExcl), value(d.DiscountAmount), value(d.DiscountAmountExcl)} {
		if cents > maxCents || cents < -maxCents {
			return nil, errTooMuch
		}
	}
	d.VATPercentage = new(int32(p.wirePercent(percent)))
	if !taxed(method) {
		d.VATPercentage = new(int32(0))
	}
	unit := p.unitPrice(method, d)
	incl, excl, ok := p.split(method, big.NewInt(unit), percent)
	if !ok {
		return nil, errTooMuch
	}
	d.Price, d.PriceExcl = new(incl), new(excl)

	places := p.absentPlaces
	if d.DecimalPlaces != nil {
		places = *d.DecimalPlaces
	}
	amount := new(big.Int).Mul(big.NewInt(unit), big.NewInt(d.Quantity))
	perUnits := big.NewInt(max(int64(value(d.PricePerQuantity)), 1))
	amount = rounded(amount, perUnits.Mul(perUnits, powerOfTen(places)))
	amount.Sub(amount, rounded(new(big.Int).Mul(amount, big.NewInt(int64(value(d.DiscountPercentage)))), big.NewInt(p.discountScale)))
	discount, err := p.completeDiscount(method, d, percent)
	if err != nil {
		return nil, err
	}
	if p.discountPerUnit {
		discount = rounded(discount.Mul(discount, big.NewInt(d.Quantity)), powerOfTen(places))
	}
	amount.Sub(amount, discount)

	lineIncl, lineExcl, ok := p.split(method, amount, percent)
	if !ok {
		return nil, errTooMuch
	}
	d.TotalInclAmount, d.TotalExclAmount = new(lineIncl), new(lineExcl)
	return amount, nil
}

// completeDiscount reads the discount in the terms of the method and fills in its other side.
func (p pricer) completeDiscount(method vatMethod, d *lineDataXML, percent int64) (*big.Int, error) {
	if d.DiscountAmount == nil && d.DiscountAmountExcl == nil {
		return new(big.Int), nil
	}
	discount := value(d.DiscountAmount)
	switch {
	case p.net(method) && d.DiscountAmountExcl != nil:
		discount = *d.DiscountAmountExcl
	case d.DiscountAmount == nil:
		discount = share(*d.DiscountAmountExcl, 10000+percent, 10000)
	}
	incl, excl, ok := p.split(method, big.NewInt(discount), percent)
	if !ok {
		return nil, errTooMuch
	}
	d.DiscountAmount, d.DiscountAmountExcl = new(incl), new(excl)
	return big.NewInt(discount), nil
}

// unitPrice reads the price in the terms of the method. A net document prefers priceExcl, so that an order that was
// read can be sent back unchanged although its price says the amount with VAT.
func (p pricer) unitPrice(method vatMethod, d *lineDataXML) int64 {
	if p.net(method) && d.PriceExcl != nil {
		return *d.PriceExcl
	}
	if d.Price == nil && d.PriceExcl != nil {
		percent, _ := p.percent(value(d.VATCode))
		return share(*d.PriceExcl, 10000+percent, 10000)
	}
	return value(d.Price)
}

// split tells an amount in the terms of the method with and without VAT.
func (p pricer) split(method vatMethod, amount *big.Int, percent int64) (incl, excl int64, ok bool) {
	if new(big.Int).Abs(amount).Cmp(big.NewInt(maxCents)) > 0 {
		return 0, 0, false
	}
	whole := amount.Int64()
	if !taxed(method) {
		return whole, whole, true
	}
	part := new(big.Int).Mul(amount, big.NewInt(percent))
	if p.net(method) {
		return whole + rounded(part, big.NewInt(10000)).Int64(), whole, true
	}
	return whole, whole - rounded(part, big.NewInt(10000+percent)).Int64(), true
}
