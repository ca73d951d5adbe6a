package business

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/workflowservice/v1"

	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// days lets receipts without a customer count in the total of their day.
func days(d *settings.Document) {
	unhurried(d)
	orders := &d.Flows.Orders
	orders.Sources = []domain.SourceKind{domain.SourceOrder, domain.SourceReceipt}
	orders.StartFrom = settings.StartNow // the till of the sandbox has rung up already
	orders.DayTotals = settings.DayTotals{Enabled: true, Every: day, CashAccount: "1010", MovementAccount: "1100"}
	orders.Amounts.GiftCards, orders.Amounts.GiftCardAccount = domain.GiftCardsAccount, "1710"
	rows := func(table string, keys []string, rows ...domain.LookupRow) {
		d.Lookups[table] = domain.Lookup{Keys: keys, Unmapped: domain.UnmappedPark, Rows: rows}
	}
	rows("target", []string{"source", "customer"}, to("sales_order", "*", "*"), to("day_total", "receipt", "none"))
	rows("daybook", []string{"source", "branch"}, to("900", "day_total", "*"), to("700", "*", "*"))
	rows("payment_account", nil, to("1000", "CASH"), to("1200", "PIN"), to("1710", "CADEAUBON"))
	rows("revenue_account", []string{"country", "vat_code", "turnover_group"}, to("8000", "NL", "2", "*"), to("8010", "NL", "1", "*"), to("8020", "NL", "3", "*"))
}

func to(value string, key ...string) domain.LookupRow {
	return domain.LookupRow{Key: key, Value: value}
}

// page is a page of a daybook as the books show it.
type page struct {
	Daybook     string          `json:"daybook"`
	Debtor      string          `json:"debtor"`
	Date        string          `json:"date"`
	Description string          `json:"description"`
	Balance     decimal.Decimal `json:"balance"`
	Lines       []struct {
		Account     string          `json:"account"`
		Description string          `json:"description"`
		Amount      decimal.Decimal `json:"amount"`
		VATCode     string          `json:"vat_code"`
		VAT         decimal.Decimal `json:"vat"`
	} `json:"lines"`
}

func (p page) lines() []string {
	var all []string
	for _, l := range p.Lines {
		all = append(all, fmt.Sprintf("%s %s %s %s", l.Account, l.Amount.StringFixed(2), l.VATCode, l.VAT.StringFixed(2)))
	}
	slices.Sort(all)
	return all
}

// shopOfDays is an integration whose days are booked.
type shopOfDays struct {
	*testing.T
	stack *stack.Stack
	stack.Shop
}

func (s shopOfDays) ring(sale outside.Sale) {
	s.Helper()
	_, err := s.Till().RingUp(s.Context(), outside.Receipts, sale)
	require.NoError(s, err)
}

func (s shopOfDays) run(flow string) {
	s.Helper()
	trigger(s.T, s.stack, flow, s.Integration)
}

func (s shopOfDays) count(query string) (n int) {
	s.Helper()
	require.NoError(s, s.stack.App.DB.QueryRow(s.Context(), query, s.Integration).Scan(&n))
	return n
}

func (s shopOfDays) pages() []page {
	s.Helper()
	var shown struct{ Pages []page }
	require.NoError(s, s.Books().Get(s.Context(), "/_sandbox/pages", &shown))
	return shown.Pages
}

func (s shopOfDays) gathered(n int) {
	s.Helper()
	eventually(s.T, func() (string, bool) {
		if got := s.count("select count(*) from day_receipt where integration = $1"); got != n {
			return fmt.Sprintf("%d receipts are gathered, not %d", got, n), false
		}
		return "", false
	})
}

