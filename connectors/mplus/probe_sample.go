package mplus

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// sampledLine is a line of a recent order with the order's VAT method.
type sampledLine struct {
	lineData
	method domain.VATMethod
}

// sampledLines are the lines that sell something for a price.
func (p *probe) sampledLines() []sampledLine {
	var lines []sampledLine
	for _, o := range p.sample {
		r := &reading{}
		method := r.vatMethod(o.wire.VatMethod)
		for _, l := range o.wire.LineList {
			if l.Data != nil && r.sells(l.LineKind) && len(r.problems) == 0 {
				lines = append(lines, sampledLine{*l.Data, method})
			}
		}
	}
	return lines
}

// amount reads a whole number that was given; anything else tells nothing.
func amount(w wireInt) (decimal.Decimal, bool) {
	n, err := w.parse()
	return decimal.NewFromInt(n), err == nil
}

// pieces is the quantity of the line with this many decimals where it states none.
func (l sampledLine) pieces(absent int32) (decimal.Decimal, bool) {
	quantity, ok := amount(l.Quantity)
	if places, stated := amount(l.DecimalPlaces); stated {
		absent = int32(places.IntPart())
	}
	if absent < 0 || absent > maxDecimalPlaces {
		return decimal.Zero, false
	}
	return quantity.Shift(-absent), ok
}

// isAbout allows for what rounding a price per piece can do to a total, in cents.
func isAbout(a, b decimal.Decimal) bool {
	return a.Sub(b).Abs().LessThanOrEqual(decimal.NewFromInt(1))
}

// absentDecimalPlaces: whether quantities come without decimals, and what makes
// price times quantity the total then.
func (p *probe) absentDecimalPlaces(context.Context) (found, set string) {
	lines, silent := p.sampledLines(), 0
	fits := map[int32]int{}
	for _, l := range lines {
		if l.DecimalPlaces.given() {
			continue
		}
		silent++
		price, priced := amount(l.Price)
		total, totalled := amount(l.TotalInclAmount)
		if l.method != domain.VATInclusive || !priced || !totalled || total.IsZero() || l.DiscountAmount.given() || l.DiscountPercentage.given() {
			continue
		}
		for places := range int32(4) {
			if pieces, ok := l.pieces(places); ok && isAbout(price.Mul(pieces), total) {
				fits[places]++
				break
			}
		}
	}
	switch {
	case len(lines) == 0:
		return "", ""
	case silent == 0:
		return fmt.Sprintf("all %d lines of recent orders state their decimals", len(lines)), ""
	case len(fits) == 1:
		for places := range fits {
			return fmt.Sprintf("%d lines state none; their totals fit %d decimals", silent, places), fmt.Sprint(places)
		}
	}
	return "", ""
}

// linePriceMeans compares price times quantity with the totals of lines of which
// the two differ by VAT.
func (p *probe) linePriceMeans(context.Context) (found, set string) {
	with, without := 0, 0
	for _, l := range p.sampledLines() {
		incl, okIncl := amount(l.TotalInclAmount)
		excl, okExcl := amount(l.TotalExclAmount)
		price, okPrice := amount(l.Price)
		pieces, okPieces := l.pieces(int32(p.settings.AbsentDecimalPlaces))
		discounted := l.DiscountAmount.given() && l.DiscountAmount != "0" || l.DiscountPercentage.given() && l.DiscountPercentage != "0"
		if l.method != domain.VATExclusive || !okIncl || !okExcl || !okPrice || !okPieces || incl.Sub(excl).Abs().LessThan(decimal.NewFromInt(5)) || discounted {
			continue
		}
		switch total := price.Mul(pieces); {
		case isAbout(total, incl):
			with++
		case isAbout(total, excl):
			without++
		}
	}
	switch {
	case with > 0 && without == 0:
		return "VAT, also on orders sold without it", string(PriceInclVAT)
	case without > 0 && with == 0:
		return "no VAT on orders that are sold without it", string(PriceByVATMethod)
	default:
		return "", ""
	}
}

