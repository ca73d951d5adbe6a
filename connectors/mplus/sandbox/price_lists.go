package sandbox

import (
	"slices"
)

// PriceLists is what becomes of a list of prices that is sent with a relation or an article.
type PriceLists string

// What may become of a list of prices.
const (
	PriceListsReplace PriceLists = "replace" // it takes the place of the whole list (assumed)
	PriceListsMerge   PriceLists = "merge"   // its rows are put to those that are there
	PriceListsIgnore  PriceLists = "ignore"  // nothing: such lists are only read
)

const lastDiscountRow = "number discount row"

// laid is a list as it stands after another was sent: none was sent (nil), or it replaces, is merged into or leaves the
// old one, as the switch says.
func laid[T any](of PriceLists, old, sent []T, same func(a, b T) bool) []T {
	switch of {
	case PriceListsIgnore:
		return old
	case PriceListsMerge:
		all := slices.Clone(old)
		for _, row := range sent {
			if i := slices.IndexFunc(all, func(other T) bool { return same(other, row) }); i >= 0 {
				all[i] = row
			} else {
				all = append(all, row)
			}
		}
		return all
	default:
		return sent
	}
}

// twice reports whether two rows of a list are the same one.
func twice[T any](rows []T, same func(a, b T) bool) bool {
	for i, row := range rows {
		if slices.ContainsFunc(rows[i+1:], func(other T) bool { return same(row, other) }) {
			return true
		}
	}
	return false
}

// discountRows lays a sent list of discounts of one relation, or of one article, over the one that is there, and gives
// new rows an id.
func (t *till) discountRows(b *batch, old, sent *relationArticleDiscountListXML) (*relationArticleDiscountListXML, error) {
	if sent == nil {
		return old, nil
	}
	var held []relationArticleDiscountXML
	if old != nil {
		held = old.RelationArticleDiscount
	}
	rows := slices.Clone(sent.RelationArticleDiscount)
	if twice(rows, t.sameDiscountRow) {
		return nil, refusal("A discount stands in the list twice.")
	}
	for i := range rows {
		if err := t.checkDiscountRow(rows[i]); err != nil {
			return nil, err
		}
		at := slices.IndexFunc(held, func(other relationArticleDiscountXML) bool { return t.sameDiscountRow(other, rows[i]) })
		if at >= 0 {
			rows[i].RelationArticleDiscountID = held[at].RelationArticleDiscountID
		} else {
			rows[i].RelationArticleDiscountID = new(b.number(lastDiscountRow))
		}
	}
	return &relationArticleDiscountListXML{laid(t.opts.PriceLists, held, rows, t.sameDiscountRow)}, nil
}

func (t *till) sameDiscountRow(a, b relationArticleDiscountXML) bool {
	return value(a.RelationNumber) == value(b.RelationNumber) && value(a.ArticleNumber) == value(b.ArticleNumber) &&
		value(a.ArticleDiscountGroupNumber) == value(b.ArticleDiscountGroupNumber) && t.minimum(a).equal(t.minimum(b))
}

// minimum is the quantity from which on a row holds.
func (t *till) minimum(r relationArticleDiscountXML) quantity {
	places := t.opts.AbsentDecimalPlaces
	if r.MinimumAmountDecimalPlaces != nil {
		places = *r.MinimumAmountDecimalPlaces
	}
	return quantity{value(r.MinimumAmount), places}
}

// checkDiscountRow refuses a row that is of nothing, or that grants nothing or two things. The vendor documents no rules;
// these are the strictest reading.
func (t *till) checkDiscountRow(r relationArticleDiscountXML) error {
	switch {
	case (value(r.ArticleNumber) == 0) == (value(r.ArticleDiscountGroupNumber) == 0):
		return refusal("A discount is of an article or of an article discount group.")
	case value(r.ArticleNumber) != 0 && t.article(value(r.ArticleNumber)) == nil:
		return refusal("The article of a discount is not known.")
	case !t.minimum(r).valid() || value(r.MinimumAmount) < 0:
		return refusal("The minimum quantity of a discount is not possible.")
	}
	return checkGrant(r.DiscountPercentage, r.PriceIncl, r.PriceExcl)
}

