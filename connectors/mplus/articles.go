package mplus

import (
	"cmp"
	"context"
	"time"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/internal/fault"
)

// Article is what the till sells.
type Article struct {
	SKU           string // the article number as text
	Product       string // number of the product that groups it
	Description   string
	VATCode       string
	TurnoverGroup string
	PriceIncl     decimal.Decimal // euros incl. VAT
	PriceExcl     decimal.Decimal // euros excl. VAT
	Active        bool
	Stocked       bool // the till keeps stock of it
}

// ArticleQuery says which articles. The zero query means all of them, which a
// large shop answers slowly.
type ArticleQuery struct {
	SKUs         []string
	ChangedSince time.Time
}

// Articles reads articles. At this till an SKU is a whole number; another text is
// a fault of kind Invalid.
func (c *Client) Articles(ctx context.Context, q ArticleQuery) ([]Article, error) {
	var request getProductsRequest
	for _, sku := range q.SKUs {
		n, err := wireInt(sku).parse()
		if err != nil || !isPlainNumber(sku) {
			return nil, fault.New(fault.Invalid, "sku_not_numeric", opGetProducts.op()).About(sku)
		}
		request.ArticleNumbers = append(request.ArticleNumbers, n)
	}
	if !q.ChangedSince.IsZero() {
		since := soapMplusDateTimeFromInstant(q.ChangedSince, c.zone)
		request.ChangedSinceTimestamp = &since
	}
	var w getProductsResponse
	if err := c.ask(ctx, opGetProducts, getProducts{Request: request}, &w); err != nil {
		return nil, err
	}
	r := &reading{}
	var articles []Article
	for _, p := range w.ProductList {
		number := r.number("productNumber", p.ProductNumber)
		for _, a := range p.ArticleList {
			article := r.articleFromArticle(a, number)
			article.Description = cmp.Or(article.Description, trimmed(p.Description))
			articles = append(articles, article)
		}
	}
	return articles, r.asAnswer(opGetProducts)
}

func (r *reading) articleFromArticle(a article, productNumber string) Article {
	return Article{
		SKU:           r.number("articleNumber", a.ArticleNumber),
		Product:       productNumber,
		Description:   trimmed(a.Description),
		VATCode:       r.vatCode(a.VatCode),
		TurnoverGroup: r.number("turnoverGroup", a.TurnoverGroup),
		PriceIncl:     r.euros("priceIncl", a.PriceIncl),
		PriceExcl:     r.euros("priceExcl", a.PriceExcl),
		Active:        r.yes("active", a.Active, true),
		Stocked:       r.yes("stockArticle", a.StockArticle, false),
	}
}
