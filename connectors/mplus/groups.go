package mplus

import "context"

// Group is a number by which the till groups things, and what people call it.
type Group struct {
	Number string
	Name   string
	Ledger string // of a turnover group: ledger account in the till's own set-up
	Type   string // of a turnover group, in the till's words
}

// PriceGroups reads the price lists that a customer can be put on.
func (c *Client) PriceGroups(ctx context.Context) ([]Group, error) {
	var w getPriceGroupListResponse
	if err := c.ask(ctx, opGetPriceGroups, nil, &w); err != nil {
		return nil, err
	}
	r := &reading{}
	groups := make([]Group, 0, len(w.PriceGroup))
	for _, g := range w.PriceGroup {
		groups = append(groups, Group{Number: r.number("priceGroupNumber", g.PriceGroupNumber), Name: trimmed(g.Description)})
	}
	return groups, r.asAnswer(opGetPriceGroups)
}

// OrderCategories reads the steps of the shop's own order process.
func (c *Client) OrderCategories(ctx context.Context) ([]Group, error) {
	var w getOrderCategoriesResponse
	if err := c.ask(ctx, opGetOrderCategories, nil, &w); err != nil {
		return nil, err
	}
	r := &reading{}
	groups := make([]Group, 0, len(w.OrderCategory))
	for _, g := range w.OrderCategory {
		groups = append(groups, Group{
			Number: r.number("orderCategoryNumber", g.OrderCategoryNumber), Name: trimmed(g.OrderCategoryDescription),
		})
	}
	return groups, r.asAnswer(opGetOrderCategories)
}

// TurnoverGroups reads the groups that decide the ledger account of what is sold.
func (c *Client) TurnoverGroups(ctx context.Context) ([]Group, error) {
	var w getTurnoverGroupsResponse
	if err := c.ask(ctx, opGetTurnoverGroups, getTurnoverGroups{}, &w); err != nil {
		return nil, err
	}
	r := &reading{}
	groups := make([]Group, 0, len(w.TurnoverGroupList))
	for _, g := range w.TurnoverGroupList {
		groups = append(groups, Group{
			Number: r.number("turnoverGroup", g.TurnoverGroup), Name: trimmed(g.TurnoverGroupName),
			Ledger: r.number("accountNumber", g.AccountNumber), Type: trimmed(string(g.TurnoverGroupType)),
		})
	}
	return groups, r.asAnswer(opGetTurnoverGroups)
}