// discountMeans compares the totals of lines of several pieces with a discount in euros.
func (p *probe) discountMeans(context.Context) (found, set string) {
	perLine, perUnit := 0, 0
	for _, l := range p.sampledLines() {
		discount, okDiscount := amount(l.DiscountAmount)
		price, okPrice := amount(l.Price)
		total, okTotal := amount(l.TotalInclAmount)
		pieces, okPieces := l.pieces(int32(p.settings.AbsentDecimalPlaces))
		if l.method != domain.VATInclusive || !okDiscount || !okPrice || !okTotal || !okPieces ||
			discount.LessThan(decimal.NewFromInt(5)) || pieces.LessThan(decimal.NewFromInt(2)) {
			continue
		}
		switch before := price.Mul(pieces); {
		case isAbout(before.Sub(discount), total):
			perLine++
		case isAbout(before.Sub(discount.Mul(pieces)), total):
			perUnit++
		}
	}
	switch {
	case perLine > 0 && perUnit == 0:
		return "the whole line", string(DiscountPerLine)
	case perUnit > 0 && perLine == 0:
		return "one piece", string(DiscountPerUnit)
	default:
		return "", ""
	}
}

// timeOffsetMeans: whether the offset beside a moment is that of Amsterdam then.
func (p *probe) timeOffsetMeans(context.Context) (found, set string) {
	right, zero, wrong := 0, 0, 0
	for _, o := range p.sample {
		t := o.wire.EntryTimestamp
		if t == nil {
			continue
		}
		r := &reading{}
		wall := time.Date(int(r.integer("year", t.Year)), time.Month(r.integer("mon", t.Mon)), int(r.integer("day", t.Day)),
			int(r.integer("hour", t.Hour)), int(r.integer("min", t.Min)), int(r.integer("sec", t.Sec)), 0, time.UTC)
		offset := time.Duration(r.integer("timezone", t.Timezone)) * time.Minute
		switch at := instantAt(wall, r.yes("isdst", t.IsDST, false), p.zone); {
		case len(r.problems) > 0:
		case offset == 0:
			zero++
		case offset == offsetAt(at, p.zone):
			right++
		default:
			wrong++
		}
	}
	switch {
	case wrong > 0:
		return fmt.Sprintf("%d of %d moments carry an offset that Amsterdam did not have", wrong, wrong+right+zero), string(OffsetIgnored)
	case right+zero > 0:
		return fmt.Sprintf("right on %d moments, absent on %d", right, zero), string(OffsetTrusted)
	default:
		return "", ""
	}
}

// nobody: which relation number orders without a customer carry. A card for
// passers-by cannot be told from any other.
func (p *probe) nobody(context.Context) (found, set string) {
	silent := 0
	for _, o := range p.sample {
		if number, ok := amount(o.wire.RelationNumber); !ok || number.IsZero() {
			silent++
		}
	}
	if silent == 0 {
		return "", ""
	}
	return fmt.Sprintf("%d of %d recent orders carry 0 or no number", silent, len(p.sample)), ""
}

// externalNumberField: which of the two fields is in use on the customers of recent orders.
func (p *probe) externalNumberField(ctx context.Context) (found, set string) {
	var numbers []int64
	seen := map[int64]bool{0: true}
	for _, o := range p.sample {
		if n, err := o.wire.RelationNumber.parse(); err == nil && !seen[n] {
			seen[n] = true
			numbers = append(numbers, n)
		}
	}
	if len(numbers) == 0 {
		return "", ""
	}
	var answer getRelationsResponse
	if err := p.ask(ctx, opGetRelations, getRelations{Request: getRelationsRequest{RelationNumbers: numbers}}, &answer); err != nil {
		return "", ""
	}
	external, code := 0, 0
	for _, r := range answer.RelationList {
		if trimmed(r.ExtRelationID) != "" {
			external++
		}
		if trimmed(r.RelationCode) != "" {
			code++
		}
	}
	found = fmt.Sprintf("of %d customers %d have an external id and %d a code", len(answer.RelationList), external, code)
	switch {
	case external > 0 && code == 0:
		return found, string(ExternalFromExtRelationID)
	case code > 0 && external == 0:
		return found, string(ExternalFromRelationCode)
	case external+code > 0:
		return found + ": ask the shop which holds the debtor number", ""
	default:
		return "", ""
	}
}
