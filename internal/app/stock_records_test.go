package app

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/connectors/mplus"
	tillbox "github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

const voucher = "102001" // the till keeps no stock of it

func (s *stockShop) stockParked() map[string]string {
	s.t.Helper()
	rows, err := db.Q.ParkedListOpen(s.t.Context(), s.pool, store.ParkedListOpenParams{Integration: "demo", Most: 100})
	require.NoError(s.t, err)
	codes := map[string]string{}
	for _, row := range rows {
		codes[row.SourceID] = row.Code
	}
	return codes
}

func TestStock_AnArticleWithoutStockIsLeftOrKept(t *testing.T) {
	t.Parallel()
	s := openStockShop(t, tillbox.Options{}, "no_stock_article: leave")
	s.carry(activities.CarryInput{})
	require.Equal(t, []string{"left_out", "till_no_stock_article"}, []string{s.row(voucher).Outcome, s.row(voucher).Code})
	require.Empty(t, s.stockParked(), "it is a warning")
	s.carry(activities.CarryInput{})
	require.Equal(t, "left_out", s.row(voucher).Outcome)

	s.calls()
	s.carry(activities.CarryInput{})
	require.Zero(t, s.tillx.Calls().Report().Operations["getStock"], "it is not asked about by every run")
	require.NoError(t, s.till.KeepStock(t.Context(), voucher))
	s.carry(activities.CarryInput{})
	require.Equal(t, "updated", s.row(voucher).Outcome, "somebody made it a stock article")

	keeps := openStockShop(t, tillbox.Options{}, "no_stock_article: keep")
	count, _ := keeps.carry(activities.CarryInput{})
	require.Positive(t, count.Created)
	require.Equal(t, keeps.level(voucher).Available.String(), keeps.held(voucher)[0])
	keeps.calls()
	count, _ = keeps.carry(activities.CarryInput{Full: true})
	require.Zero(t, count.Created+count.Updated)
}

func TestStock_ACodeWithoutANumberIsNotAtTheTill(t *testing.T) {
	t.Parallel()
	s := openStockShop(t, tillbox.Options{}, "")
	s.lies = func(r connectors.StockRecord) connectors.StockRecord {
		if r.SKU == pan {
			r.SKU, r.Levels[0].SKU = "PAN-20", "PAN-20"
		}
		if r.SKU == second {
			r.Managed = false
		}
		return r
	}
	s.enter(second, 3)
	s.carry(activities.CarryInput{})
	require.Equal(t, "article_not_at_till", s.row("PAN-20").Code)
	require.Equal(t, "stock_not_kept", s.row(second).Code)
	require.Empty(t, s.stockParked())
	rules := domain.NumberRules{First: 900000000, Last: 900000010, LeadingZeros: domain.ZerosStrip, OtherCodes: domain.CodesAlias}
	_, _, err := db.Numbers{DB: s.pool}.Of(t.Context(), "demo", rules, []string{"PAN-20"})
	require.NoError(t, err)
	call(t, s.tillURL+"/_sandbox/options", "POST", `{}`, nil)
	s.carry(activities.CarryInput{Full: true})
	require.Equal(t, "article_not_at_till", s.row("PAN-20").Code, "it has a number, and the till no such article")
}

func TestStock_OneBadArticleParksAlone(t *testing.T) {
	t.Parallel()
	s := openStockShop(t, tillbox.Options{}, "")
	s.lies = func(r connectors.StockRecord) connectors.StockRecord {
		switch r.SKU {
		case pan:
			r.Levels[0].Available = decimal.RequireFromString("1.00000001") // finer than the till counts
		case second:
			r.Fault, r.Levels = fault.New(fault.Invalid, "article_unreadable", "GET").About(second), nil
		}
		return r
	}
	s.enter("100103", 1)
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, map[string]string{pan: "till_rejected", second: "article_unreadable"}, s.stockParked())
	require.Equal(t, []int{2, 1}, []int{count.Parked, count.Updated})
	s.lies = nil
	s.carry(activities.CarryInput{Keys: []string{pan, second}})
	require.Empty(t, s.stockParked())
}

