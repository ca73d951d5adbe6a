package reconcile

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// JournalLine is one line of a sale that is booked as an invoice: the amount of
// one turnover group under one VAT code, in euros.
type JournalLine struct {
	ID            string
	Role          domain.LineRole
	Account       string // of the books; empty: the mapping finds it
	VATCode       string // the till's
	VATPercent    decimal.Decimal
	TurnoverGroup string
	PaymentMethod string // the till's; of what a day was paid with
	Text          string // of what is no turnover
	Excl          decimal.Decimal
	VAT           decimal.Decimal
}

// JournalLines gives the lines of an invoice for a sale: what was sold by VAT code
// and turnover group, and for each VAT group what closes it. The VAT of a group is
// the till's own; the cents that its lines would be off by are spread over them.
// The error is a SaleRefused.
func JournalLines(o domain.Order, rules domain.SaleRules) ([]JournalLine, error) {
	sold, sure, err := soldLines(o, rules, rules.Accounts)
	if err != nil {
		return nil, err
	}
	j := &journal{order: o, inclusive: o.VATMethod == domain.VATInclusive}
	for _, l := range sold {
		j.add(l.role, l.name, l.OrderLine, side(l.TotalIncl, l.TotalExcl, j.inclusive))
	}
	for _, g := range o.VATGroups {
		of := domain.OrderLine{VATCode: g.Code, VATPercent: g.Percent}
		booked := j.of(of)
		if gap := side(g.Incl(), g.Excl, j.inclusive).Sub(booked); sure && !gap.IsZero() {
			if role, name := closing(gap, booked, rules, rules.Accounts); name != "" {
				j.add(role, name, of, gap)
			}
		}
	}
	return j.withVAT(), nil
}

// journal collects the lines of an invoice. Amounts are incl. VAT where the till
// counts so, and excl. VAT else: its groups come out of that side to the cent.
type journal struct {
	order     domain.Order
	inclusive bool
	lines     []JournalLine
	amounts   []decimal.Decimal // of each line
}

func (j *journal) add(role domain.LineRole, account string, of domain.OrderLine, amount decimal.Decimal) {
	text := ""
	if role == domain.RolePayment || role == domain.RoleCash {
		text = of.Text
	}
	i := slices.IndexFunc(j.lines, func(l JournalLine) bool {
		return l.Role == role && l.Account == account && l.VATCode == of.VATCode && l.VATPercent.Equal(of.VATPercent) && l.TurnoverGroup == of.TurnoverGroup && l.PaymentMethod == of.PaymentMethod && l.Text == text
	})
	if i < 0 {
		i = len(j.lines)
		j.lines = append(j.lines, JournalLine{
			ID: fmt.Sprintf("#%d", i+1), Role: role, Account: account, VATCode: of.VATCode, VATPercent: of.VATPercent, TurnoverGroup: of.TurnoverGroup, PaymentMethod: of.PaymentMethod, Text: text,
		})
		j.amounts = append(j.amounts, decimal.Zero)
	}
	j.amounts[i] = j.amounts[i].Add(amount)
}

// Turnover reports whether the line counts in a VAT group: payments and what
// drawers held do not.
func (l JournalLine) Turnover() bool {
	return l.Role != domain.RolePayment && l.Role != domain.RoleCash
}

// in reports whether a line is of a VAT group.
func (l JournalLine) in(code string, percent decimal.Decimal) bool {
	return l.Turnover() && l.VATCode == code && l.VATPercent.Equal(percent)
}

// of is what the lines of a VAT group amount to.
func (j *journal) of(group domain.OrderLine) (sum decimal.Decimal) {
	for i, l := range j.lines {
		if l.in(group.VATCode, group.VATPercent) {
			sum = sum.Add(j.amounts[i])
		}
	}
	return sum
}

// withVAT gives each line its VAT, so that those of a group have together what the
// till says.
func (j *journal) withVAT() []JournalLine {
	for i := range j.lines {
		l := &j.lines[i]
		percent := chargedPercent(j.order, l.VATPercent)
		if j.inclusive {
			l.VAT = inside(j.amounts[i], percent)
			l.Excl = j.amounts[i].Sub(l.VAT)
		} else {
			l.Excl, l.VAT = j.amounts[i], onTop(j.amounts[i], percent)
		}
	}
	for _, g := range j.order.VATGroups {
		j.settle(g)
	}
	return j.lines
}

// settle puts the cents of VAT that rounding by line leaves over on the lines of
// the group, one each, and first on those that rounding took them from: books hold
// the VAT of a line against its rate, and forgive a cent. More than a cent a line is no rounding, and the
// proof shows it; but the till rounds each receipt of a day by itself.
func (j *journal) settle(g domain.VATGroup) {
	rest := g.VAT
	var lines []int
	for i, l := range j.lines {
		if l.in(g.Code, g.Percent) {
			rest, lines = rest.Sub(l.VAT), append(lines, i)
		}
	}
	many := decimal.NewFromInt(int64(len(lines)))
	if len(lines) == 0 || j.order.Source != domain.SourceDayTotal && rest.Abs().GreaterThan(cent.Mul(many)) {
		return
	}
	sign := decimal.NewFromInt(int64(rest.Sign()))
	slices.SortStableFunc(lines, func(a, b int) int {
		return cmp.Or(j.rounded(b).Mul(sign).Cmp(j.rounded(a).Mul(sign)), j.amounts[b].Abs().Cmp(j.amounts[a].Abs()))
	})
	share := rest.DivRound(many, 4).Truncate(2) // of each line, where there are more cents than lines
	rest = rest.Sub(share.Mul(many))
	for _, i := range lines {
		more := share
		if !rest.IsZero() {
			one := decimal.Min(rest.Abs(), cent).Mul(decimal.NewFromInt(int64(rest.Sign())))
			more, rest = more.Add(one), rest.Sub(one)
		}
		l := &j.lines[i]
		if l.VAT = l.VAT.Add(more); j.inclusive {
			l.Excl = l.Excl.Sub(more)
		}
	}
}

// rounded is what rounding took from the VAT of a line.
func (j *journal) rounded(i int) decimal.Decimal {
	const exactly = 6
	percent := chargedPercent(j.order, j.lines[i].VATPercent)
	base := hundred
	if j.inclusive {
		base = hundred.Add(percent)
	}
	if base.IsZero() {
		return decimal.Zero
	}
	return j.amounts[i].Mul(percent).DivRound(base, exactly).Sub(j.lines[i].VAT)
}

// cent is the least that an amount can differ by.
var cent = domain.Euros(1)
