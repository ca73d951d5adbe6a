package app

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/connectors/mplus"
	tillbox "github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/domain"
)

const (
	pan    = "100101" // 67 in the books
	second = "100102"
)

func TestStock_IsWhatTheFormulaSays_AndASecondRunWritesNothing(t *testing.T) {
	t.Parallel()
	s := openStockShop(t, tillbox.Options{}, "page_size: 1000")
	s.enter(pan, 4)
	count, last := s.carry(activities.CarryInput{})
	require.Equal(t, activities.ModeFull, last.Place.Mode)
	require.Equal(t, 1, last.Place.Pages, "a thousand articles are one page, which is one activity")
	require.Positive(t, count.Read)
	require.Equal(t, [2]string{"63", "0"}, s.held(pan), "available less what sales orders reserve")
	require.Equal(t, 1, count.Updated)
	require.Equal(t, count.Why["till_no_stock_article"], count.LeftOut, "vouchers")
	s.calls()
	count, _ = s.carry(activities.CarryInput{})
	require.Zero(t, count.Updated+count.Parked+count.Deferred)
	books, reads, writes := s.calls()
	require.LessOrEqual(t, books, 2, "three hundred articles, as many in a call as the books are asked for")
	require.Equal(t, []int{2, 0}, []int{reads, writes}, "sales of the till, and whether its articles changed")
	count, _ = s.carry(activities.CarryInput{Full: true})
	require.Zero(t, count.Updated)
	_, _, writes = s.calls()
	require.Zero(t, writes)
}

func TestStock_ASaleOfTheTillComesOffUntilTheBooksHaveIt(t *testing.T) {
	t.Parallel()
	s := openStockShop(t, tillbox.Options{}, "page_size: 1000")
	s.carry(activities.CarryInput{})
	sold := "receipt-" + s.sell("receipts", pieces(pan, 2))
	for range 2 {
		s.carry(activities.CarryInput{})
		require.Equal(t, [2]string{"65", "0"}, s.held(pan), "the books still have 67")
	}
	s.arrived(sold, false)
	s.now = s.now.Add(-100 * 24 * time.Hour) // whatever its age: it waits for a person
	s.carry(activities.CarryInput{})
	require.Equal(t, [2]string{"65", "0"}, s.held(pan))
	number := s.book(sold, pan, 2)
	s.carry(activities.CarryInput{})
	require.Equal(t, [2]string{"65", "0"}, s.held(pan), "now the books reserve it")
	s.process(number)
	s.carry(activities.CarryInput{})
	require.Equal(t, [2]string{"65", "0"}, s.held(pan), "and now it left them")
	require.Zero(t, s.tillx.Calls().Report().Operations["saveStockCorrections"], "all the while the till was right")
}

func TestStock_ASaleBetweenReadAndWriteIsFoundByTheNextRun(t *testing.T) {
	t.Parallel()
	s := openStockShop(t, tillbox.Options{}, "page_size: 1000")
	s.carry(activities.CarryInput{})
	s.enter(pan, 1)
	s.before = func(string) {
		s.before = nil
		s.sell("receipts", pieces(pan, 3))
	}
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, 1, count.Updated)
	require.Equal(t, [2]string{"66", "0"}, s.held(pan), "the sale was overwritten")
	require.True(t, s.row(pan).LookAgain)
	count, _ = s.carry(activities.CarryInput{})
	require.Equal(t, 1, count.Updated)
	require.Equal(t, [2]string{"63", "0"}, s.held(pan))
	require.False(t, s.row(pan).LookAgain)
	count, _ = s.carry(activities.CarryInput{})
	require.Zero(t, count.Updated)
}

func TestStock_ASaleBeforeTheWriteIsNotOverwritten(t *testing.T) {
	t.Parallel()
	for _, moment := range []string{"the books were read", "the till was looked at"} {
		s := openStockShop(t, tillbox.Options{}, "page_size: 1000")
		s.carry(activities.CarryInput{})
		s.enter(pan, 1)
		once := func() {
			s.read, s.looked = nil, nil
			s.sell("receipts", pieces(pan, 3)+","+pieces(second, 1))
		}
		if moment == "the books were read" {
			s.read = once
		} else {
			s.looked = once
		}
		s.carry(activities.CarryInput{})
		require.Equal(t, [2]string{"63", "0"}, s.held(pan), moment)
		s.carry(activities.CarryInput{})
		require.Equal(t, [2]string{"63", "0"}, s.held(pan), moment)
	}
}

