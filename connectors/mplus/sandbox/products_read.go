package sandbox

import (
	"slices"

	"github.com/koppel/koppel/internal/sandboxkit"
)

type productsInput struct {
	Request getProductsXML `xml:"request"`
}

type productsAnswer struct {
	ProductList productListXML `xml:"productList"`
}

func (p *productXML) articles() []articleXML {
	if p.ArticleList == nil {
		return nil
	}
	return p.ArticleList.Article
}

// latestMarker is the highest marker of a product and its articles: where it stands in the sequence.
func (p *productXML) latestMarker() int64 {
	latest := value(p.SyncMarker)
	for _, a := range p.articles() {
		latest = max(latest, value(a.SyncMarker))
	}
	return latest
}

// article finds an article, or nil. Callers must not change it.
func (t *till) article(number int64) *articleXML {
	p := t.products[t.ownerOf[number]]
	if p == nil {
		return nil
	}
	articles := p.articles()
	i := slices.IndexFunc(articles, func(a articleXML) bool { return value(a.ArticleNumber) == number })
	if i < 0 {
		return nil
	}
	return &articles[i]
}

// getProducts answers products with the articles that match, or with all of them when so asked. The limit of a marker
// read counts articles, and the first product comes whole.
func getProducts(c *call, in productsInput) (productsAnswer, error) {
	ask := in.Request
	var rows []*productXML
	for number, p := range c.productsWith(ask.ArticleNumbers) {
		if !listed(ask.ProductNumbers, number) ||
			len(ask.GroupNumbers) > 0 && !slices.ContainsFunc(p.GroupNumbers, func(g int32) bool { return slices.Contains(ask.GroupNumbers, g) }) {
			continue
		}
		if shown := p.shown(ask); shown != nil {
			rows = append(rows, shown)
		}
	}
	rows = page[*productXML]{
		from: ask.SyncMarker, limit: int(value(ask.SyncMarkerLimit)), marker: (*productXML).latestMarker,
		size: func(p *productXML) int { return max(len(p.articles()), 1) },
	}.cut(c, rows)
	var out productsAnswer
	for _, p := range rows {
		out.ProductList.Product = append(out.ProductList.Product, *p)
	}
	if c.page == sandboxkit.RowChanged && len(rows) > 0 {
		b := c.begin()
		touched := *c.products[*rows[0].ProductNumber]
		touched.SyncMarker = new(b.marker(markArticle))
		b.product(&touched)
		return out, b.commit()
	}
	return out, nil
}

// productsWith are the products that may have any of these articles; all of them when none is named.
func (t *till) productsWith(articles []int64) map[int64]*productXML {
	if len(articles) == 0 {
		return t.products
	}
	some := map[int64]*productXML{}
	for _, number := range articles {
		if owner, owned := t.ownerOf[number]; owned {
			some[owner] = t.products[owner]
		}
	}
	return some
}

// shown is the product with the articles that the request is about, or nil when none is.
func (p *productXML) shown(ask getProductsXML) *productXML {
	matching := slices.DeleteFunc(slices.Clone(p.articles()), func(a articleXML) bool { return !a.matches(ask) })
	filtered := len(ask.ArticleNumbers) > 0 || len(ask.PluNumbers.Text) > 0 || value(ask.OnlyActive) || value(ask.OnlyWebshop) ||
		ask.ChangedSinceTimestamp != nil
	if filtered && len(matching) == 0 {
		return nil
	}
	out := *p
	if p.ArticleList != nil && !value(ask.IncludeAllArticlesOfSelectedProducts) {
		out.ArticleList = &articleListXML{matching}
	}
	return &out
}

func (a articleXML) matches(ask getProductsXML) bool {
	switch {
	case !listed(ask.ArticleNumbers, value(a.ArticleNumber)),
		len(ask.PluNumbers.Text) > 0 && !ask.PluNumbers.has(value(a.PluNumber)),
		value(ask.OnlyActive) && !value(a.Active),
		value(ask.OnlyWebshop) && !value(a.Webshop),
		ask.ChangedSinceTimestamp != nil && value(a.ChangeTimestamp).ordinal() < ask.ChangedSinceTimestamp.ordinal():
		return false
	}
	return true
}