func TestDayTotal_OnePageForEachBranchAndDay(t *testing.T) {
	b := start(t)
	shop, err := b.Join(t.Context(), "days", app.SandboxOptions{}, days)
	require.NoError(t, err)
	s := shopOfDays{t, b, shop}
	s.run(workflows.FlowOrders) // from here on
	eventually(t, func() (string, bool) {
		return map[bool]string{false: "the till was not read yet"}[s.count("select count(*) from cursor where integration = $1 and flow like '%receipt%'") > 0], false
	})
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	require.NoError(t, err)
	yesterday := time.Now().In(amsterdam).AddDate(0, 0, -1).Format(time.DateOnly)
	cash, pin := []outside.Payment{{Method: "CASH"}}, []outside.Payment{{Method: "PIN"}}
	s.ring(outside.Sale{FinancialDate: yesterday, Lines: lines(at(100101, "1", 1210), at(101401, "2", 109)), Payments: pin})
	s.ring(outside.Sale{FinancialDate: yesterday, Lines: lines(at(100101, "3", 999)), Payments: cash})
	s.ring(outside.Sale{FinancialDate: yesterday, Type: "credit-receipt", Lines: lines(at(100101, "-1", 999)), Payments: cash})
	s.ring(outside.Sale{FinancialDate: yesterday, Branch: 2, Workplace: 1, Lines: lines(at(100102, "1", 121)), Payments: cash})
	s.ring(outside.Sale{Lines: lines(at(100102, "1", 4495)), Payments: cash}) // today: it is not over
	require.NoError(t, s.Till().Post(t.Context(), "/_sandbox/cash_counts", map[string]any{
		"branch": 1, "date": yesterday, "lines": []map[string]any{{"method": "CASH", "counted_cents": 1748, "difference_cents": -250}},
	}, nil))
	s.run(workflows.FlowOrders)
	s.gathered(5)
	s.run(workflows.FlowDayTotals)
	eventually(t, func() (string, bool) {
		return map[bool]string{false: fmt.Sprint(s.pages(), s.parked())}[len(s.pages()) == 2], s.count("select count(*) from parked where integration = $1 and closed_at is null") > 0
	})
	first := s.pages()[slices.IndexFunc(s.pages(), func(p page) bool { return p.Description == "MPLUS D1."+yesterday })]
	require.Equal(t, "900", first.Daybook)
	require.Empty(t, first.Debtor)
	require.Equal(t, yesterday, first.Date[:10])
	require.True(t, first.Balance.IsZero())
	require.Equal(t, []string{
		"1000 17.48  0.00", // what was paid in cash, less what the drawer lacked: 19.98 - 2.50, in two lines
		"1010 2.50  0.00", "1200 14.28  0.00", "8000 -26.51 1 -5.57", "8010 -2.00 2 -0.18",
	}, merged(first.lines()))

	for range 2 { // running again, and a receipt that only was touched, make no other page
		s.run(workflows.FlowDayTotals)
	}
	eventually(t, func() (string, bool) {
		runs := s.closed()
		return map[bool]string{false: fmt.Sprintf("%d runs are over", runs)}[runs == 3], false
	})
	require.Len(t, s.pages(), 2)

	s.ring(outside.Sale{FinancialDate: yesterday, Lines: lines(at(100101, "1", 605)), Payments: pin}) // entered late
	s.run(workflows.FlowOrders)
	s.gathered(6)
	s.run(workflows.FlowDayTotals)
	eventually(t, func() (string, bool) {
		return map[bool]string{false: fmt.Sprint(s.pages(), s.parked())}[len(s.pages()) == 4], s.count("select count(*) from parked where integration = $1 and closed_at is null") > 0
	})
	sum := decimal.Zero
	for _, p := range s.pages() {
		if p.Description[:len("MPLUS D1")] == "MPLUS D1" {
			for _, l := range p.Lines {
				if l.Account == "8000" {
					sum = sum.Sub(l.Amount).Sub(l.VAT)
				}
			}
		}
	}
	require.Equal(t, "38.13", sum.StringFixed(2), "the day as it is now, net of what took the first page back")
}

// closed counts the runs of the flow that are over.
func (s shopOfDays) closed() int {
	s.Helper()
	answer, err := s.stack.App.Temporal.CountWorkflow(s.Context(), closedRuns(s.Integration))
	require.NoError(s, err)
	return int(answer.GetCount())
}

func closedRuns(integration string) *workflowservice.CountWorkflowExecutionsRequest {
	return &workflowservice.CountWorkflowExecutionsRequest{
		Query: fmt.Sprintf("WorkflowType = 'CloseDays' and Integration = '%s' and ExecutionStatus != 'Running'", integration),
	}
}

// parked says what waits for a person.
func (s shopOfDays) parked() (all []string) {
	s.Helper()
	rows, err := s.stack.App.DB.Query(s.Context(), "select number || ' ' || code || ' ' || about from parked where integration = $1 and closed_at is null", s.Integration)
	require.NoError(s, err)
	defer rows.Close()
	for rows.Next() {
		var line string
		require.NoError(s, rows.Scan(&line))
		all = append(all, line)
	}
	return all
}

// merged adds up the lines of one account and VAT code.
func merged(lines []string) []string {
	sums, vats := map[string]decimal.Decimal{}, map[string]decimal.Decimal{}
	for _, l := range lines {
		var account, amount, code, tax string
		if n, _ := fmt.Sscanf(l, "%s %s %s %s", &account, &amount, &code, &tax); n < 4 {
			tax, code = code, ""
		}
		key := account + " " + code
		sums[key], vats[key] = sums[key].Add(decimal.RequireFromString(amount)), vats[key].Add(decimal.RequireFromString(tax))
	}
	var all []string
	for key, sum := range sums {
		account, code, _ := strings.Cut(key, " ")
		all = append(all, fmt.Sprintf("%s %s %s %s", account, sum.StringFixed(2), code, vats[key].StringFixed(2)))
	}
	slices.Sort(all)
	return all
}