func checkGrant(percent *int32, incl, excl *int64) error {
	given := 0
	for _, there := range []bool{percent != nil, incl != nil, excl != nil} {
		if there {
			given++
		}
	}
	// A price that was read may be sent back with both sides of it.
	if given != 1 && (percent != nil || incl == nil || excl == nil) {
		return refusal("A price or a discount is needed, and not both.")
	}
	for _, cents := range []*int64{incl, excl} {
		if value(cents) < 0 || value(cents) > maxCents {
			return refusal("A price is not possible.")
		}
	}
	return nil
}

// articlePrices lays the lists of prices of an article over those that are there.
func (t *till) articlePrices(b *batch, a *articleXML, old, sent articleXML) error {
	var err error
	if a.RelationArticleDiscountList, err = t.discountRows(b, old.RelationArticleDiscountList, sent.RelationArticleDiscountList); err != nil {
		return err
	}
	if a.PriceGroupList, err = t.priceGroupRows(old.PriceGroupList, sent.PriceGroupList); err != nil {
		return err
	}
	a.SalesPriceList, err = t.salesPriceRows(old.SalesPriceList, sent.SalesPriceList)
	return err
}

func (t *till) priceGroupRows(old, sent *priceGroupListXML) (*priceGroupListXML, error) {
	if sent == nil {
		return old, nil
	}
	for i, r := range sent.PriceGroup {
		at := slices.IndexFunc(t.priceGroups(), func(g priceGroupXML) bool { return g.PriceGroupNumber == r.PriceGroupNumber })
		if at < 0 {
			return nil, refusal("A price group is not known.")
		}
		if err := checkGrant(r.DiscountPercentage, r.PriceIncl, r.PriceExcl); err != nil {
			return nil, err
		}
		sent.PriceGroup[i].Description = t.priceGroups()[at].Description
	}
	var held []priceGroupXML
	if old != nil {
		held = old.PriceGroup
	}
	same := func(a, b priceGroupXML) bool {
		return a.PriceGroupNumber == b.PriceGroupNumber && value(a.MinimumAmount) == value(b.MinimumAmount)
	}
	if twice(sent.PriceGroup, same) {
		return nil, refusal("A price group stands in the list twice.")
	}
	return &priceGroupListXML{laid(t.opts.PriceLists, held, sent.PriceGroup, same)}, nil
}

func (t *till) salesPriceRows(old, sent *salesPriceListXML) (*salesPriceListXML, error) {
	if sent == nil {
		return old, nil
	}
	for i, r := range sent.SalesPrice {
		at := slices.IndexFunc(salesPrices, func(s salesPriceXML) bool { return s.SalesPriceNumber == r.SalesPriceNumber })
		if at < 0 {
			return nil, refusal("A sales price is not known.")
		}
		if err := checkGrant(r.DiscountPercentage, r.PriceIncl, r.PriceExcl); err != nil {
			return nil, err
		}
		sent.SalesPrice[i].Description = salesPrices[at].Description
	}
	var held []salesPriceXML
	if old != nil {
		held = old.SalesPrice
	}
	same := func(a, b salesPriceXML) bool {
		return a.SalesPriceNumber == b.SalesPriceNumber && value(a.MinimumAmount) == value(b.MinimumAmount)
	}
	if twice(sent.SalesPrice, same) {
		return nil, refusal("A sales price stands in the list twice.")
	}
	return &salesPriceListXML{laid(t.opts.PriceLists, held, sent.SalesPrice, same)}, nil
}

// priceGroups are those of the till and the ones that were made by hand since.
func (t *till) priceGroups() []priceGroupXML {
	return slices.Concat(priceGroups, t.opts.MorePriceGroups.rows())
}

// PriceGroupNumbers are price groups that somebody made by hand in the back office.
type PriceGroupNumbers []int32

func (n PriceGroupNumbers) rows() []priceGroupXML {
	var rows []priceGroupXML
	for _, number := range n {
		rows = append(rows, priceGroupXML{PriceGroupNumber: number, Description: new("Prijsgroep " + quantity{Amount: int64(number)}.text())})
	}
	return rows
}

type salesPricesAnswer struct {
	SalesPrice []salesPriceXML `xml:"salesPrice"`
}

func getSalesPriceList(*call, noInput) (salesPricesAnswer, error) {
	return salesPricesAnswer{salesPrices}, nil
}
