package mplus

import (
	"context"
	"slices"
)

// partOfList is a list of an article that drafts fill a part of: which entry is
// which, and which stay as they are.
type partOfList struct {
	key   string                               // element by which an entry is known
	whole bool                                 // one that the draft names too goes along as it came
	stays func(article, entry elementOut) bool // one that the draft does not name
}

var partsOfLists = map[string]partOfList{
	// A draft names the fields that change; all others stay.
	"customFieldList": {key: "fieldName", stays: func(_, _ elementOut) bool { return true }},
	// A draft names all further codes. The article's first one may be on the list too.
	"barcodeList": {key: "barcode", whole: true, stays: func(article, entry elementOut) bool {
		return trimmed(entry.textOf("barcode")) == trimmed(article.textOf("barcode"))
	}},
}

// keepLists completes the lists of an update, since the till replaces a list by the
// one that is sent (inferred). A code that stays is sent as it came, with the price
// and the quantity that it may have.
func (c *Client) keepLists(ctx context.Context, number string, product elementOut) error {
	articles := map[string]*elementOut{} // those with a list, by number
	for i := range product.inside {
		list := &product.inside[i]
		for j := range list.inside {
			article := &list.inside[j]
			if list.name == "articleList" && slices.ContainsFunc(article.inside, isPartOfList) {
				articles[article.textOf("articleNumber")] = article
			}
		}
	}
	if len(articles) == 0 {
		return nil
	}
	numbers := make([]string, 0, len(articles))
	for n := range articles {
		numbers = append(numbers, n)
	}
	return c.productsWith(ctx, numbers, func(held elementOut) error {
		if trimmed(held.textOf("productNumber")) != number {
			return nil
		}
		for _, list := range held.all("articleList") {
			for _, article := range list.all("article") {
				if update := articles[trimmed(article.textOf("articleNumber"))]; update != nil {
					update.keepLists(article)
				}
			}
		}
		return nil
	})
}

func isPartOfList(e elementOut) bool {
	_, part := partsOfLists[e.name]
	return part
}

// keepLists puts into the lists of an update what the article holds and keeps.
func (e *elementOut) keepLists(held elementOut) {
	for i := range e.inside {
		sent := &e.inside[i]
		part, is := partsOfLists[sent.name]
		if !is {
			continue
		}
		for _, list := range held.all(sent.name) {
			for _, entry := range list.inside {
				at := slices.IndexFunc(sent.inside, func(s elementOut) bool { return trimmed(s.textOf(part.key)) == trimmed(entry.textOf(part.key)) })
				switch {
				case at >= 0 && part.whole:
					sent.inside[at] = entry
				case at < 0 && part.stays(held, entry):
					sent.inside = append(sent.inside, entry)
				}
			}
		}
	}
}
