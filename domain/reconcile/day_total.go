package reconcile

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// Why a day cannot be added up.
const (
	// CodeDayVATMethod: a sale of the day has no VAT of its own (shifted, none).
	CodeDayVATMethod = "day_vat_method"
	// CodeDayUnpaid: payments and turnover of the day differ.
	CodeDayUnpaid = "day_unpaid"
	// CodeDayUncounted: a drawer of the day is still being counted.
	CodeDayUncounted = "day_uncounted"
)

// Day is a branch and a financial day.
type Day struct {
	Branch string
	Date   domain.Date
}

// ID names the day's total among the sales.
func (d Day) ID() domain.OrderID {
	return domain.OrderID(fmt.Sprintf("day-%s-%s", d.Branch, d.Date))
}

// Number is what people call the day's total.
func (d Day) Number() string { return fmt.Sprintf("D%s.%s", d.Branch, d.Date) }

// DayTotal adds the receipts of a day up to one sale: a line for each VAT code
// and turnover group, one for each way it was paid, and two for each difference
// that a count of the drawer found. The lines add up to nothing, as the page of a
// daybook must; the VAT groups are the sums of the till's own. A code says why
// the day cannot be booked, and what about.
func DayTotal(day Day, receipts []domain.Order, counts []domain.CashCount) (total domain.Order, code, about string) {
	s := &daySum{groups: map[string]*domain.VATGroup{}, lines: map[string]*domain.OrderLine{}, paid: map[string]*domain.Payment{}, found: map[string]*domain.Payment{}}
	for _, r := range receipts {
		if !isMovement(r) && r.VATMethod != domain.VATInclusive && r.VATMethod != domain.VATExclusive {
			return total, CodeDayVATMethod, r.Number
		}
		s.add(r)
		total.Version.Marker = max(total.Version.Marker, r.Version.Marker)
	}
	if !s.taken.Equal(s.turnover.Add(s.moved)) {
		return total, CodeDayUnpaid, day.Number()
	}
	s.close()
	for _, c := range counts {
		if !c.Final {
			return total, CodeDayUncounted, day.Number()
		}
		for _, d := range c.Differences {
			s.differs(d)
		}
	}
	total.ID, total.Number, total.Source = day.ID(), day.Number(), domain.SourceDayTotal
	total.Branch, total.Date, total.FullyPaid = day.Branch, day.Date, true
	total.VATMethod, total.VATGroups = domain.VATInclusive, sorted(s.groups)
	total.Lines = append(sorted(s.lines), s.rest()...)
	total.Payments = sorted(s.paid)
	total.TotalIncl, total.TotalExcl = s.turnover, s.excl
	return total, "", ""
}

// daySum is a day as far as it is added up.
type daySum struct {
	groups map[string]*domain.VATGroup
	lines  map[string]*domain.OrderLine
	paid   map[string]*domain.Payment
	found  map[string]*domain.Payment // what counts of the drawer found, by method

	turnover, excl decimal.Decimal // euros incl. and excl. VAT
	taken, moved   decimal.Decimal // euros paid, and put into drawers or taken out of them
}

func (s *daySum) add(r domain.Order) {
	if isMovement(r) {
		s.moved = s.moved.Add(r.TotalIncl)
		s.pay(r)
		return
	}
	s.turnover, s.excl = s.turnover.Add(r.TotalIncl), s.excl.Add(r.TotalExcl)
	for _, g := range r.VATGroups {
		sum := entry(s.groups, fmt.Sprintf("%s %s", g.Code, g.Percent), domain.VATGroup{Code: g.Code, Percent: g.Percent})
		sum.Excl, sum.VAT = sum.Excl.Add(g.Excl), sum.VAT.Add(g.VAT)
	}
	for _, l := range r.Lines {
		if !l.Sells() {
			continue
		}
		key := fmt.Sprintf("%s %s %s %s", l.Kind, l.TurnoverGroup, l.VATCode, l.VATPercent)
		sum := entry(s.lines, key, domain.OrderLine{
			ID: key, SKU: "turnover " + l.TurnoverGroup, Text: "Omzetgroep " + l.TurnoverGroup, Quantity: decimal.NewFromInt(1),
			VATCode: l.VATCode, VATPercent: l.VATPercent, TurnoverGroup: l.TurnoverGroup, Kind: l.Kind,
		})
		sum.TotalIncl, sum.TotalExcl = sum.TotalIncl.Add(l.TotalIncl), sum.TotalExcl.Add(l.TotalExcl)
	}
	s.pay(r)
}

