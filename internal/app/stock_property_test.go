package app

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	tillbox "github.com/koppel/koppel/connectors/mplus/sandbox"
)

// tillSale is a sale that the test made, and how far it came.
type tillSale struct {
	id, article string
	n           int
	order       bool // an order of the till, which reserves until it is delivered
	gone        bool // it left the shop
	booked      string
	processed   bool
}

// trade is a shop at work: whatever happens, the test knows what the till is to show.
type trade struct {
	*stockShop
	random   *rand.Rand
	articles []string
	sales    []*tillSale
}

func (s *trade) article() string { return s.articles[s.random.IntN(len(s.articles))] }

func (s *trade) oneOf(fits func(*tillSale) bool) *tillSale {
	var all []*tillSale
	for _, sale := range s.sales {
		if fits(sale) {
			all = append(all, sale)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all[s.random.IntN(len(all))]
}

// sale is rung up over the counter, or ordered at the till.
func (s *trade) sale(article string) {
	sale := &tillSale{article: article, n: 1 + s.random.IntN(2), order: s.random.IntN(3) == 0}
	if sale.order {
		sale.id = s.sell("orders", pieces(sale.article, sale.n))
		s.keep(sale.id, sale.article, sale.n)
	} else {
		sale.id, sale.gone = "receipt-"+s.sell("receipts", pieces(sale.article, sale.n)), true
		if s.random.IntN(2) == 0 {
			s.arrived(sale.id, false)
		}
	}
	s.sales = append(s.sales, sale)
}

// moves lets a sale go one step further: delivered at the till, booked, or processed
// by the books.
func (s *trade) moves() {
	switch s.random.IntN(3) {
	case 0:
		if sale := s.oneOf(func(x *tillSale) bool { return x.order && !x.gone }); sale != nil {
			s.deliver(sale.id)
			sale.gone = true
		}
	case 1:
		if sale := s.oneOf(func(x *tillSale) bool { return x.booked == "" }); sale != nil {
			sale.booked = s.book(sale.id, sale.article, sale.n)
		}
	default:
		if sale := s.oneOf(func(x *tillSale) bool { return x.booked != "" && !x.processed }); sale != nil {
			s.process(sale.booked)
			sale.processed = true
		}
	}
}

// shows is what the till is to have free: what the books may sell, less what left
// the shop or was ordered there without the books knowing.
func (s *trade) shows(article string) decimal.Decimal {
	level := s.level(article)
	free := level.Available.Sub(level.Reserved)
	for _, sale := range s.sales {
		if sale.article == article && sale.booked == "" {
			free = free.Sub(decimal.NewFromInt(int64(sale.n)))
		}
	}
	return free
}

func (s *trade) agrees(but map[string]bool, when string) {
	s.t.Helper()
	for _, article := range s.articles {
		if !but[article] {
			require.Equal(s.t, s.shows(article).String(), s.held(article)[0], "%s %s", article, when)
		}
	}
}

// TestStock_WhateverIsSoldAndBookedMeanwhileTheTillShowsTheFormula lets sales, orders,
// deliveries, bookings and what the books deliver happen between runs and in the middle
// of them.
func TestStock_WhateverIsSoldAndBookedMeanwhileTheTillShowsTheFormula(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			s := &trade{
				stockShop: openStockShop(t, tillbox.Options{PartialCorrections: seed == 1}, onlyThese),
				random:    rand.New(rand.NewPCG(seed, 5)), articles: []string{pan, second, "100103"},
			}
			s.mapped = "mapping: {stock: [{target: articleNumber, source: stock.number}, {target: amount, source: stock.available - stock.reserved - stock.till_unbooked}]}\n"
			s.settle(onlyThese)
			late := 0
			for round := range 40 {
				for range s.random.IntN(4) {
					switch s.random.IntN(4) {
					case 0:
						s.enter(s.article(), 1) // somebody orders by telephone
					case 1:
						s.sale(s.article())
					default:
						s.moves()
					}
				}
				s.read, s.looked = s.once(), s.once()
				overwritten := map[string]bool{}
				s.before = nil
				if s.random.IntN(3) == 0 {
					article := s.article()
					s.enter(article, 1) // so there is something to write of it
					s.before = func(string) {
						s.before = nil
						overwritten[article] = true
						s.sale(article)
					}
				}
				s.carry(activities.CarryInput{Full: s.random.IntN(5) == 0})
				s.read, s.looked, s.before = nil, nil, nil
				when := fmt.Sprintf("in round %d", round)
				s.agrees(overwritten, when)
				for article := range overwritten {
					if !s.shows(article).Equal(decimal.RequireFromString(s.held(article)[0])) {
						late++
						require.True(t, s.row(article).LookAgain, "%s %s", article, when)
					}
				}
				s.carry(activities.CarryInput{})
				s.agrees(nil, when+", corrected")
				s.calls()
				s.carry(activities.CarryInput{})
				_, _, writes := s.calls()
				require.Zero(t, writes, "and nothing is left to write %s", when)
			}
			t.Logf("%d sales, %d of them overwritten and found", len(s.sales), late)
		})
	}
}

const onlyThese = "minimum: -1000, where: \"ART_CODE = '100101' OR ART_CODE = '100102' OR ART_CODE = '100103'\""

// once does something in the middle of a run, or nothing.
func (s *trade) once() func() {
	if s.random.IntN(2) == 0 {
		return nil
	}
	done := false
	return func() {
		if done {
			return
		}
		done = true
		if s.random.IntN(2) == 0 {
			s.sale(s.article())
		} else {
			s.moves()
		}
	}
}
