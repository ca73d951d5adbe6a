package mplus

import (
	"context"

	"github.com/shopspring/decimal"
)

// VATRate is a VAT code as it is set up for a branch.
type VATRate struct {
	Code    string
	Percent decimal.Decimal // 21 means 21 %
	Branch  string
	Country string // ISO 3166 alpha-3
	Ledger  string // ledger account in the till's own set-up; empty when none
}

// VATGroups reads the VAT codes of all branches.
func (c *Client) VATGroups(ctx context.Context) ([]VATRate, error) {
	places, err := c.percentPlaces(ctx)
	if err != nil {
		return nil, err
	}
	var w getVatGroupListResponse
	if err := c.ask(ctx, opGetVATGroupList, nil, &w); err != nil {
		return nil, err
	}
	r := &reading{assumptions: c.assumptions(places)}
	rates := make([]VATRate, 0, len(w.VatGroup))
	for _, g := range w.VatGroup {
		rates = append(rates, VATRate{
			Code:    r.vatCode(g.VatCode),
			Percent: r.percent("vatPercentage", g.VatPercentage),
			Branch:  r.number("branchNumber", g.BranchNumber),
			Country: trimmed(g.CountryIso3),
			Ledger:  r.number("accountNumber", g.AccountNumber),
		})
	}
	return rates, r.asAnswer(opGetVATGroupList)
}
