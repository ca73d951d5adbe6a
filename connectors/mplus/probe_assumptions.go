package mplus

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/koppel/koppel/domain"
)

// assumed goes through every assumption about the till, settled or not. Without
// a till to look at none is settled.
func (p *probe) assumed(ctx context.Context, reached bool) []domain.Assumption {
	s := p.settings
	const unread = "No recent order shows it. "
	questions := []struct {
		domain.Assumption
		settle func(context.Context) (found, set string)
	}{
		{domain.Assumption{
			Topic: "scale of percentages", Path: "mplus.percent_scale", Assumed: string(s.PercentScale),
			How: "Look at a VAT rate in the till's VAT groups: 2100 or 21.",
		}, p.percentScale},
		{domain.Assumption{
			Topic: "decimals of a quantity that does not state them", Path: "mplus.absent_decimal_places", Assumed: strconv.Itoa(s.AbsentDecimalPlaces),
			How: unread + "Ring up 1.5 kilo of something and test again.",
		}, p.absentDecimalPlaces},
		{domain.Assumption{
			Topic: "which orders a limited page leaves out", Path: "mplus.page_order", Assumed: string(s.PageOrder),
			How: "The till has too few orders to tell. Test again when there are ten.",
		}, p.pageOrder},
		{domain.Assumption{
			Topic: "what the price of a line includes", Path: "mplus.line_price", Assumed: string(s.LinePrice),
			How: unread + "Ring up an order for a customer who is sold to without VAT, and test again.",
		}, p.linePriceMeans},
		{domain.Assumption{
			Topic: "what the discount of a line covers", Path: "mplus.discount_amount", Assumed: string(s.DiscountAmount),
			How: unread + "Ring up two pieces of one article with a discount in euros, and test again.",
		}, p.discountMeans},
		{domain.Assumption{
			Topic: "whether the offset beside a time of day counts", Path: "mplus.time_offset", Assumed: string(s.TimeOffset),
			How: unread + "Ring up an order and test again.",
		}, p.timeOffsetMeans},
		{domain.Assumption{
			Topic: "relation numbers that stand for nobody", Path: "mplus.no_customer_numbers", Assumed: fmt.Sprint(s.NoCustomerNumbers),
			How: unread + "Ring up an order without a customer and test again; look also whether the shop has a card for passers-by.",
		}, p.nobody},
		{domain.Assumption{
			Topic: "where the till keeps the debtor number", Path: "mplus.external_number", Assumed: string(s.ExternalNumber),
			How: "No customer of a recent order has a number in either field. Ask the shop where it keeps the debtor number.",
		}, p.externalNumberField},
		{domain.Assumption{
			Topic: "fields left out of an update stay as they are", Assumed: "yes",
			How: "Cannot be settled by reading: change a test relation over the API, and look at the till.",
		}, nil},
		{domain.Assumption{
			Topic: "an empty text clears the field", Assumed: "yes",
			How: "Cannot be settled by reading: empty one field of a test relation over the API, and look at the till.",
		}, nil},
		{domain.Assumption{
			Topic: "set stock sets what is physically there", Assumed: "yes",
			How: "Cannot be settled by reading: set the stock of a test article that has a reservation, and look at the till.",
		}, nil},
		{domain.Assumption{
			Topic: "a stock correction is done whole or not at all", Assumed: "yes",
			How: "Cannot be settled by reading: send a correction with one unknown article on a test administration.",
		}, nil},
		{domain.Assumption{
			Topic: "how bad credentials are answered", Assumed: "a fault Client.Authentication, or HTTP 401 or 403",
			How: "Not tried, so that the ident is not blocked; all three ways are understood.",
		}, nil},
		{domain.Assumption{
			Topic: "how a request that breaks the schema is answered", Assumed: "a fault of class Client",
			How: "Not tried: Koppel sends no such request, and both classes of fault are understood.",
		}, nil},
	}
	all := make([]domain.Assumption, len(questions))
	for i, q := range questions {
		all[i] = q.Assumption
		all[i].Row = "mplus " + strconv.Itoa(i+1)
		if reached && q.settle != nil && ctx.Err() == nil {
			all[i].Found, all[i].Set = q.settle(ctx)
		}
		if all[i].Set == all[i].Assumed {
			all[i].Set = ""
		}
	}
	return all
}

func (p *probe) percentScale(ctx context.Context) (found, set string) {
	var answer getVatGroupListResponse
	if err := p.ask(ctx, opGetVATGroupList, nil, &answer); err != nil {
		return "", ""
	}
	places, ok := placesOfPercentages(answer.VatGroup)
	if !ok {
		return "", ""
	}
	scale := ScaleHundredths
	if places == 0 {
		scale = ScaleWhole
	}
	if p.settings.PercentScale == ScaleAuto { // it finds out the same by itself
		return string(scale), ""
	}
	return string(scale), string(scale)
}

// pageOrder asks for a short page and a longer one from the beginning: a till
// that leaves out the highest markers gives the lowest ones of the longer page.
func (p *probe) pageOrder(ctx context.Context) (found, set string) {
	const short, long = 3, 9
	from := int64(1)
	few, err := p.Sales(domain.SourceOrder).read(ctx, saleWindow{marker: &from, limit: short})
	if err != nil {
		return "", ""
	}
	more, err := p.Sales(domain.SourceOrder).read(ctx, saleWindow{marker: &from, limit: long})
	if err != nil || len(few) != short || len(more) <= short {
		return "", ""
	}
	highest := slices.Max(markersOf(few))
	lower := slices.DeleteFunc(markersOf(more), func(m int64) bool { return m > highest })
	if len(lower) == short {
		return "lowest markers first", string(LowestFirst)
	}
	return "a limited page leaves out orders in between", string(AnyOrder)
}

func markersOf(orders []sentSale) []int64 {
	markers := make([]int64, len(orders))
	for i, o := range orders {
		markers[i] = o.marker
	}
	return markers
}