// isMovement reports whether a receipt is no sale: it moves money into a drawer,
// out of it, or between ways to pay.
func isMovement(r domain.Order) bool {
	return slices.ContainsFunc(r.Lines, func(l domain.OrderLine) bool { return l.Kind == domain.LineCash })
}

func (s *daySum) pay(r domain.Order) {
	for _, p := range r.Payments {
		sum := entry(s.paid, string(p.Kind)+" "+p.Method, domain.Payment{Method: p.Method, Kind: p.Kind, Date: r.Date})
		sum.Amount, s.taken = sum.Amount.Add(p.Amount), s.taken.Add(p.Amount)
	}
}

// close makes the lines of each VAT code what its group says: the till rounds
// each receipt, so the sums of lines may be some cents away. The greatest line
// takes them.
func (s *daySum) close() {
	for _, g := range s.groups {
		var greatest *domain.OrderLine
		incl, excl := g.Incl(), g.Excl
		for _, l := range sortedEntries(s.lines) {
			if l.VATCode != g.Code || !l.VATPercent.Equal(g.Percent) {
				continue
			}
			incl, excl = incl.Sub(l.TotalIncl), excl.Sub(l.TotalExcl)
			if greatest == nil || l.TotalIncl.Abs().GreaterThan(greatest.TotalIncl.Abs()) {
				greatest = l
			}
		}
		if greatest != nil {
			greatest.TotalIncl, greatest.TotalExcl = greatest.TotalIncl.Add(incl), greatest.TotalExcl.Add(excl)
		}
	}
	for _, l := range s.lines {
		l.UnitPriceIncl, l.UnitPriceExcl = l.TotalIncl, l.TotalExcl
	}
}

// differs notes what a count found, less or more than the till expected.
func (s *daySum) differs(d domain.CashDifference) {
	sum := entry(s.found, d.Method, domain.Payment{Method: d.Method})
	sum.Amount = sum.Amount.Add(d.Amount)
}

// rest are the lines that are no turnover: what was paid, and what was found. A
// difference is two lines: the drawer holds it, and the shop gained or lost it.
func (s *daySum) rest() []domain.OrderLine {
	var lines []domain.OrderLine
	for _, p := range sorted(s.paid) {
		lines = append(lines, dayLine(domain.LinePayment, "payment", p.Method, p.Method, p.Amount.Neg()))
	}
	if !s.moved.IsZero() {
		lines = append(lines, dayLine(domain.LineCash, "movement", "", "Kasmutaties", s.moved))
	}
	for _, d := range sorted(s.found) {
		lines = append(lines,
			dayLine(domain.LinePayment, "difference", d.Method, "Kasverschil "+d.Method, d.Amount.Neg()),
			dayLine(domain.LineCash, "difference", d.Method, "Kasverschil "+d.Method, d.Amount))
	}
	return lines
}

func dayLine(kind domain.LineKind, what, method, text string, amount decimal.Decimal) domain.OrderLine {
	return domain.OrderLine{
		ID: fmt.Sprintf("%s %s %s", kind, what, method), SKU: what + " " + method, Text: text, Quantity: decimal.NewFromInt(1),
		Kind: kind, PaymentMethod: method, UnitPriceIncl: amount, UnitPriceExcl: amount, TotalIncl: amount, TotalExcl: amount,
	}
}

// entry gives the sum under a key, made anew when it is the first.
func entry[T any](of map[string]*T, key string, fresh T) *T {
	if of[key] == nil {
		of[key] = &fresh
	}
	return of[key]
}

// sorted gives the sums in the order of their keys: a day is the same however
// its receipts came.
func sorted[T any](of map[string]*T) []T {
	var all []T
	for _, sum := range sortedEntries(of) {
		all = append(all, *sum)
	}
	return all
}

func sortedEntries[T any](of map[string]*T) []*T {
	keys := make([]string, 0, len(of))
	for key := range of {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, domain.CompareNatural)
	all := make([]*T, 0, len(of))
	for _, key := range keys {
		all = append(all, of[key])
	}
	return all
}
