package mplus

import (
	"context"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/fault"
)

// PriceLevels reads the price groups and the sales prices that the shop made by
// hand. A till that does not tell its sales prices has none for us.
func (c *Client) PriceLevels(ctx context.Context) (map[string][]connectors.PriceLevel, error) {
	groups, err := c.PriceGroups(ctx)
	if err != nil {
		return nil, err
	}
	levels := map[string][]connectors.PriceLevel{fieldPriceGroup: nil, fieldSalesPrice: nil}
	for _, g := range groups {
		levels[fieldPriceGroup] = append(levels[fieldPriceGroup], connectors.PriceLevel{Number: g.Number, Name: g.Name})
	}
	var answer getSalesPriceListResponse
	err = c.ask(ctx, opGetSalesPrices, nil, &answer)
	if f, ok := fault.As(err); ok && f.Kind == fault.Rejected {
		return levels, nil
	}
	if err != nil {
		return nil, err
	}
	r := &reading{}
	for _, s := range answer.SalesPrice {
		levels[fieldSalesPrice] = append(levels[fieldSalesPrice], connectors.PriceLevel{
			Number: r.number("salesPriceNumber", s.SalesPriceNumber), Name: trimmed(s.Description),
		})
	}
	return levels, r.asAnswer(opGetSalesPrices)
}

// Charged asks the till what it charges. The vendor calls the operation a beta.
func (c *Client) Charged(ctx context.Context, question connectors.PriceQuestion) (connectors.PriceAnswer, error) {
	request := elementOut{name: "request"}
	add := func(name, text string) { request.inside = append(request.inside, elementOut{name: name, text: text}) }
	if !question.On.IsZero() {
		add("financialDate", question.On.String())
	}
	if question.Customer != "" {
		add("relationNumber", question.Customer)
	}
	request.inside = append(request.inside,
		elementOut{name: "workplace", inside: []elementOut{
			{name: "branchNumber", text: strconv.Itoa(question.Branch)}, {name: "workplaceNumber", text: strconv.Itoa(question.Workplace)},
		}},
		elementOut{name: "lines", inside: []elementOut{
			{name: "articleNumber", text: question.Article},
			{name: "data", inside: []elementOut{{name: "quantity", text: question.Quantity.String()}}},
		}})
	if _, err := wireNumbers([]string{question.Article}); err != nil {
		return connectors.PriceAnswer{}, err
	}
	var answer determinePricingResponse
	if err := c.ask(ctx, opDeterminePricing, elementOut{inside: []elementOut{request}}, &answer); err != nil {
		return connectors.PriceAnswer{}, err
	}
	for _, line := range answer.Lines {
		if trimmed(string(line.ArticleNumber)) == question.Article {
			r := &reading{}
			return r.answerFromPricedLine(line), r.asAnswer(opDeterminePricing)
		}
	}
	return connectors.PriceAnswer{}, fault.New(fault.Unavailable, "answer_not_understood", opDeterminePricing.op()).About(question.Article)
}

func (r *reading) answerFromPricedLine(line pricedLine) connectors.PriceAnswer {
	return connectors.PriceAnswer{
		PriceIncl: r.plain("price", line.Price), PriceExcl: r.plain("priceExcl", line.PriceExcl),
		AmountIncl: r.plain("amount", line.Amount), AmountExcl: r.plain("amountExcl", line.AmountExcl),
		DiscountPercent: r.plain("discountPercentage", line.DiscountPercentage), Why: trimmed(string(line.DiscountType)),
	}
}

// plain reads an xsd:decimal.
func (r *reading) plain(element, text string) decimal.Decimal {
	const longest = 40
	d, err := decimal.NewFromString(trimmed(text))
	if err != nil || len(text) > longest || d.Exponent() > longest || d.Exponent() < -longest {
		r.fail(element, "is not a number")
		return decimal.Zero
	}
	return d
}
