package sandbox

import (
	"cmp"
	"slices"
)

type addProductsInput struct {
	Request addProductsXML `xml:"request"`
}

// addProductsToArticleGroup puts products into a group, at a place or behind the others. One that is in it already moves.
func addProductsToArticleGroup(c *call, in addProductsInput) (articleGroupResult, error) {
	const result = "ADD-PRODUCTS-TO-ARTICLE-GROUP-RESULT-"
	ask := in.Request
	if c.group(ask.GroupNumber) == nil {
		return articleGroupResult{result + "NOT-FOUND"}, nil
	}
	if !c.knownProducts(ask.ProductNumbers) || value(ask.Position) < 0 {
		return articleGroupResult{result + "FAILED"}, nil
	}
	members := slices.DeleteFunc(c.membersOf(ask.GroupNumber), func(n int64) bool { return slices.Contains(ask.ProductNumbers.Number, n) })
	at := len(members)
	if position := int(value(ask.Position)); position > 0 {
		at = min(at, position-1)
	}
	b := c.begin()
	b.members(ask.GroupNumber, slices.Insert(members, at, ask.ProductNumbers.Number...))
	return articleGroupResult{result + "OK"}, b.commit()
}

type replaceProductsInput struct {
	Request replaceProductsXML `xml:"request"`
}

// replaceProductsOfArticleGroup makes these products the whole of a group.
func replaceProductsOfArticleGroup(c *call, in replaceProductsInput) (articleGroupResult, error) {
	const result = "REPLACE-PRODUCTS-OF-ARTICLE-GROUP-RESULT-"
	ask := in.Request
	if c.group(ask.GroupNumber) == nil {
		return articleGroupResult{result + "NOT-FOUND"}, nil
	}
	if !c.knownProducts(ask.ProductNumbers) {
		return articleGroupResult{result + "FAILED"}, nil
	}
	b := c.begin()
	b.members(ask.GroupNumber, ask.ProductNumbers.Number)
	return articleGroupResult{result + "OK"}, b.commit()
}

type deleteProductsInput struct {
	Request deleteProductsXML `xml:"request"`
}

// deleteProductsFromArticleGroup takes products out of a group, or all of them. What is not in it is no problem.
func deleteProductsFromArticleGroup(c *call, in deleteProductsInput) (articleGroupResult, error) {
	const result = "DELETE-PRODUCTS-FROM-ARTICLE-GROUP-RESULT-"
	ask := in.Request
	if c.group(ask.GroupNumber) == nil {
		return articleGroupResult{result + "NOT-FOUND"}, nil
	}
	gone := value(ask.ProductNumbers).Number
	members := slices.DeleteFunc(c.membersOf(ask.GroupNumber), func(n int64) bool { return value(ask.RemoveAll) || slices.Contains(gone, n) })
	b := c.begin()
	b.members(ask.GroupNumber, members)
	return articleGroupResult{result + "OK"}, b.commit()
}

func (t *till) knownProducts(list numberListXML) bool {
	return !slices.ContainsFunc(list.Number, func(n int64) bool { return t.products[n] == nil })
}

// membersOf lists the products of a group in the order in which it shows them.
func (t *till) membersOf(group int32) []int64 {
	var members []int64
	for number, p := range t.products {
		if slices.Contains(p.GroupNumbers, group) {
			members = append(members, number)
		}
	}
	slices.SortFunc(members, func(a, b int64) int {
		return cmp.Or(cmp.Compare(t.products[a].placeIn(group), t.products[b].placeIn(group)), cmp.Compare(a, b))
	})
	return members
}

// placeIn is where a product stands in a group; 0 when nobody said.
func (p *productXML) placeIn(group int32) int32 {
	for _, place := range value(p.SortOrderGroupList).SortOrderGroup {
		if place.GroupNumber == group {
			return place.SortOrder
		}
	}
	return 0
}

// members makes these products the group, in this order, and marks changed what changed.
func (b *batch) members(group int32, members []int64) {
	changed := false
	for number, p := range b.t.products {
		at := slices.Index(members, number)
		was := slices.Contains(p.GroupNumbers, group)
		if at < 0 && !was || at >= 0 && was && p.placeIn(group) == int32(at+1) {
			continue
		}
		changed = true
		next := *p
		next.GroupNumbers = slices.DeleteFunc(slices.Clone(p.GroupNumbers), func(n int32) bool { return n == group })
		places := slices.DeleteFunc(slices.Clone(value(p.SortOrderGroupList).SortOrderGroup), func(s sortOrderGroupXML) bool { return s.GroupNumber == group })
		if at >= 0 {
			next.GroupNumbers = append(next.GroupNumbers, group)
			places = append(places, sortOrderGroupXML{group, int32(at + 1)})
		}
		next.SortOrderGroupList = &sortOrderGroupListXML{places}
		next.SyncMarker = new(b.marker(markArticle))
		b.product(&next)
	}
	if changed {
		g := *b.t.groups[group]
		g.Marker = b.marker(markGroup)
		b.group(g)
	}
}
