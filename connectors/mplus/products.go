package mplus

import (
	"context"
	"slices"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

var _ connectors.ProductSink = (*Client)(nil)

// articlesPerCall bounds an answer: a card with its pictures, prices and texts may
// be several kilobytes, and a product brings all its articles.
const articlesPerCall = 200

// ProductSchema describes what a product of this administration may hold.
func (c *Client) ProductSchema(ctx context.Context) (domain.Schema, error) {
	own, err := c.OwnFields(ctx)
	if err != nil {
		return domain.Schema{}, err
	}
	return ProductSchema(own), nil
}

// HeldProducts reads the products that have any of these articles, each whole.
func (c *Client) HeldProducts(ctx context.Context, articleNumbers []string) ([]connectors.HeldRecord, error) {
	own, err := c.OwnFields(ctx)
	if err != nil {
		return nil, err
	}
	var held []connectors.HeldRecord
	seen := map[string]bool{}
	err = c.productsWith(ctx, articleNumbers, func(product elementOut) error {
		record, err := c.heldProduct(product, own)
		if err == nil && !seen[record.Number] {
			seen[record.Number] = true
			held = append(held, record)
		}
		return err
	})
	return held, err
}

// productsWith reads the products that have any of these articles, as they came.
// One that has several of them may come more than once.
func (c *Client) productsWith(ctx context.Context, articleNumbers []string, each func(elementOut) error) error {
	numbers, err := wireNumbers(articleNumbers)
	if err != nil {
		return err
	}
	slices.Sort(numbers)
	for batch := range slices.Chunk(slices.Compact(numbers), articlesPerCall) {
		if err := c.products(ctx, getProductsRequest{ArticleNumbers: batch, IncludeAllArticles: true}, each); err != nil {
			return err
		}
	}
	return nil
}

func (c *Client) products(ctx context.Context, request getProductsRequest, each func(elementOut) error) error {
	body, err := c.call(ctx, opGetProducts, getProducts{Request: request})
	if err != nil {
		return err
	}
	raws, err := rawElements(opGetProducts, body, "productList", "product")
	if err != nil {
		return err
	}
	for _, raw := range raws {
		product, err := elementFrom(raw)
		if err != nil {
			return unclear(opGetProducts, "answer_not_understood").Because(err)
		}
		if err := each(product); err != nil {
			return err
		}
	}
	return nil
}

// heldProduct reads a product with its articles. Without its number nobody could
// change it, so that is an answer not understood; any other value that cannot be
// read is told with the record.
func (c *Client) heldProduct(product elementOut, own OwnFields) (connectors.HeldRecord, error) {
	r := &reading{assumptions: c.assumptions(0)}
	record := connectors.HeldRecord{Number: r.number("productNumber", wireInt(product.textOf("productNumber")))}
	for _, list := range product.all("articleList") {
		for _, article := range list.all("article") {
			record.Lines = append(record.Lines, connectors.HeldRecord{Number: r.number("articleNumber", wireInt(article.textOf("articleNumber")))})
		}
	}
	if record.Number == "" || slices.ContainsFunc(record.Lines, func(l connectors.HeldRecord) bool { return l.Number == "" }) {
		return record, unclear(opGetProducts, "answer_not_understood")
	}
	record.Fields = r.heldFields(productFields, nil, product)
	i := 0
	for _, list := range product.all("articleList") {
		for _, article := range list.all("article") {
			r.in("article", func() { record.Lines[i].Fields = r.heldFields(articleFields, own.of(ofArticle), article) })
			i++
		}
	}
	if err := r.err(); err != nil {
		record.Fault = fault.New(fault.Invalid, "till_record_not_understood", opGetProducts.op()).About(record.Number).WithDetail(err.Error()).Because(err)
	}
	return record, nil
}

// CreateProduct makes a product with its articles and gives its number.
func (c *Client) CreateProduct(ctx context.Context, draft domain.Draft) (string, error) {
	own, err := c.OwnFields(ctx)
	if err != nil {
		return "", err
	}
	w := &drafting{own: own}
	product := w.productFromDraft(draft)
	if err := w.err(opCreateProduct, draft.Key); err != nil {
		return "", err
	}
	var answer productResponse
	if err := c.ask(ctx, opCreateProduct, elementOut{inside: []elementOut{product}}, &answer); err != nil {
		return "", err
	}
	if err := c.judged(opCreateProduct, answer.Result, answer.ErrorMessage); err != nil {
		return "", recoded(err, codeRecordExists, connectors.CodeNumberTaken, draft.Key)
	}
	number := (&reading{}).number("productNumber", answer.ProductNumber)
	if number == "" {
		return "", unclear(opCreateProduct, "answer_not_understood").About(draft.Key)
	}
	return number, nil
}

// UpdateProduct sends the fields of the draft and nothing else: what is left out
// stays. The till replaces a list as a whole by one that is sent. Where the draft
// fills a part of a list the rest of it is therefore read and sent along.
func (c *Client) UpdateProduct(ctx context.Context, number string, draft domain.Draft) error {
	own, err := c.OwnFields(ctx)
	if err != nil {
		return err
	}
	w := &drafting{own: own}
	product := w.changedProductFromDraft(number, draft)
	if err := w.err(opUpdateProduct, draft.Key); err != nil {
		return err
	}
	if err := c.keepLists(ctx, number, product); err != nil {
		return err
	}
	var answer productResponse
	if err := c.ask(ctx, opUpdateProduct, elementOut{inside: []elementOut{product}}, &answer); err != nil {
		return err
	}
	return recoded(c.judged(opUpdateProduct, answer.Result, answer.ErrorMessage), codeRecordExists, connectors.CodeArticleElsewhere, draft.Key)
}

// judged judges the result of a write, without our credentials in the till's words.
func (c *Client) judged(op operation, result wireEnum, errorMessage string) error {
	err := faultFromResult(op, string(result), errorMessage)
	if f, ok := fault.As(err); ok {
		return c.withoutCredentials(f)
	}
	return err
}

// recoded names a fault more closely than its result does, and the record it is about.
func recoded(err error, code, better, key string) error {
	f, ok := fault.As(err)
	if !ok {
		return err
	}
	if f.Code == code {
		f.Code = better
	}
	return f.About(key)
}

// err tells what the draft holds that cannot be written: fields and rules, never values.
func (w *drafting) err(op operation, key string) error {
	if len(w.problems) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, "till_field_rules", op.op()).About(key).WithDetail(problemWords(w.problems))
}

func problemWords(problems []domain.Problem) string {
	words := make([]string, 0, len(problems))
	for _, p := range problems {
		words = append(words, p.String())
	}
	return strings.Join(words, "\n")
}
