package mplus

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// understand maps orders and gives each its customer from the card file, which
// is read once for all of them.
func (c *Client) understand(ctx context.Context, op operation, orders []sentSale) ([]connectors.SourceOrder, error) {
	if len(orders) == 0 {
		return nil, nil
	}
	if err := c.checkProtocol(ctx); err != nil {
		return nil, err
	}
	places, err := c.percentPlaces(ctx)
	if err != nil {
		return nil, err
	}
	a := c.assumptions(places)
	cards, err := c.relationsOf(ctx, orders, a)
	if err != nil {
		return nil, err
	}
	understood := make([]connectors.SourceOrder, 0, len(orders))
	for _, s := range orders {
		understood = append(understood, sourceOrder(op, s, a, cards))
	}
	return understood, nil
}

// sourceOrder maps one order, or says of it alone that it cannot be understood.
func sourceOrder(op operation, s sentSale, a assumptions, cards map[int64]relation) connectors.SourceOrder {
	o, err := orderFromSale(s.wire, a)
	if err != nil {
		return notUnderstood(op, s, err)
	}
	if number := a.relationNumberOf(s.wire); number > 0 {
		if card, ok := cards[number]; ok {
			own := o.Customer
			o.Customer = a.customerFromRelation(card, number)
			if o.Customer.VATNumber == "" {
				o.Customer.VATNumber = own.VATNumber
			}
		}
	}
	return connectors.SourceOrder{Order: o, Raw: s.raw}
}

func notUnderstood(op operation, s sentSale, err error) connectors.SourceOrder {
	r := &reading{}
	id, number, version := r.head(s.wire)
	if id == "" {
		id = stopgapID(s)
	}
	if number == "" {
		number = string(id)
	}
	f := fault.New(fault.Invalid, "order_not_understood", op.op()).About(number).WithDetail(err.Error()).Because(err)
	return connectors.SourceOrder{
		Order: domain.Order{ID: id, Source: s.wire.kind, Number: number, Version: version},
		Raw:   s.raw,
		Fault: f,
	}
}

// relationsOf reads the cards of all customers of these orders, in one call.
func (c *Client) relationsOf(ctx context.Context, orders []sentSale, a assumptions) (map[int64]relation, error) {
	var numbers []int64
	for _, s := range orders {
		if n := a.relationNumberOf(s.wire); n > 0 {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return c.relations(ctx, slices.Compact(numbers))
}

// mostRelations is how many relations the till gives at most in one answer (vendor's pages).
const mostRelations = 1000

func (c *Client) relations(ctx context.Context, numbers []int64) (map[int64]relation, error) {
	cards := make(map[int64]relation, len(numbers))
	for some := range slices.Chunk(numbers, mostRelations) {
		var answer getRelationsResponse
		request := getRelations{Request: getRelationsRequest{RelationNumbers: some}}
		if err := c.ask(ctx, opGetRelations, request, &answer); err != nil {
			return nil, err
		}
		for _, w := range answer.RelationList {
			if n, err := w.RelationNumber.parse(); err == nil {
				cards[n] = w
			}
		}
	}
	return cards, nil
}

func fingerprint(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:8])
}
