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
	for _, g := range c.groupsShown(0, ask) {
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

// groupsShown are the groups below another. Deleted ones are among them for who follows the markers.
func (t *till) groupsShown(parent int32, ask getArticleGroupsXML) []*groupRow {
	return t.groupsThat(func(g *groupRow) bool { return g.Parent == parent && (!g.Deleted || ask.SyncMarker != nil) })
}

func (t *till) groupsBelow(parent int32) []*groupRow {
	return t.groupsThat(func(g *groupRow) bool { return g.Parent == parent && !g.Deleted })
}

func (t *till) groupsThat(hold func(*groupRow) bool) []*groupRow {
	var rows []*groupRow
	for _, g := range t.groups {
		if hold(g) {
			rows = append(rows, g)
		}
	}
	slices.SortFunc(rows, func(a, b *groupRow) int {
		return cmp.Or(cmp.Compare(a.SortOrder, b.SortOrder), cmp.Compare(a.Number, b.Number))
	})
	return rows
}

func (c *call) showGroup(g *groupRow, ask getArticleGroupsXML) (articleGroupXML, bool) {
	out := articleGroupXML{GroupNumber: g.Number, SyncMarker: new(g.Marker), Name: g.Name, Text: g.Text, SortOrder: g.SortOrder}
	changed := g.Marker >= value(ask.SyncMarker)
	if g.Deleted {
		out.IsDeleted = new(true)
	}
	for _, child := range c.groupsShown(g.Number, ask) {
		if shown, ok := c.showGroup(child, ask); ok {
			changed = true
			out.SubGroupList.ArticleGroups = append(out.SubGroupList.ArticleGroups, shown)
		}
	}
	var articles []int64
	products := c.membersOf(g.Number)
	for _, number := range products {
		for _, a := range c.products[number].articles() {
			articles = append(articles, *a.ArticleNumber)
		}
	}
	slices.Sort(articles)
	out.ProductNumbers = &numberListXML{products}
	if value(ask.RetrieveArticleNumbers) {
		out.ArticleNumbers = &numberListXML{articles}
	}
	return out, changed
}
