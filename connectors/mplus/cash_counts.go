package mplus

import (
	"context"
	"fmt"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

var _ connectors.CashCounter = (*Client)(nil)

// CashCounts reads the counts of one financial date. Those of branches that are
// not ours are left out. A count that does not say whether it is final counts as
// final (isFinalized is optional in the WSDL).
func (c *Client) CashCounts(ctx context.Context, on domain.Date) ([]domain.CashCount, error) {
	day := soapMplusDateOut{Day: on.Day, Mon: int(on.Month), Year: on.Year}
	var w getCashCountListResponse
	request := getCashCountList{getCashCountListRequest{FromFinancialDate: day, ThroughFinancialDate: day}}
	if err := c.ask(ctx, opGetCashCounts, request, &w); err != nil {
		return nil, err
	}
	r := &reading{assumptions: c.assumptions(0)}
	var counts []domain.CashCount
	for i, count := range w.CashCountList {
		r.in(fmt.Sprintf("cashCountList/%d", i+1), func() {
			if read := r.cashCountFromCashCount(count); read.Date == on && c.ours(read.Branch) { // a till that overlooks the dates gives all it has
				counts = append(counts, read)
			}
		})
	}
	return counts, r.asAnswer(opGetCashCounts)
}

func (c *Client) ours(branch string) bool {
	return len(c.settings.Branches) == 0 || slices.ContainsFunc(c.settings.Branches, func(b int) bool { return fmt.Sprint(b) == branch })
}

func (r *reading) cashCountFromCashCount(w cashCount) domain.CashCount {
	count := domain.CashCount{
		Branch: r.number("branchNumber", w.BranchNumber), Date: r.date("financialDate", w.FinancialDate),
		Final: r.yes("isFinalized", w.IsFinalized, true),
	}
	for i, line := range w.CashCountLineList {
		r.in(fmt.Sprintf("cashCountLineList/%d", i+1), func() {
			amount := r.euros("differenceAmount", line.DifferenceAmount)
			if !amount.IsZero() {
				count.Differences = append(count.Differences, domain.CashDifference{Method: trimmed(line.PaymentMethod), Amount: amount})
			}
		})
	}
	return count
}
