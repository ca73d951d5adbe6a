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
