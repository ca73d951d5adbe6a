package mplus

import (
	"context"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// heldAtOnce is how many records one call asks for by number.
const heldAtOnce = 500

// HeldPrices reads the lists of customers or articles.
func (c *Client) HeldPrices(ctx context.Context, of connectors.PriceHolder, numbers []string) ([]connectors.HeldPrices, error) {
	places, err := c.percentPlaces(ctx)
	if err != nil {
		return nil, err
	}
	var held []connectors.HeldPrices
	for some := range slices.Chunk(numbers, heldAtOnce) {
		asked, err := wireNumbers(some)
		if err != nil {
			return nil, err
		}
		read := c.heldByArticles
		if of == connectors.HolderCustomer {
			read = c.heldByCustomers
		}
		r := &reading{assumptions: c.assumptions(places)}
		more, err := read(ctx, r, asked)
		if err != nil {
			return nil, err
		}
		held = append(held, more...)
	}
	return held, nil
}

func (c *Client) heldByCustomers(ctx context.Context, r *reading, numbers []int64) ([]connectors.HeldPrices, error) {
	var answer getRelationPricesResponse
	if err := c.ask(ctx, opGetRelations, getRelations{Request: getRelationsRequest{RelationNumbers: numbers}}, &answer); err != nil {
		return nil, err
	}
	var held []connectors.HeldPrices
	for _, w := range answer.Relations {
		held = append(held, r.pricesFromRelation(w))
	}
	return held, r.asAnswer(opGetRelations)
}

func (c *Client) heldByArticles(ctx context.Context, r *reading, numbers []int64) ([]connectors.HeldPrices, error) {
	var answer getProductPricesResponse
	if err := c.ask(ctx, opGetProducts, getProducts{Request: getProductsRequest{ArticleNumbers: numbers}}, &answer); err != nil {
		return nil, err
	}
	var held []connectors.HeldPrices
	for _, p := range answer.Products {
		for _, a := range p.Articles {
			if n, err := a.ArticleNumber.parse(); err == nil && slices.Contains(numbers, n) {
				held = append(held, r.pricesFromArticle(a, r.number("productNumber", p.ProductNumber)))
			}
		}
	}
	return held, r.asAnswer(opGetProducts)
}

// wireNumbers reads numbers of records; another text names none.
func wireNumbers(texts []string) ([]int64, error) {
	var numbers []int64
	for _, text := range texts {
		n, err := wireInt(text).parse()
		if err != nil || !isPlainNumber(text) {
			return nil, fault.New(fault.Invalid, "sku_not_numeric", system+" read by number").About(text)
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}

// WritePrices sends whole lists, and of an article only the list that differs.
// ASSUMED: a list that is sent takes the place of the whole list. Ask: does it, or
// are its rows put to those that are there? Are these lists writable at all?
func (c *Client) WritePrices(ctx context.Context, to connectors.HeldPrices, rows []domain.Draft) error {
	places, err := c.percentPlaces(ctx)
	if err != nil {
		return err
	}
	w := &drafting{percentPlaces: places}
	record, op := w.articleWithPrices, opUpdateProduct
	if to.Of == connectors.HolderCustomer {
		record, op = w.relationWithPrices, opUpdateRelation
	}
	sent := record(to, rows)
	if err := w.err(op, to.Number); err != nil {
		return err
	}
	var answer savedResponse
	if err := c.ask(ctx, op, elementOut{inside: []elementOut{sent}}, &answer); err != nil {
		return err
	}
	err = c.judged(op, answer.Result, answer.ErrorMessage)
	if f, ok := fault.As(err); ok {
		return f.About(to.Number)
	}
	return err
}

func (w *drafting) relationWithPrices(to connectors.HeldPrices, rows []domain.Draft) elementOut {
	relation := elementOut{name: "relation", inside: []elementOut{{name: "relationNumber", text: to.Number}}}
	list := elementOut{name: "relationArticleDiscountList"}
	percent := elementOut{name: "discountPercentage"}
	had := slices.ContainsFunc(to.Rows, isFlat)
	for _, row := range rows {
		if row = withField(row, textField(fieldRelation, to.Number)); isFlat(row) {
			w.problems = append(w.problems, PriceSchema().Check(row)...)
			percent.text = w.elements([]targetField{{name: fieldPercent, form: formPercent}}, row)[0].text
			continue
		}
		element := w.priceFromDraft(row)
		if id := idOfRow(to.Rows, row); id != "" {
			element.inside = append([]elementOut{{name: "relationArticleDiscountId", text: id}}, element.inside...)
		}
		list.inside = append(list.inside, element)
	}
	if percent.text == "" && had {
		percent.text = "0"
	}
	if percent.text != "" {
		relation.inside = append(relation.inside, percent)
	}
	relation.inside = append(relation.inside, list)
	return relation
}

// idOfRow is the till's own number of the row that this one takes the place of. It
// goes along, so that a till that puts rows to those it has changes that row and does
// not make a second one.
func idOfRow(held []domain.Draft, row domain.Draft) string {
	for _, other := range held {
		if other.Key != "" && PriceSchema().RecordKey(other) == PriceSchema().RecordKey(row) {
			return other.Key
		}
	}
	return ""
}

func (w *drafting) articleWithPrices(to connectors.HeldPrices, rows []domain.Draft) elementOut {
	article := elementOut{name: "article", inside: []elementOut{{name: "articleNumber", text: to.Number}}}
	for _, of := range []struct{ list, field string }{{"salesPriceList", fieldSalesPrice}, {"priceGroupList", fieldPriceGroup}} {
		list, held := elementOut{name: of.list}, elementOut{name: of.list}
		for _, row := range rows {
			if _, ok := row.Get(of.field); ok {
				list.inside = append(list.inside, w.priceFromDraft(row))
			}
		}
		for _, row := range to.Rows {
			if _, ok := row.Get(of.field); ok {
				held.inside = append(held.inside, (&drafting{percentPlaces: w.percentPlaces}).priceFromDraft(row))
			}
		}
		if !sameElements(list, held) {
			article.inside = append(article.inside, list)
		}
	}
	for _, row := range rows {
		if w.countOf(row, fieldPriceGroup, fieldSalesPrice) == 0 {
			w.priceFromDraft(row)
			w.fail(fieldPriceGroup, "must be given, or salesPriceNumber: other prices are not an article's")
		}
	}
	return elementOut{name: "product", inside: []elementOut{
		{name: "productNumber", text: to.Parent}, {name: "articleList", inside: []elementOut{article}},
	}}
}

func sameElements(a, b elementOut) bool {
	return a.name == b.name && a.text == b.text && slices.EqualFunc(a.inside, b.inside, sameElements)
}

// withField gives a draft a field that it does not have.
func withField(d domain.Draft, f domain.Field) domain.Draft {
	if _, there := d.Get(f.Name); !there {
		d.Fields = append([]domain.Field{f}, d.Fields...)
	}
	return d
}
