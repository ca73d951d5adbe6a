package mplus

import (
	"context"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// CustomerByID reads one customer's card; NotFound when the till has none.
func (c *Client) CustomerByID(ctx context.Context, id domain.CustomerID) (domain.Customer, error) {
	number, err := wireInt(id).parse()
	if err != nil || !isPlainNumber(string(id)) {
		return domain.Customer{}, fault.New(fault.Invalid, "customer_number_malformed", opGetRelation.op())
	}
	var answer getRelationResponse
	if err := c.ask(ctx, opGetRelation, getRelation{RelationNumber: number}, &answer); err != nil {
		return domain.Customer{}, err
	}
	if err := faultFromResult(opGetRelation, string(answer.Result), ""); err != nil {
		return domain.Customer{}, err
	}
	return c.assumptions(0).customerFromRelation(answer.Relation, number), nil
}
