package mplus

import (
	"context"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

var _ connectors.RelationSink = (*Client)(nil)

// RelationSchema describes what a customer of this administration may hold.
func (c *Client) RelationSchema(ctx context.Context) (domain.Schema, error) {
	own, err := c.ownFieldsOf(ctx, relationCard)
	return RelationSchema(own), err
}

// HeldRelations reads customers by their number at the till.
func (c *Client) HeldRelations(ctx context.Context, numbers []string) ([]connectors.HeldRecord, error) {
	asked, err := wireNumbers(numbers)
	if err != nil {
		return nil, err
	}
	slices.Sort(asked)
	var held []connectors.HeldRecord
	err = c.relationsWith(ctx, slices.Compact(asked), func(relation elementOut) error {
		record, err := c.heldRelation(ctx, relation)
		held = append(held, record)
		return err
	})
	return held, err
}

// relationsWith reads customers by number, as they came.
func (c *Client) relationsWith(ctx context.Context, numbers []int64, each func(elementOut) error) error {
	for batch := range slices.Chunk(numbers, heldAtOnce) {
		err := c.eachRelation(ctx, getRelations{Request: getRelationsRequest{RelationNumbers: batch}}, func(relation elementOut) error {
			number, err := wireInt(relation.textOf(relationNumber)).parse()
			if err == nil && !slices.Contains(batch, number) {
				return nil
			}
			return each(relation)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *Client) eachRelation(ctx context.Context, request getRelations, each func(elementOut) error) error {
	body, err := c.call(ctx, opGetRelations, request)
	if err != nil {
		return err
	}
	raws, err := rawElements(opGetRelations, body, "relationList", "relation")
	if err != nil {
		return err
	}
	for _, raw := range raws {
		relation, err := elementFrom(raw)
		if err != nil {
			return unclear(opGetRelations, "answer_not_understood").Because(err)
		}
		if err := each(relation); err != nil {
			return err
		}
	}
	return nil
}

// heldRelation reads a customer. Without its number nobody could change it, so that
// is an answer not understood.
func (c *Client) heldRelation(ctx context.Context, relation elementOut) (connectors.HeldRecord, error) {
	own, err := c.ownFieldsOf(ctx, relationCard)
	if err != nil {
		return connectors.HeldRecord{}, err
	}
	places, err := c.percentPlaces(ctx)
	if err != nil {
		return connectors.HeldRecord{}, err
	}
	r := &reading{assumptions: c.assumptions(places)}
	record := connectors.HeldRecord{Number: r.number(relationNumber, wireInt(relation.textOf(relationNumber)))}
	if record.Number == "" {
		return record, unclear(opGetRelations, "answer_not_understood")
	}
	record.Fields = withNothing(relationFields, r.heldFields(relationFields, own.of(ofRelation), relation))
	if err := r.err(); err != nil {
		record.Fault = fault.New(fault.Invalid, "till_record_not_understood", opGetRelations.op()).About(record.Number).WithDetail(err.Error()).Because(err)
	}
	return record, nil
}

// CreateRelation makes a customer, under the number of the draft when it names one.
func (c *Client) CreateRelation(ctx context.Context, draft domain.Draft) (string, error) {
	w, err := c.draftingRelations(ctx)
	if err != nil {
		return "", err
	}
	w.problems = append(w.problems, RelationSchema(w.own).Check(draft)...)
	relation := elementOut{name: "relation", inside: w.elements(relationFields, draft)}
	if err := w.err(opCreateRelation, draft.Key); err != nil {
		return "", err
	}
	var answer createRelationResponse
	if err := c.ask(ctx, opCreateRelation, elementOut{inside: []elementOut{relation}}, &answer); err != nil {
		return "", err
	}
	if err := c.judged(opCreateRelation, answer.Result, answer.ErrorMessage); err != nil {
		return "", recoded(err, codeRecordExists, connectors.CodeNumberTaken, draft.Key)
	}
	number := (&reading{}).number(relationNumber, answer.RelationNumber)
	if number == "" {
		return "", unclear(opCreateRelation, "answer_not_understood").About(draft.Key)
	}
	return number, nil
}

// UpdateRelation sends the fields of the draft and nothing else: what is left out
// stays (inferred). Of the fields that the retailer made all are sent, since the till
// replaces a list as a whole.
func (c *Client) UpdateRelation(ctx context.Context, number string, draft domain.Draft) error {
	w, err := c.draftingRelations(ctx)
	if err != nil {
		return err
	}
	w.problems = append(w.problems, RelationSchema(w.own).CheckUpdate(draft)...)
	relation := elementOut{name: "relation", inside: append(
		[]elementOut{{name: relationNumber, text: w.number(relationNumber, number, 64)}}, w.elements(relationFields, draft)...)}
	if err := w.err(opUpdateRelation, draft.Key); err != nil {
		return err
	}
	if slices.ContainsFunc(relation.inside, isPartOfList) {
		asked, err := wireNumbers([]string{number})
		if err != nil {
			return err
		}
		err = c.relationsWith(ctx, asked, func(held elementOut) error { relation.keepLists(held); return nil })
		if err != nil {
			return err
		}
	}
	var answer savedResponse
	if err := c.ask(ctx, opUpdateRelation, elementOut{inside: []elementOut{relation}}, &answer); err != nil {
		return err
	}
	return recoded(c.judged(opUpdateRelation, answer.Result, answer.ErrorMessage), "", "", draft.Key)
}

// DeactivateRelation makes a customer inactive: the till deletes none.
func (c *Client) DeactivateRelation(ctx context.Context, number string) (domain.Draft, error) {
	draft := domain.Draft{Entity: domain.EntityRelation, Key: number, Fields: []domain.Field{{Name: relationActive, Value: domain.BoolValue(false)}}}
	return draft, c.UpdateRelation(ctx, number, draft)
}

func (c *Client) draftingRelations(ctx context.Context) (*drafting, error) {
	own, err := c.ownFieldsOf(ctx, relationCard)
	if err != nil {
		return nil, err
	}
	places, err := c.percentPlaces(ctx)
	return &drafting{own: own, card: ofRelation, percentPlaces: places}, err
}