func TestStock_AfterAnUnclearAnswerTheNextRunLooks(t *testing.T) {
	t.Parallel()
	s := openStockShop(t, tillbox.Options{}, "")
	s.enter(pan, 1)
	s.fails = func() error { return fault.New(fault.Uncertain, "answer_lost", "saveStockCorrections") }
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, 1, count.Deferred)
	s.fails = nil
	require.Eventually(t, func() bool {
		s.carry(activities.CarryInput{})
		return s.row(pan).Outcome == activities.OutcomeInPlace && !s.row(pan).LookAgain
	}, waitLong, waitShort, "it was done all the same, and is not done twice")
	require.Equal(t, 1, s.tillx.Calls().Report().Operations["saveStockCorrections"])

	s.enter(pan, 1)
	s.fails = func() error { return fault.New(fault.Unavailable, "till_failed", "saveStockCorrections") }
	_, _, err := s.tryToCarry(activities.CarryInput{})
	require.Error(t, err, "an outage ends the run")
	s.fails = nil
	require.Eventually(t, func() bool {
		s.carry(activities.CarryInput{})
		return s.row(pan).Outcome != activities.OutcomeDeferred
	}, waitLong, waitShort)
	require.Equal(t, [2]string{"65", "0"}, s.held(pan))
}

func TestStock_LocationsOfTheBooksAreBranchesOfTheTill(t *testing.T) {
	t.Parallel()
	s := openStockShop(t, tillbox.Options{}, "")
	s.placed = "{key: WINKEL, value: '1'}, {key: ACHTER, value: '1'}, {key: UTRECHT, value: '2'}, {key: CENTRAAL, value: '*'}"
	s.lies = func(r connectors.StockRecord) connectors.StockRecord {
		if r.SKU != pan {
			r.Managed = false
			return r
		}
		r.Levels = nil
		for location, pieces := range map[string]int64{"WINKEL": 2, "ACHTER": 5, "UTRECHT": 11, "DEFECT": 50} {
			r.Levels = append(r.Levels, domain.StockLevel{SKU: pan, Location: location, Available: decimal.NewFromInt(pieces)})
		}
		return r
	}
	both := func() [2]string {
		var told [2]string
		for i, branch := range []string{"1", "2"} {
			held, err := s.till.HeldStock(t.Context(), branch, []string{pan})
			require.NoError(t, err)
			told[i] = held[0].Free.String()
		}
		return told
	}
	s.settle("branches: [1, 2]")
	s.carry(activities.CarryInput{})
	require.Equal(t, [2]string{"7", "11"}, both())
	sold := "receipt-" + s.sell("receipts", pieces(pan, 1))
	s.carry(activities.CarryInput{})
	require.Equal(t, [2]string{"6", "11"}, both(), "a sale comes off where it was sold")
	s.book(sold, second, 1)
	s.settle("branches: [2]")
	before := both()
	s.carry(activities.CarryInput{})
	require.Equal(t, before, both(), "the other branch is nobody's business then")
	only := s.lies
	s.lies = func(r connectors.StockRecord) connectors.StockRecord {
		r = only(r)
		for i := range r.Levels {
			if r.Levels[i].Location == "WINKEL" || r.Levels[i].Location == "ACHTER" {
				r.Levels[i].Location = "CENTRAAL"
			}
		}
		return r
	}
	s.settle("branches: []")
	s.carry(activities.CarryInput{})
	require.Equal(t, [2]string{"7", "18"}, both(), "none listed: all branches; CENTRAAL is everybody's")
}

func (s *stockShop) sweep(last activities.CarryResult) activities.SweepGoneResult {
	s.t.Helper()
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestActivityEnvironment()
	c := &activities.Catalog{Desk: s.desk}
	env.RegisterActivity(c.SweepGone)
	value, err := env.ExecuteActivity(c.SweepGone, activities.SweepGoneInput{
		Integration: "demo", Flow: domain.FlowStock, Place: last.Place, Gone: last.Gone, Known: last.Known,
	})
	require.NoError(s.t, err)
	var out activities.SweepGoneResult
	require.NoError(s.t, value.Get(&out))
	return out
}

