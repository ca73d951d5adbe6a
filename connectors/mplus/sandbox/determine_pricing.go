package sandbox

import (
	"cmp"
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// Pricing is how the till chooses when several prices fit. The vendor documents no order.
type Pricing string

// The ways to choose a price.
const (
	// PricingSpecificFirst takes the first that fits of: a row of the relation for the article; a row of the relation for
	// the article's discount group; the price group of the relation, or without one of the branch; a sales price of the
	// day; the article's own price less the relation's percentage. Of several rows the one with the greatest minimum that
	// the quantity reaches counts. This order is the sandbox's own assumption.
	PricingSpecificFirst Pricing = "specific_first"
	// PricingLowest takes whichever of these is the lowest for the customer.
	PricingLowest Pricing = "lowest"
)

type determinePricingInput struct {
	Request determinePricingXML `xml:"request"`
}

type determinePricingAnswer struct {
	Lines []pricedLineXML `xml:"lines"`
}

// determinePricing prices lines. An unknown branch, relation or article is a Client fault: the answer has no result.
func determinePricing(c *call, in determinePricingInput) (determinePricingAnswer, error) {
	branch, known := findBranch(in.Request.Workplace.BranchNumber)
	if !known {
		return determinePricingAnswer{}, clientFault("The branch is not known.")
	}
	var relation *relationXML
	if number := value(in.Request.RelationNumber); number != 0 {
		if relation = c.relations[number]; relation == nil {
			return determinePricingAnswer{}, clientFault("The relation is not known.")
		}
	}
	on := dayOf(c.now())
	if in.Request.FinancialDate != nil {
		day, err := time.Parse(time.DateOnly, firstRunes(string(*in.Request.FinancialDate), len(time.DateOnly)))
		if err != nil {
			return determinePricingAnswer{}, clientFault("The financial date is not a date.")
		}
		on = dayOf(day)
	}
	var out determinePricingAnswer
	for _, line := range in.Request.Lines {
		if line.ArticleNumber == nil {
			continue
		}
		priced, err := c.priceLine(line, relation, branch, on)
		if err != nil {
			return determinePricingAnswer{}, err
		}
		out.Lines = append(out.Lines, priced)
	}
	return out, nil
}

// offer is one price that fits: an agreed price on one side of VAT, or a percentage off the article's own.
type offer struct {
	incl, excl *int64
	percent    decimal.Decimal
	kind       discountType
}

func (t *till) priceLine(line pricingLineXML, relation *relationXML, branch branchXML, on dateXML) (pricedLineXML, error) {
	a := t.article(*line.ArticleNumber)
	if a == nil {
		return pricedLineXML{}, clientFault("The article is not known.")
	}
	quantity := decimal.NewFromInt(1)
	if line.Data != nil {
		var err error
		if quantity, err = decimal.NewFromString(string(line.Data.Quantity)); err != nil || quantity.Abs().GreaterThan(decimal.New(maxCents, 0)) {
			return pricedLineXML{}, clientFault("A quantity is not possible.")
		}
	}
	if line.Data != nil && line.Data.PriceIncl != nil {
		fixed, err := decimal.NewFromString(string(*line.Data.PriceIncl))
		if err != nil || fixed.Abs().GreaterThan(decimal.New(maxCents, -2)) {
			return pricedLineXML{}, clientFault("A price is not possible.")
		}
		priced := t.charge(*a, offer{incl: new(fixed.Shift(2).Round(0).IntPart()), kind: "DISCOUNT-TYPE-NONE"}, quantity)
		priced.PriceType, priced.TempID = "PRICE-TYPE-FIXED", line.TempID
		return priced, nil
	}
	offers := t.offers(*a, relation, branch, on, quantity)
	best := t.charge(*a, offers[0], quantity)
	if t.opts.Pricing == PricingLowest {
		for _, o := range offers[1:] {
			if other := t.charge(*a, o, quantity); amountOf(other).Abs().LessThan(amountOf(best).Abs()) {
				best = other
			}
		}
	}
	best.TempID = line.TempID
	return best, nil
}

func amountOf(l pricedLineXML) decimal.Decimal { return decimal.RequireFromString(string(l.Amount)) }

// offers are all prices that fit, in the order of PricingSpecificFirst. The last is the article's own.
func (t *till) offers(a articleXML, relation *relationXML, branch branchXML, on dateXML, quantity decimal.Decimal) []offer {
	var offers []offer
	add := func(o *offer) {
		if o != nil {
			offers = append(offers, *o)
		}
	}
	group := value(branch.PriceGroupNumber)
	own := offer{incl: a.PriceIncl, excl: nil, kind: "DISCOUNT-TYPE-NONE"}
	if relation != nil {
		group = cmp.Or(value(relation.PriceGroupNumber), group)
		number := value(a.ArticleNumber)
		rows := t.discountRowsOf(a, *relation)
		add(t.bestDiscount(rows, quantity, func(r relationArticleDiscountXML) bool { return value(r.ArticleNumber) == number }))
		discountGroup := value(a.ArticleDiscountGroupNumber)
		add(t.bestDiscount(rows, quantity, func(r relationArticleDiscountXML) bool {
			return discountGroup != 0 && value(r.ArticleDiscountGroupNumber) == discountGroup
		}))
		if percent := value(relation.DiscountPercentage); percent != 0 {
			own = offer{percent: t.plainPercent(percent), kind: "DISCOUNT-TYPE-CUSTOMER-DISCOUNT"}
		}
	}
	if a.PriceGroupList != nil {
		add(t.bestOf(quantity, len(a.PriceGroupList.PriceGroup), func(i int) (int32, *int32, *int64, *int64, bool) {
			r := a.PriceGroupList.PriceGroup[i]
			return value(r.MinimumAmount), r.DiscountPercentage, r.PriceIncl, r.PriceExcl, group != 0 && r.PriceGroupNumber == group
		}, "DISCOUNT-TYPE-PRICE-GROUP"))
	}
	if a.SalesPriceList != nil {
		add(t.bestOf(quantity, len(a.SalesPriceList.SalesPrice), func(i int) (int32, *int32, *int64, *int64, bool) {
			r := a.SalesPriceList.SalesPrice[i]
			return value(r.MinimumAmount), r.DiscountPercentage, r.PriceIncl, r.PriceExcl, r.holdsOn(on)
		}, "DISCOUNT-TYPE-SALES-PRICE"))
	}
	return append(offers, own)
}

func (s salesPriceXML) holdsOn(on dateXML) bool {
	begun := s.StartDate == nil || s.StartDate.none() || s.StartDate.ordinal() <= on.ordinal()
	return begun && (s.EndDate == nil || s.EndDate.none() || on.ordinal() <= s.EndDate.ordinal())
}

// discountRowsOf are the rows of a relation for an article, wherever they were sent.
func (t *till) discountRowsOf(a articleXML, relation relationXML) []relationArticleDiscountXML {
	var rows []relationArticleDiscountXML
	if relation.RelationArticleDiscountList != nil {
		rows = append(rows, relation.RelationArticleDiscountList.RelationArticleDiscount...)
	}
	if a.RelationArticleDiscountList != nil {
		for _, r := range a.RelationArticleDiscountList.RelationArticleDiscount {
			if value(r.RelationNumber) == value(relation.RelationNumber) {
				rows = append(rows, r)
			}
		}
	}
	return rows
}

func (t *till) bestDiscount(rows []relationArticleDiscountXML, quantity decimal.Decimal, fits func(relationArticleDiscountXML) bool) *offer {
	rows = slices.DeleteFunc(slices.Clone(rows), func(r relationArticleDiscountXML) bool {
		return !fits(r) || t.minimumOf(r).GreaterThan(quantity.Abs())
	})
	if len(rows) == 0 {
		return nil
	}
	best := slices.MaxFunc(rows, func(a, b relationArticleDiscountXML) int { return t.minimumOf(a).Cmp(t.minimumOf(b)) })
	return t.offerOf(best.DiscountPercentage, best.PriceIncl, best.PriceExcl, "DISCOUNT-TYPE-CUSTOMER-DISCOUNT")
}

func (t *till) minimumOf(r relationArticleDiscountXML) decimal.Decimal {
	least := t.minimum(r)
	return decimal.New(least.Amount, -least.Places)
}

func (t *till) bestOf(quantity decimal.Decimal, n int, row func(i int) (least int32, percent *int32, incl, excl *int64, fits bool), kind discountType) *offer {
	var best *offer
	top := int32(-1)
	for i := range n {
		least, percent, incl, excl, fits := row(i)
		if fits && least > top && decimal.NewFromInt32(least).LessThanOrEqual(quantity.Abs()) {
			top, best = least, t.offerOf(percent, incl, excl, kind)
		}
	}
	return best
}

// offerOf takes the side of a price that was sent; of both, the one with VAT.
func (t *till) offerOf(percent *int32, incl, excl *int64, kind discountType) *offer {
	if percent != nil {
		return &offer{percent: t.plainPercent(*percent), kind: kind}
	}
	if incl != nil {
		return &offer{incl: incl, kind: kind}
	}
	return &offer{excl: excl, kind: kind}
}

func (t *till) plainPercent(wire int32) decimal.Decimal {
	if t.opts.WholePercentages {
		return decimal.NewFromInt32(wire)
	}
	return decimal.New(int64(wire), -2)
}

// charge computes a line in the terms of the price that was agreed, with VAT or without, and derives the other side. A
// percentage is off the article's price with VAT, and taken off the amount of the line.
func (t *till) charge(a articleXML, o offer, quantity decimal.Decimal) pricedLineXML {
	rate, _ := vatPercent(value(a.VATCode))
	with := func(excl decimal.Decimal) decimal.Decimal { return excl.Mul(decimal.New(10000+rate, -4)).Round(2) }
	without := func(incl decimal.Decimal) decimal.Decimal {
		return incl.Mul(decimal.New(10000, 0)).DivRound(decimal.New(10000+rate, 0), 2)
	}
	unitIncl, unitExcl := decimal.New(value(a.PriceIncl), -2), decimal.New(value(a.PriceExcl), -2)
	var amount, amountExcl, discount, discountExcl decimal.Decimal
	switch {
	case o.excl != nil:
		unitExcl = decimal.New(*o.excl, -2)
		unitIncl = with(unitExcl)
		amountExcl = unitExcl.Mul(quantity).Round(2)
		amount = with(amountExcl)
	default:
		if o.incl != nil {
			unitIncl = decimal.New(*o.incl, -2)
			unitExcl = without(unitIncl)
		}
		gross := unitIncl.Mul(quantity).Round(2)
		discount = gross.Mul(o.percent).Shift(-2).Round(2)
		discountExcl = without(discount)
		amount = gross.Sub(discount)
		amountExcl = without(amount)
	}
	text := func(d decimal.Decimal) decimalText { return decimalText(d.String()) }
	return pricedLineXML{
		ArticleNumber: value(a.ArticleNumber), Description: a.Description, Quantity: text(quantity),
		Price: text(unitIncl), DiscountPercentage: text(o.percent), DiscountAmount: text(discount), Amount: text(amount),
		PriceType: "PRICE-TYPE-ARTICLE", PriceExcl: text(unitExcl), DiscountAmountExcl: text(discountExcl), AmountExcl: text(amountExcl),
		DiscountType: &o.kind,
	}
}
