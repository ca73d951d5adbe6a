package mplus

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/koppel/koppel/domain"
)

// productFromDraft writes a new product with its articles.
func (w *drafting) productFromDraft(d domain.Draft) elementOut {
	w.problems = append(w.problems, ProductSchema(w.own).Check(d)...)
	return w.product(d)
}

// changedProductFromDraft writes what a draft changes of a product: the key of a line
// is the number of its article, and the articles that the product does not have are new.
func (w *drafting) changedProductFromDraft(number string, d domain.Draft) elementOut {
	schema := ProductSchema(w.own)
	w.problems = append(w.problems, schema.CheckUpdate(d)...)
	d.Lines = slices.Clone(d.Lines)
	for i, line := range d.Lines {
		line = leftOut(line, articleNumber)
		for _, p := range schema.Lines.CheckUpdate(line) {
			w.fail(fmt.Sprintf("line %d %s", i+1, p.Field), p.Rule)
		}
		line.Fields = append([]domain.Field{{Name: articleNumber, Value: domain.TextValue(line.Key)}}, line.Fields...)
		d.Lines[i] = line
	}
	d.Fields = append([]domain.Field{{Name: "product.productNumber", Value: domain.TextValue(number)}}, d.Fields...)
	return w.product(d)
}

func (w *drafting) product(d domain.Draft) elementOut {
	own := w.elements(productFields, d)
	groups := len(own)
	for groups > 0 && own[groups-1].name == "groupNumbers" { // the articles stand before the groups
		groups--
	}
	inside := append([]elementOut{}, own[:groups]...)
	if len(d.Lines) > 0 {
		list := elementOut{name: "articleList"}
		for _, line := range d.Lines {
			list.inside = append(list.inside, elementOut{name: "article", inside: w.elements(articleFields, line)})
		}
		inside = append(inside, list)
	}
	return elementOut{name: "product", inside: append(inside, own[groups:]...)}
}

func leftOut(d domain.Draft, name string) domain.Draft {
	d.Fields = slices.DeleteFunc(slices.Clone(d.Fields), func(f domain.Field) bool { return f.Name == name })
	return d
}

// articleGroupFromDraft writes what newArticleGroup takes.
func (w *drafting) articleGroupFromDraft(d domain.Draft) elementOut {
	w.problems = append(w.problems, CategorySchema(w.own).Check(d)...)
	return elementOut{name: "request", inside: w.elements(articleGroupFields, d)}
}

// stockFromDraft writes what setStock takes: the absolute stock of a branch.
func (w *drafting) stockFromDraft(branch int, d domain.Draft) elementOut {
	w.problems = append(w.problems, StockSchema().Check(d)...)
	return elementOut{name: "request", inside: append([]elementOut{{name: "branchNumber", text: strconv.Itoa(branch)}}, w.elements(stockFields, d)...)}
}

// priceFromDraft writes a price: a row of a customer's relationArticleDiscountList
// when it names a customer, one of an article's priceGroupList when it names a
// price group. What a price does not say cannot be guessed, so it is refused.
func (w *drafting) priceFromDraft(d domain.Draft) elementOut {
	w.problems = append(w.problems, PriceSchema().Check(d)...)
	given := func(names ...string) (n int) {
		for _, name := range names {
			if _, ok := d.Get(name); ok {
				n++
			}
		}
		return n
	}
	if given("relationNumber", "priceGroupNumber") != 1 {
		w.fail("relationNumber", "must be given, or priceGroupNumber: a price is one customer's or one price group's")
	}
	if given("articleNumber", "articleDiscountGroupNumber") != 1 {
		w.fail("articleNumber", "must be given, or articleDiscountGroupNumber: a price is of one article or one discount group")
	}
	if given("priceIncl", "priceExcl", "discountPercentage") != 1 {
		w.fail("priceIncl", "must be given, or priceExcl, or discountPercentage: one of the three is agreed")
	}
	if given("priceGroupNumber") == 1 {
		return w.priceGroupFromDraft(d)
	}
	return elementOut{name: "relationArticleDiscount", inside: w.elements([]targetField{
		{name: "relationNumber", form: formNumber},
		{name: "articleNumber", form: formNumber},
		{name: "articleDiscountGroupNumber", form: formCode},
		{name: "minimumAmount", form: formQuantity},
		{name: "discountPercentage", form: formPercent},
		{name: "priceIncl", form: formCents},
		{name: "priceExcl", form: formCents},
	}, d)}
}

// priceGroupFromDraft writes an article's price in a price group, which the
// article itself carries. Its minimum has no decimals (WSDL).
func (w *drafting) priceGroupFromDraft(d domain.Draft) elementOut {
	if _, group := d.Get("articleDiscountGroupNumber"); group {
		w.fail("articleDiscountGroupNumber", "cannot have a price group: the till keeps those per article")
	}
	return elementOut{name: "priceGroup", inside: w.elements([]targetField{
		{name: "priceGroupNumber", form: formCode},
		{name: "priceIncl", form: formCents},
		{name: "priceExcl", form: formCents},
		{name: "discountPercentage", form: formPercent},
		{name: "minimumAmount", form: formWhole},
	}, d)}
}