func TestStock_OfArticlesThatAreGoneIsToldOrMadeNothing(t *testing.T) {
	t.Parallel()
	for gone, want := range map[domain.StockGone]string{domain.StockGoneReport: "67", domain.StockGoneEmpty: "0"} {
		s := openStockShop(t, tillbox.Options{}, "gone: "+string(gone))
		s.carry(activities.CarryInput{})
		s.gone = pan
		_, last := s.carry(activities.CarryInput{Full: true})
		require.Equal(t, 1, last.Gone)
		require.Equal(t, 1, s.sweep(last).Swept)
		require.Equal(t, [2]string{want, "0"}, s.held(pan))
		require.Equal(t, "gone", s.row(pan).Outcome)
	}
}

func TestStock_MoreGoneThanTheShareAsksAPerson(t *testing.T) {
	t.Parallel()
	s := openStockShop(t, tillbox.Options{}, "gone: empty, gone_most: 0")
	s.carry(activities.CarryInput{})
	s.gone = pan
	_, last := s.carry(activities.CarryInput{Full: true})
	require.True(t, s.sweep(last).Asks)
	require.Equal(t, [2]string{"67", "0"}, s.held(pan), "nothing is done before somebody says so")
	s.settle("gone: empty, gone_most: 50")
	_, last = s.carry(activities.CarryInput{Full: true})
	require.False(t, s.sweep(last).Asks)
	require.Equal(t, [2]string{"0", "0"}, s.held(pan))
}

func TestStock_SettingsOfWhatTravels(t *testing.T) {
	t.Parallel()
	s := openStockShop(t, tillbox.Options{}, "update: false")
	s.enter(pan, 1)
	s.carry(activities.CarryInput{})
	require.Equal(t, "updating_off", s.row(pan).Code)
	s.settle(`filter: "stock.sku != '100101'"`)
	count, _ := s.carry(activities.CarryInput{Full: true})
	require.Equal(t, "filtered_record", s.row(pan).Code)
	s.settle(`where: "ART_CODE = '100102'"`)
	count, _ = s.carry(activities.CarryInput{Full: true})
	require.Equal(t, 1, count.Read)
	s.settle("page_size: 120")
	count, last := s.carry(activities.CarryInput{Full: true})
	require.Equal(t, []int{300, 3}, []int{count.Read, last.Place.Pages})
	require.Equal(t, [2]string{"66", "0"}, s.held(pan))
	s.settle("reference: Voorraad AV")
	s.enter(pan, 1)
	s.carry(activities.CarryInput{DryRun: true})
	require.Equal(t, [2]string{"66", "0"}, s.held(pan), "a dry run writes nothing")
	reference := ""
	s.before = func(string) { reference = s.referenced }
	s.carry(activities.CarryInput{})
	require.Equal(t, "Voorraad AV", reference)
	s.settle("no_stock_article: keep, create: false")
	count, _ = s.carry(activities.CarryInput{Full: true})
	require.Zero(t, count.Created)
	require.Positive(t, count.Why["creating_off"])
}

func TestStock_AColumnThatMovesWithStockMakesADelta(t *testing.T) {
	t.Parallel()
	s := openStockShop(t, tillbox.Options{}, "", func(a *accountview.Settings, _ *mplus.Settings) { a.Articles.StockChangedField = "CNG_DATE" })
	s.carry(activities.CarryInput{})
	s.quiet = true
	sold := "receipt-" + s.sell("receipts", pieces(pan, 1))
	s.arrived(sold, false)
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, 1, count.Read, "what was sold")
	s.book(sold, pan, 1)
	count, _ = s.carry(activities.CarryInput{})
	require.Equal(t, 1, count.Read, "what was booked")
	require.Equal(t, [2]string{"66", "0"}, s.held(pan))
	count, _ = s.carry(activities.CarryInput{})
	require.Zero(t, count.Read)
}
