package sandbox

import (
	"cmp"
	"slices"
)

type articleGroupChangesInput struct {
	Request articleGroupChangesXML `xml:"request"`
}

type articleGroupChangesAnswer struct {
	ChangedArticleGroupList changedArticleGroupListXML `xml:"changedArticleGroupList"`
}

// getArticleGroupChanges lists the groups that changed since a marker, the deleted ones too, each by itself.
func getArticleGroupChanges(c *call, in articleGroupChangesInput) (articleGroupChangesAnswer, error) {
	ask := in.Request
	var rows []*groupRow
	for number, g := range c.groups {
		if listed(ask.GroupNumbers, number) {
			rows = append(rows, g)
		}
	}
	slices.SortFunc(rows, func(a, b *groupRow) int { return cmp.Compare(a.Number, b.Number) })
	rows = page[*groupRow]{
		from: ask.SyncMarker, limit: int(value(ask.SyncMarkerLimit)), marker: func(g *groupRow) int64 { return g.Marker },
	}.cut(c, rows)
	var out articleGroupChangesAnswer
	for _, g := range rows {
		shown := changedArticleGroupXML{
			GroupNumber: g.Number, SyncMarker: new(g.Marker), Name: g.Name, Text: g.Text, SortOrder: g.SortOrder, IsDeleted: new(g.Deleted),
			ProductNumbers: &numberListXML{c.membersOf(g.Number)}, SubGroupNumbers: &numberListXML{},
		}
		if g.Parent != 0 {
			shown.ParentGroupNumber = new(g.Parent)
		}
		for _, below := range c.groupsBelow(g.Number) {
			shown.SubGroupNumbers.Number = append(shown.SubGroupNumbers.Number, int64(below.Number))
		}
		out.ChangedArticleGroupList.ChangedArticleGroups = append(out.ChangedArticleGroupList.ChangedArticleGroups, shown)
	}
	return out, nil
}
