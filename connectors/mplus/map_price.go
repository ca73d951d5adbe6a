package mplus

import (
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// priceFromDraft writes a price: a row of a customer's relationArticleDiscountList
// when it names a customer, one of an article's priceGroupList or salesPriceList when
// it names a price group or a sales price. What a price does not say cannot be
// guessed, so it is refused. A percentage of a customer without an article is of
// everything: the till keeps that with the customer, and not in a list.
func (w *drafting) priceFromDraft(d domain.Draft) elementOut {
	w.problems = append(w.problems, PriceSchema().Check(d)...)
	if w.countOf(d, fieldRelation, fieldPriceGroup, fieldSalesPrice) != 1 {
		w.fail(fieldRelation, "must be given, or priceGroupNumber, or salesPriceNumber: a price is of one of them")
	}
	if w.countOf(d, fieldArticle, fieldGroup) != 1 && !isFlat(d) {
		w.fail(fieldArticle, "must be given, or articleDiscountGroupNumber: a price is of one article or one discount group")
	}
	// A price that the till held has both sides of it, and is sent back with both.
	if given := w.countOf(d, fieldPriceIncl, fieldPriceExcl, fieldPercent); given != 1 &&
		(given != 2 || w.countOf(d, fieldPercent) == 1) {
		w.fail(fieldPriceIncl, "must be given, or priceExcl, or discountPercentage: one of the three is agreed")
	}
	switch {
	case w.countOf(d, fieldPriceGroup) == 1:
		w.ofArticleOnly(d, "price group")
		return elementOut{name: "priceGroup", inside: w.elements(priceGroupRowFields, d)}
	case w.countOf(d, fieldSalesPrice) == 1:
		w.ofArticleOnly(d, "sales price")
		return elementOut{name: "salesPrice", inside: w.elements(salesPriceRowFields, d)}
	default:
		return elementOut{name: "relationArticleDiscount", inside: w.elements(discountRowFields, d)}
	}
}

// ofArticleOnly: those prices are kept by the article itself. Their minimum has no
// decimals (WSDL).
func (w *drafting) ofArticleOnly(d domain.Draft, what string) {
	if _, group := d.Get(fieldGroup); group {
		w.fail(fieldGroup, "cannot have a "+what+": the till keeps those per article")
	}
}

func (w *drafting) countOf(d domain.Draft, names ...string) (n int) {
	for _, name := range names {
		if _, ok := d.Get(name); ok {
			n++
		}
	}
	return n
}

// isFlat reports whether a price is a percentage off everything for one customer.
func isFlat(d domain.Draft) bool {
	_, relation := d.Get(fieldRelation)
	_, percent := d.Get(fieldPercent)
	_, article := d.Get(fieldArticle)
	_, group := d.Get(fieldGroup)
	_, minimum := d.Get(fieldMinimum)
	return relation && percent && !article && !group && !minimum
}

// pricesFromRelation reads the prices that the till keeps with a customer.
func (r *reading) pricesFromRelation(w relationPrices) connectors.HeldPrices {
	number := r.number("relationNumber", w.RelationNumber)
	held := connectors.HeldPrices{
		Of: connectors.HolderCustomer, Number: number, Group: r.number("priceGroupNumber", w.PriceGroupNumber),
	}
	if percent := r.percent("discountPercentage", w.DiscountPercentage); !percent.IsZero() {
		held.Rows = append(held.Rows, priceDraft(
			textField(fieldRelation, number), domain.Field{Name: fieldPercent, Value: domain.NumberValue(percent)}))
	}
	for _, row := range w.Discounts {
		fields := []domain.Field{
			textField(fieldRelation, number), textField(fieldArticle, r.number("articleNumber", row.ArticleNumber)),
			textField(fieldGroup, r.number("articleDiscountGroupNumber", row.ArticleDiscountGroupNumber)),
		}
		if least := r.quantity("minimumAmount", row.MinimumAmount, row.MinimumAmountDecimalPlaces); !least.IsZero() {
			fields = append(fields, domain.Field{Name: fieldMinimum, Value: domain.NumberValue(least)})
		}
		draft := priceDraft(append(fields, r.granted(row.granted)...)...)
		draft.Key = r.number("relationArticleDiscountId", row.ID)
		held.Rows = append(held.Rows, draft)
	}
	return held
}

// pricesFromArticle reads the prices that the till keeps with an article.
func (r *reading) pricesFromArticle(w articlePrices, product string) connectors.HeldPrices {
	number := r.number("articleNumber", w.ArticleNumber)
	held := connectors.HeldPrices{
		Of: connectors.HolderArticle, Number: number, Parent: product,
		Base: connectors.BasePrice{
			Incl: r.euros("priceIncl", w.PriceIncl), Excl: r.euros("priceExcl", w.PriceExcl),
			DiscountGroup: r.number("articleDiscountGroupNumber", w.ArticleDiscountGroupNumber),
		},
	}
	for _, row := range w.PriceGroups {
		held.Rows = append(held.Rows, priceDraft(append([]domain.Field{
			textField(fieldPriceGroup, r.number("priceGroupNumber", row.PriceGroupNumber)), textField(fieldArticle, number),
			r.minimum(row.MinimumAmount),
		}, r.granted(row.granted)...)...))
	}
	for _, row := range w.SalesPrices {
		held.Rows = append(held.Rows, priceDraft(append([]domain.Field{
			textField(fieldSalesPrice, r.number("salesPriceNumber", row.SalesPriceNumber)), textField(fieldArticle, number),
			r.minimum(row.MinimumAmount),
			{Name: fieldStart, Value: domain.DateValue(r.date("startDate", row.StartDate))},
			{Name: fieldEnd, Value: domain.DateValue(r.date("endDate", row.EndDate))},
		}, r.granted(row.granted)...)...))
	}
	return held
}

func (r *reading) minimum(w wireInt) domain.Field {
	return domain.Field{Name: fieldMinimum, Value: domain.NumberValue(r.quantity("minimumAmount", w, "0"))}
}

// granted reads what a row grants: what stands there, be it both sides of a price.
func (r *reading) granted(g granted) []domain.Field {
	var fields []domain.Field
	add := func(name string, given wireInt, value domain.Value) {
		if given.given() {
			fields = append(fields, domain.Field{Name: name, Value: value})
		}
	}
	percent := r.percent("discountPercentage", g.DiscountPercentage)
	if percent.IsZero() { // beside a price, zero says that there is no discount
		add(fieldPriceIncl, g.PriceIncl, domain.NumberValue(r.euros("priceIncl", g.PriceIncl)))
		add(fieldPriceExcl, g.PriceExcl, domain.NumberValue(r.euros("priceExcl", g.PriceExcl)))
	}
	if len(fields) == 0 {
		add(fieldPercent, g.DiscountPercentage, domain.NumberValue(percent))
	}
	return fields
}

// priceDraft makes a row of its fields; those that hold nothing are not there, but
// for what is granted: a price of nothing is a price.
func priceDraft(fields ...domain.Field) domain.Draft {
	fields = slices.DeleteFunc(fields, func(f domain.Field) bool {
		grant := f.Name == fieldPriceIncl || f.Name == fieldPriceExcl || f.Name == fieldPercent
		return f.Value.IsEmpty() && !grant
	})
	return domain.Draft{Entity: domain.EntityPrice, Fields: fields}
}

func textField(name, text string) domain.Field {
	return domain.Field{Name: name, Value: domain.TextValue(text)}
}
