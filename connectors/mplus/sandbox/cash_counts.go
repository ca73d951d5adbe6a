package sandbox

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"time"
)

const (
	tableCashCounts = "cash counts"
	lastCashCount   = "number cash count"
)

type cashCountListInput struct {
	Request getCashCountListXML `xml:"request"`
}

type cashCountListAnswer struct {
	CashCountList cashCountListXML `xml:"cashCountList"`
}

// getCashCountList answers counts by financial date; sinceCashCount leaves out those of that workplace up to that number.
func getCashCountList(c *call, in cashCountListInput) (cashCountListAnswer, error) {
	ask := in.Request
	var rows []cashCountXML
	for _, count := range c.cashCounts {
		day, since := count.FinancialDate.ordinal(), ask.SinceCashCount
		switch {
		case ask.FromFinancialDate != nil && !ask.FromFinancialDate.none() && day < ask.FromFinancialDate.ordinal(),
			ask.ThroughFinancialDate != nil && !ask.ThroughFinancialDate.none() && day > ask.ThroughFinancialDate.ordinal(),
			since != nil && count.BranchNumber == since.BranchNumber && count.WorkplaceNumber == since.WorkplaceNumber &&
				count.CashCountNumber.Year == since.Year && count.CashCountNumber.Number <= since.Number:
		default:
			rows = append(rows, *count)
		}
	}
	slices.SortFunc(rows, func(a, b cashCountXML) int {
		return cmp.Or(cmp.Compare(a.CashCountNumber.Year, b.CashCountNumber.Year), cmp.Compare(a.CashCountNumber.Number, b.CashCountNumber.Number))
	})
	return cashCountListAnswer{cashCountListXML{rows}}, nil
}

// countJSON is a drawer counted by hand or by a program: what each payment method differs by.
type countJSON struct {
	Branch    int32           `json:"branch"`
	Workplace int32           `json:"workplace"`
	Date      string          `json:"date"` // YYYY-MM-DD; empty is today
	Draft     bool            `json:"draft"`
	Lines     []countLineJSON `json:"lines"`
}

type countLineJSON struct {
	Method          string `json:"method"`
	CountedCents    int64  `json:"counted_cents"`
	DifferenceCents int64  `json:"difference_cents"` // counted less expected
}

func (t *till) count(asked countJSON) (*cashCountXML, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	at := t.now()
	day := at
	if asked.Date != "" {
		parsed, err := time.Parse(time.DateOnly, asked.Date)
		if err != nil {
			return nil, badInput("date: must be YYYY-MM-DD")
		}
		day = parsed
	}
	branch, workplace := max(asked.Branch, 1), max(asked.Workplace, 1)
	b := t.begin()
	number := yearNumberXML{int32(day.Year()), b.number(lastCashCount)}
	shift := transactionXML{
		TransactionID: newID(), FinancialDate: dayOf(day), BranchNumber: branch, WorkplaceNumber: workplace,
		TransactionNumber: number, EmployeeNumber: 1, EntryTimestamp: momentOf(at),
	}
	counted := &cashCountXML{
		CashCountID: newID(), FinancialDate: dayOf(day), EntryTimestamp: momentOf(at), BranchNumber: branch, WorkplaceNumber: workplace,
		CashCountNumber: number, VersionNumber: 1, EmployeeNumber: 1, CountingEmployeeNumber: 1, IsFinalized: new(!asked.Draft),
		ShiftFirstTransaction: shift, ShiftLastTransaction: shift,
	}
	for i, line := range asked.Lines {
		if !slices.ContainsFunc(paymentMethods, func(m paymentMethodXML) bool { return m.Method == line.Method }) {
			return nil, badInput("lines[" + strconv.Itoa(i) + "].method: must be a payment method of the till")
		}
		counted.CashCountLineList.CashCountLine = append(counted.CashCountLineList.CashCountLine, cashCountLineXML{
			PaymentMethod: line.Method, AddedAmount: line.CountedCents - line.DifferenceCents, CountedAmount: line.CountedCents,
			DifferenceAmount: line.DifferenceCents, EndAmount: line.CountedCents,
		})
	}
	b.saveXML(tableCashCounts, counted.CashCountID, counted, func() { t.cashCounts[counted.CashCountID] = counted })
	return counted, b.commit()
}

func (s *Server) postCashCount(w http.ResponseWriter, r *http.Request) {
	var asked countJSON
	if err := readJSON(w, r, &asked); err != nil {
		s.refuseJSON(w, err)
		return
	}
	counted, err := s.till.count(asked)
	if err != nil {
		s.refuseJSON(w, err)
		return
	}
	writeJSON(w, http.StatusCreated, map[string]string{"cash_count_id": counted.CashCountID})
}