func TestStock_OrdersOfTheTillDoNotCountTwice(t *testing.T) {
	t.Parallel()
	for figure, want := range map[domain.StockFigure][3][2]string{
		domain.StockFree:     {{"62", "5"}, {"62", "5"}, {"62", "0"}},
		domain.StockPhysical: {{"62", "5"}, {"57", "5"}, {"62", "0"}},
	} {
		for _, free := range []bool{false, true} {
			s := openStockShop(t, tillbox.Options{SetStockSetsFree: free}, "figure: "+string(figure), func(_ *accountview.Settings, m *mplus.Settings) {
				if free {
					m.StockSets = mplus.StockSetsFree
				}
			})
			s.carry(activities.CarryInput{})
			order := s.sell("orders", pieces(pan, 5))
			s.keep(order, pan, 5)
			s.carry(activities.CarryInput{Full: true})
			require.Equal(t, want[0], s.held(pan), "%s: the till promised it, the books do not know", figure)
			s.book(order, pan, 5)
			s.carry(activities.CarryInput{Full: true})
			require.Equal(t, want[1], s.held(pan), "%s: both know", figure)
			s.deliver(order)
			s.carry(activities.CarryInput{Full: true})
			require.Equal(t, want[2], s.held(pan), "%s: it left the shop", figure)
		}
	}
}

func TestStock_ABookedSaleCountsUntilItIsProcessedWhereTheFormulaGoesByTheShelf(t *testing.T) {
	t.Parallel()
	s := openStockShop(t, tillbox.Options{}, "till_sales: not_processed")
	s.mapped = "mapping: {stock: [{target: articleNumber, source: stock.number}, {target: amount, source: stock.available - stock.till_unbooked}]}\n"
	s.settle("till_sales: not_processed")
	s.carry(activities.CarryInput{})
	sold := "receipt-" + s.sell("receipts", pieces(pan, 2))
	number := s.book(sold, pan, 2)
	s.carry(activities.CarryInput{})
	require.Equal(t, [2]string{"65", "0"}, s.held(pan))
	s.process(number)
	s.carry(activities.CarryInput{})
	require.Equal(t, [2]string{"65", "0"}, s.held(pan))
	s.settle("till_sales: none")
	s.sell("receipts", pieces(pan, 1))
	s.carry(activities.CarryInput{})
	require.Equal(t, [2]string{"65", "0"}, s.held(pan), "where no sale counts, what was sold shows again")
}

func TestStock_SalesThatBringNoOrderCountForAWhile(t *testing.T) {
	t.Parallel()
	s := openStockShop(t, tillbox.Options{}, "sales_elsewhere: 1h")
	s.carry(activities.CarryInput{})
	s.now = time.Now().Add(-50 * time.Minute)
	s.sell("invoices", pieces(pan, 1)) // a kind that the orders do not take
	booked := "receipt-" + s.sell("receipts", pieces(pan, 2))
	s.linked(booked, "700/1", domain.TargetJournal) // money only
	s.carry(activities.CarryInput{})
	require.Equal(t, [2]string{"64", "0"}, s.held(pan))
	s.settle("sales_elsewhere: 30m")
	s.carry(activities.CarryInput{})
	require.Equal(t, [2]string{"67", "0"}, s.held(pan), "by now somebody is to have booked the goods")
}

func TestStock_TheFirstRunLooksBackForSales(t *testing.T) {
	t.Parallel()
	for back, want := range map[string]string{"0s": "67", "2h": "66", "4h": "65"} {
		s := openStockShop(t, tillbox.Options{}, "sales_elsewhere: 24h, look_back: "+back)
		for _, ago := range []time.Duration{3 * time.Hour, time.Hour} {
			s.now = time.Now().Add(-ago)
			s.sell("receipts", pieces(pan, 1))
		}
		s.carry(activities.CarryInput{})
		require.Equal(t, [2]string{want, "0"}, s.held(pan), back)
		s.sell("receipts", pieces(second, 1))
		before := s.held(second)
		s.carry(activities.CarryInput{})
		require.Equal(t, before, s.held(second), "what is sold from then on counts, %s", back)
	}
}

func TestStock_BufferMinimumAndMaximumFollowOnTheFormula(t *testing.T) {
	t.Parallel()
	s := openStockShop(t, tillbox.Options{}, "buffer: 7")
	for settings, want := range map[string]string{"buffer: 7": "60", "maximum: 50": "50", "buffer: 100, minimum: 3": "3", "buffer: 2.5": "64.5"} {
		s.settle(settings)
		s.carry(activities.CarryInput{Full: true})
		require.Equal(t, [2]string{want, "0"}, s.held(pan), settings)
	}
}
