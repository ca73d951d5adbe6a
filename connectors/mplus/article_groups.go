package mplus

import "context"

// ArticleGroup is a node of the tree in which the till shows its articles.
type ArticleGroup struct {
	Number  string
	Name    string
	Parent  string // number of the group above; empty at the root
	Deleted bool
}

// deepestGroups bounds the tree of groups: a till has a handful of levels.
const deepestGroups = 32

// ArticleGroups reads the tree, each group after the one above it.
func (c *Client) ArticleGroups(ctx context.Context) ([]ArticleGroup, error) {
	var w getArticleGroupsResponse
	if err := c.ask(ctx, opGetArticleGroups, getArticleGroups{}, &w); err != nil {
		return nil, err
	}
	r := &reading{}
	groups := r.articleGroupsFrom(w.ArticleGroupList, "", 0)
	return groups, r.asAnswer(opGetArticleGroups)
}

func (r *reading) articleGroupsFrom(list articleGroupList, parent string, depth int) []ArticleGroup {
	if depth > deepestGroups {
		r.fail("subGroupList", "goes too deep")
		return nil
	}
	var groups []ArticleGroup
	for _, g := range list.ArticleGroups {
		group := ArticleGroup{
			Number: r.number("groupNumber", g.GroupNumber), Name: trimmed(g.Name), Parent: parent,
			Deleted: r.yes("isDeleted", g.IsDeleted, false),
		}
		groups = append(groups, group)
		groups = append(groups, r.articleGroupsFrom(g.SubGroupList, group.Number, depth+1)...)
	}
	return groups
}
