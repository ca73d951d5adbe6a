package sandbox

import "slices"

const lastGroup = "number group"

type newArticleGroupInput struct {
	Request newArticleGroupXML `xml:"request"`
}

type newArticleGroupAnswer struct {
	Result      string `xml:"result"`
	GroupNumber int32  `xml:"groupNumber"`
}

type articleGroupResult struct {
	Result string `xml:"result"`
}

// newArticleGroup makes a group below another one, or at the top for parent 0. Names need not differ.
func newArticleGroup(c *call, in newArticleGroupInput) (newArticleGroupAnswer, error) {
	ask := in.Request
	if ask.ParentGroupNumber != 0 && c.group(ask.ParentGroupNumber) == nil {
		return newArticleGroupAnswer{Result: "NEW-ARTICLE-GROUP-RESULT-PARENT-NOTFOUND"}, nil
	}
	if ask.Name == "" || !c.knownImage(ask.ImageID) {
		return newArticleGroupAnswer{Result: "NEW-ARTICLE-GROUP-RESULT-FAILED"}, nil
	}
	b := c.begin()
	for number := range c.groups {
		b.claim(lastGroup, int64(number))
	}
	g := groupRow{
		Number: int32(b.number(lastGroup)), Parent: ask.ParentGroupNumber, Name: ask.Name, Text: ask.Text, ImageID: value(ask.ImageID), Marker: b.marker(markGroup),
	}
	if g.SortOrder = value(ask.SortOrder); ask.SortOrder == nil {
		g.SortOrder = c.lastPlace(g.Parent) + 1
	}
	b.group(g)
	return newArticleGroupAnswer{"NEW-ARTICLE-GROUP-RESULT-OK", g.Number}, b.commit()
}

// group finds a group that is there; a deleted one is not.
func (t *till) group(number int32) *groupRow {
	if g := t.groups[number]; g != nil && !g.Deleted {
		return g
	}
	return nil
}

func (t *till) lastPlace(parent int32) int32 {
	last := int32(0)
	for _, g := range t.groupsBelow(parent) {
		last = max(last, g.SortOrder)
	}
	return last
}

type updateArticleGroupInput struct {
	Request updateArticleGroupXML `xml:"request"`
}

// updateArticleGroup changes what was sent. A group cannot come to stand below itself.
func updateArticleGroup(c *call, in updateArticleGroupInput) (articleGroupResult, error) {
	ask := in.Request
	old := c.group(ask.GroupNumber)
	if old == nil {
		return articleGroupResult{"SAVE-ARTICLE-GROUP-RESULT-NOT-FOUND"}, nil
	}
	parent := value(ask.ParentGroupNumber)
	if ask.ParentGroupNumber != nil && parent != 0 && (c.group(parent) == nil || slices.Contains(c.groupsUnder(old.Number), parent)) ||
		ask.Name != nil && *ask.Name == "" || !c.knownImage(ask.ImageID) {
		return articleGroupResult{"SAVE-ARTICLE-GROUP-RESULT-FAILED"}, nil
	}
	g := *old
	set(&g.Name, ask.Name)
	set(&g.Text, ask.Text)
	set(&g.SortOrder, ask.SortOrder)
	set(&g.ImageID, ask.ImageID)
	set(&g.Parent, ask.ParentGroupNumber)
	if g == *old {
		return articleGroupResult{"SAVE-ARTICLE-GROUP-RESULT-OK"}, nil
	}
	b := c.begin()
	g.Marker = b.marker(markGroup)
	b.group(g)
	return articleGroupResult{"SAVE-ARTICLE-GROUP-RESULT-OK"}, b.commit()
}

func set[T any](field *T, sent *T) {
	if sent != nil {
		*field = *sent
	}
}

// groupsUnder lists a group and all groups below it.
func (t *till) groupsUnder(number int32) []int32 {
	all := []int32{number}
	for _, g := range t.groupsBelow(number) {
		all = append(all, t.groupsUnder(g.Number)...)
	}
	return all
}

type deleteArticleGroupInput struct {
	Request deleteArticleGroupXML `xml:"request"`
}

// deleteArticleGroup takes a group away with all groups below it. Their products stay, outside any of them.
func deleteArticleGroup(c *call, in deleteArticleGroupInput) (articleGroupResult, error) {
	if c.group(in.Request.GroupNumber) == nil {
		return articleGroupResult{"DELETE-ARTICLE-GROUP-RESULT-NOTFOUND"}, nil
	}
	b := c.begin()
	gone := c.groupsUnder(in.Request.GroupNumber)
	for _, number := range gone {
		g := *c.groups[number]
		g.Deleted, g.Marker = true, b.marker(markGroup)
		b.group(g)
	}
	for _, p := range c.products {
		if !slices.ContainsFunc(p.GroupNumbers, func(n int32) bool { return slices.Contains(gone, n) }) {
			continue
		}
		left := *p
		left.GroupNumbers = slices.DeleteFunc(slices.Clone(p.GroupNumbers), func(n int32) bool { return slices.Contains(gone, n) })
		left.SyncMarker = new(b.marker(markArticle))
		b.product(&left)
	}
	return articleGroupResult{"DELETE-ARTICLE-GROUP-RESULT-OK"}, b.commit()
}
