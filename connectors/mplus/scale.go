package mplus

import (
	"context"
	"slices"
	"sync"

	"github.com/koppel/koppel/internal/fault"
)

// scale remembers how many decimal places this till's percentages carry.
type scale struct {
	mu     sync.Mutex
	known  bool
	places int
}

// percentPlaces gives the decimal places of a percentage: 2 when 2100 means
// 21 %, 0 when 21 does. Settings decide, or else the till's own VAT groups, which
// are read once.
func (c *Client) percentPlaces(ctx context.Context) (int, error) {
	switch c.settings.PercentScale {
	case ScaleHundredths:
		return 2, nil
	case ScaleWhole:
		return 0, nil
	}
	c.scale.mu.Lock()
	defer c.scale.mu.Unlock()
	if c.scale.known {
		return c.scale.places, nil
	}
	var answer getVatGroupListResponse
	if err := c.ask(ctx, opGetVATGroupList, nil, &answer); err != nil {
		return 0, err
	}
	places, ok := placesOfPercentages(answer.VatGroup)
	if !ok {
		return 0, fault.New(fault.Misconfigured, "percent_scale_unclear", opGetVATGroupList.op())
	}
	c.scale.known, c.scale.places = true, places
	return places, nil
}

// placesOfPercentages finds the scale out. The Dutch high rate stands there as
// 2100 or as 21. Elsewhere the size tells: no rate of VAT reaches 100 %, and none
// that a shop charges lies under 1 %.
func placesOfPercentages(groups []vatGroup) (places int, ok bool) {
	var rates []int64
	for _, g := range groups {
		if rate, err := g.VatPercentage.parse(); err == nil && rate > 0 {
			rates = append(rates, rate)
		}
	}
	hundredths, whole := slices.Contains(rates, 2100), slices.Contains(rates, 21)
	isLarge := func(rate int64) bool { return rate >= 100 }
	switch {
	case len(rates) == 0, hundredths && whole:
		return 0, false
	case hundredths:
		return 2, true
	case whole:
		return 0, true
	case !slices.ContainsFunc(rates, func(rate int64) bool { return !isLarge(rate) }):
		return 2, true
	case !slices.ContainsFunc(rates, isLarge):
		return 0, true
	default:
		return 0, false
	}
}
