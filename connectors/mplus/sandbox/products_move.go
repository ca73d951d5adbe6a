package sandbox

import "slices"

// takeArticle takes an article out of the product that has it, for another to have it. Nil says that it has to be new:
// nobody has it, or articles do not move.
func (t *till) takeArticle(b *batch, number int64) *articleXML {
	owner, owned := t.ownerOf[number]
	if !owned || t.opts.ArticleMoves != ArticleMovesDone {
		return nil
	}
	if b.left == nil {
		b.left = map[int64]*productXML{}
	}
	if b.left[owner] == nil {
		b.left[owner] = new(*t.products[owner])
	}
	from := b.left[owner]
	articles := slices.Clone(from.articles())
	i := slices.IndexFunc(articles, func(a articleXML) bool { return value(a.ArticleNumber) == number })
	if i < 0 {
		return nil
	}
	moved := articles[i]
	from.ArticleList = &articleListXML{slices.Delete(articles, i, i+1)}
	from.SyncMarker = new(b.marker(markArticle))
	b.product(from)
	return &moved
}
