package sandbox

import (
	"cmp"
	"slices"
)

type articleGroupsInput struct {
	Request getArticleGroupsXML `xml:"request"`
}

type articleGroupsAnswer struct {
	ArticleGroupList articleGroupListXML `xml:"articleGroupList"`
}

// getArticleGroups answers the tree from the roots, or from the groups asked for. A marker keeps the groups that changed
// since, with the way down to them.
func getArticleGroups(c *call, in articleGroupsInput) (articleGroupsAnswer, error) {
	ask := in.Request
	var out articleGroupsAnswer
	for _, g := range c.groupsBelow(0) {
		if !listed(ask.GroupNumbers, g.Number) {
			continue
		}
		if shown, ok := c.showGroup(g, ask); ok {
			out.ArticleGroupList.ArticleGroups = append(out.ArticleGroupList.ArticleGroups, shown)
		}
	}
	if limit := int(value(ask.SyncMarkerLimit)); ask.SyncMarker != nil && limit > 0 && len(out.ArticleGroupList.ArticleGroups) > limit {
		out.ArticleGroupList.ArticleGroups = out.ArticleGroupList.ArticleGroups[:limit]
	}
	return out, nil
}

func (t *till) groupsBelow(parent int32) []*groupRow {
	var rows []*groupRow
	for _, g := range t.groups {
		if g.Parent == parent {
			rows = append(rows, g)
		}
	}
	slices.SortFunc(rows, func(a, b *groupRow) int { return cmp.Compare(a.SortOrder, b.SortOrder) })
	return rows
}

func (c *call) showGroup(g *groupRow, ask getArticleGroupsXML) (articleGroupXML, bool) {
	out := articleGroupXML{GroupNumber: g.Number, SyncMarker: new(g.Marker), Name: g.Name, Text: g.Name, SortOrder: g.SortOrder}
	changed := g.Marker >= value(ask.SyncMarker)
	for _, child := range c.groupsBelow(g.Number) {
		if shown, ok := c.showGroup(child, ask); ok {
			changed = true
			out.SubGroupList.ArticleGroups = append(out.SubGroupList.ArticleGroups, shown)
		}
	}
	var products, articles []int64
	for number, p := range c.products {
		if !slices.Contains(p.GroupNumbers, g.Number) {
			continue
		}
		products = append(products, number)
		for _, a := range p.articles() {
			articles = append(articles, *a.ArticleNumber)
		}
	}
	slices.Sort(products)
	slices.Sort(articles)
	out.ProductNumbers = &numberListXML{products}
	if value(ask.RetrieveArticleNumbers) {
		out.ArticleNumbers = &numberListXML{articles}
	}
	return out, changed
}
