package mplus

import (
	"context"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/soap"
)

var _ connectors.CategorySink = (*Client)(nil)

const (
	parentField = "parentGroupNumber"
	topGroup    = "0" // the parent of a group at the top (inferred)

	codeRecordGone = "till_record_not_found"
	codeParentGone = "category_parent_gone"
)

// CategorySchema describes what an article group may hold.
func (c *Client) CategorySchema(context.Context) (domain.Schema, error) {
	return CategorySchema(OwnFields{}), nil
}

// HeldCategories reads the tree of article groups, each group after the one above
// it. What was deleted is left out, with all that was under it.
func (c *Client) HeldCategories(ctx context.Context) ([]connectors.HeldRecord, error) {
	body, err := c.call(ctx, opGetArticleGroups, getArticleGroups{})
	if err != nil {
		return nil, err
	}
	return heldCategories(body)
}

func heldCategories(body soap.Body) ([]connectors.HeldRecord, error) {
	raws, err := rawElements(opGetArticleGroups, body, "articleGroupList", "articleGroups")
	if err != nil {
		return nil, err
	}
	tree := elementOut{}
	for _, raw := range raws {
		group, err := elementFrom(raw)
		if err != nil {
			return nil, unclear(opGetArticleGroups, "answer_not_understood").Because(err)
		}
		tree.inside = append(tree.inside, group)
	}
	r := &reading{}
	held := r.heldGroups(tree, topGroup, 0)
	return held, r.asAnswer(opGetArticleGroups)
}

func (r *reading) heldGroups(list elementOut, parent string, depth int) []connectors.HeldRecord {
	if depth > deepestGroups {
		r.fail("subGroupList", "goes too deep")
		return nil
	}
	var held []connectors.HeldRecord
	for _, group := range list.all("articleGroups") {
		number := r.number("groupNumber", wireInt(group.textOf("groupNumber")))
		if number == "" {
			r.fail("groupNumber", "is missing")
		}
		if r.yes("isDeleted", wireBool(group.textOf("isDeleted")), false) {
			continue
		}
		held = append(held, connectors.HeldRecord{Number: number, Fields: append(
			[]domain.Field{{Name: parentField, Value: domain.TextValue(parent)}}, r.heldFields(articleGroupFields, nil, group)...)})
		for _, below := range group.all("subGroupList") {
			held = append(held, r.heldGroups(below, number, depth+1)...)
		}
	}
	return held
}

// CreateCategory makes a group and gives its number.
func (c *Client) CreateCategory(ctx context.Context, draft domain.Draft) (string, error) {
	w := &drafting{}
	group := w.articleGroupFromDraft(draft)
	if err := w.err(opNewArticleGroup, draft.Key); err != nil {
		return "", err
	}
	var answer articleGroupResponse
	if err := c.ask(ctx, opNewArticleGroup, elementOut{inside: []elementOut{group}}, &answer); err != nil {
		return "", err
	}
	if err := c.judged(opNewArticleGroup, answer.Result, ""); err != nil {
		return "", recoded(err, codeRecordGone, codeParentGone, draft.Key)
	}
	number := (&reading{}).number("groupNumber", answer.GroupNumber)
	if number == "" {
		return "", unclear(opNewArticleGroup, "answer_not_understood").About(draft.Key)
	}
	return number, nil
}

// UpdateCategory changes the fields of the draft; a new parent moves the group with
// all that is under it.
func (c *Client) UpdateCategory(ctx context.Context, number string, draft domain.Draft) error {
	w := &drafting{}
	w.problems = append(w.problems, CategorySchema(OwnFields{}).CheckUpdate(draft)...)
	fields := append([]elementOut{{name: "groupNumber", text: w.number("groupNumber", number, 32)}}, w.elements(changedGroupFields, draft)...)
	if err := w.err(opUpdateArticleGroup, draft.Key); err != nil {
		return err
	}
	var answer articleGroupResponse
	request := elementOut{inside: []elementOut{{name: "request", inside: fields}}}
	if err := c.ask(ctx, opUpdateArticleGroup, request, &answer); err != nil {
		return err
	}
	return recoded(c.judged(opUpdateArticleGroup, answer.Result, ""), "", "", draft.Key)
}

// DeleteCategory takes a group away, with all that is under it. One that is gone
// already is as it should be.
func (c *Client) DeleteCategory(ctx context.Context, number string) error {
	w := &drafting{}
	request := elementOut{name: "request", inside: []elementOut{{name: "groupNumber", text: w.number("groupNumber", number, 32)}}}
	if err := w.err(opDeleteArticleGroup, number); err != nil {
		return err
	}
	var answer articleGroupResponse
	if err := c.ask(ctx, opDeleteArticleGroup, elementOut{inside: []elementOut{request}}, &answer); err != nil {
		return err
	}
	err := c.judged(opDeleteArticleGroup, answer.Result, "")
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}
