package app

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	tillbox "github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
)

func (s *priceShop) DebtorSource(context.Context, string, int) (connectors.DebtorSource, error) {
	return s.books, nil
}

func (s *priceShop) ProductSource(context.Context, string, int) (connectors.ProductSource, error) {
	return s.books, nil
}

func (s *priceShop) explain(customer, sku, quantity, on string) activities.PriceExplained {
	s.t.Helper()
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestActivityEnvironment()
	p := &activities.Previews{Desk: s.desk}
	env.RegisterActivity(p.ExplainPrice)
	value, err := env.ExecuteActivity(p.ExplainPrice, activities.ExplainPriceInput{
		Ask: activities.Ask{Integration: "demo"}, Customer: customer, SKU: sku, Quantity: quantity, On: on,
	})
	require.NoError(s.t, err)
	var out activities.ExplainPriceResult
	require.NoError(s.t, value.Get(&out))
	ref, err := db.ParsePayloadRef(out.Results)
	require.NoError(s.t, err)
	text, err := s.desk.Payloads.Get(s.t.Context(), "demo", ref)
	require.NoError(s.t, err)
	var answer activities.PriceExplained
	require.NoError(s.t, json.Unmarshal(text, &answer))
	return answer
}

func states(p activities.PriceExplained) map[string]string {
	all := map[string]string{}
	for _, r := range p.Rows {
		all[r.ID] = r.State
	}
	return all
}

const elsewhereAt = "explain: {branch: 2}" // a branch without a price group of its own

func TestPriceExplain_NamesEveryRowAndAgreesWithTheTill(t *testing.T) {
	t.Parallel()
	s := openPriceShop(t, tillbox.Options{}, elsewhereAt)
	own := s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "25.50")
	tier := s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "22.125", "QTY_FROM", "12")
	flat := s.put("ZPD", "SUB_NR", "10001", "DISC_PCT", "2.5")
	group := s.put("ZPD", "SUB_NR", "10001", "AG_CODE", "KPAN", "DISC_PCT", "5")
	over := s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "1", "DATE_TO", "2020-01-01")
	bad := s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100101")
	action := s.put("ZPA", "ACT_CODE", "ZOMER", "ART_CODE", "100101", "PX_SELL", "19.95")
	s.put("ZPD", "SUB_NR", "10002", "ART_CODE", "100101", "PX_SELL", "3")
	s.carry(activities.CarryInput{})
	p := s.explain("10001", "100101", "12", "")
	require.Equal(t, map[string]string{
		"ZPD/" + own: "fits", "ZPD/" + tier: "taken", "ZPD/" + flat: "fits", "ZPD/" + group: "yields", "ZPD/" + over: "over",
		"ZPD/" + bad: "unusable", "ZPA/" + action: "fits",
	}, states(p))
	require.Equal(t, "excl 22.13 265.56", fmt.Sprint(p.Pays.Basis, " ", p.Pays.Unit, " ", p.Pays.Amount))
	require.Equal(t, "ZPD/"+tier, p.Pays.Because)
	require.True(t, p.Till.Same, "%+v", p.Till)
	require.True(t, p.Till.AmountExcl.Equal(p.Pays.Amount))

	p = s.explain("10001", "100102", "1", "")
	require.Equal(t, "ZPD/"+group, p.Pays.Because)
	require.True(t, p.Till.Same, "%+v %+v", p.Till, p.Pays)
}

func TestPriceExplain_NamesWhatMakesTheTillChargeSomethingElse(t *testing.T) {
	t.Parallel()
	s := openPriceShop(t, tillbox.Options{}, elsewhereAt)
	s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "25.50")
	p := s.explain("10001", "100101", "1", "")
	require.False(t, p.Till.Same)
	require.Contains(t, fmt.Sprint(p.Till.Causes), "the till does not have yet")
	require.True(t, p.Till.Difference.IsPositive())
	s.carry(activities.CarryInput{})
	require.True(t, s.explain("10001", "100101", "1", "").Till.Same)

	held, err := s.till.HeldPrices(t.Context(), connectors.HolderCustomer, []string{"2"})
	require.NoError(t, err)
	foreign := domain.Draft{Entity: domain.EntityPrice, Fields: []domain.Field{
		{Name: "relationNumber", Value: domain.TextValue("2")},
		{Name: "articleNumber", Value: domain.TextValue("100101")},
		{Name: "priceIncl", Value: domain.NumberValue(decimal.NewFromInt(1))},
	}}
	require.NoError(t, s.till.WritePrices(t.Context(), held[0], []domain.Draft{foreign}))
	p = s.explain("10002", "100101", "1", "")
	require.Contains(t, fmt.Sprint(p.Till.Causes), "the books do not have")

	p = s.explain("10004", "100101", "1", "")
	require.Equal(t, activities.CodeCustomerAbsent, p.Reason.Code)
	require.Nil(t, p.Till)
}

func TestPriceExplain_AsksTheTillOfTheDocument(t *testing.T) {
	t.Parallel()
	s := openPriceShop(t, tillbox.Options{}, "explain: {branch: 1, workplace: 2}")
	p := s.explain("10001", "100101", "1", "")
	require.Equal(t, "31.46", p.Till.AmountIncl.String(), "the branch has a price group of its own")
	s.settle(elsewhereAt)
	require.Equal(t, "34.95", s.explain("10001", "100101", "1", "").Till.AmountIncl.String())
	s.settle("explain: {branch: 9}")
	require.Equal(t, "till_refused_request", s.explain("10001", "100101", "1", "").Reason.Code)
}

func TestPriceExplain_GoesByThePrecedenceOfTheDocument(t *testing.T) {
	t.Parallel()
	for precedence, want := range map[string]string{"specific_first": "30", "lowest": "19.95"} {
		s := openPriceShop(t, tillbox.Options{Pricing: tillbox.Pricing(precedence)}, elsewhereAt+", precedence: "+precedence)
		s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "30")
		s.put("ZPA", "ACT_CODE", "ZOMER", "ART_CODE", "100101", "PX_SELL", "19.95")
		s.carry(activities.CarryInput{})
		p := s.explain("10001", "100101", "1", "")
		require.Equal(t, want, p.Pays.Amount.String())
		require.True(t, p.Till.Same, "%+v", p.Till)
	}
}

func TestPriceExplain_IsAboutTheDayThatIsAskedFor(t *testing.T) {
	t.Parallel()
	s := openPriceShop(t, tillbox.Options{}, elsewhereAt)
	next := domain.DateIn(time.Now(), domain.Amsterdam()).AddDays(10)
	s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "20", "DATE_FROM", next.String())
	require.Empty(t, s.explain("10001", "100101", "1", "").Pays.Because)
	require.Equal(t, "20", s.explain("10001", "100101", "1", next.String()).Pays.Amount.String())
}

// What explain says is what the till charges, whatever the rows are.
func TestPriceExplain_SaysWhatTheTillChargesWhateverTheRows(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(20, 26))
	s := openPriceShop(t, tillbox.Options{}, elsewhereAt+", conflict: lowest, foreign_rows: remove")
	today := domain.DateIn(time.Now(), domain.Amsterdam())
	articles := []string{"100101", "100102", "100103"}
	compared := 0
	for round := range 6 {
		for _, p := range s.bookx.Prices() {
			require.NoError(t, s.bookx.RemovePrice(p.Object, p.Key))
		}
		for range 25 {
			object := []string{"ZPD", "ZPD", "ZPA"}[random.IntN(3)]
			fields := []string{"QTY_FROM", []string{"", "2", "6", "12"}[random.IntN(4)]}
			if object == "ZPD" {
				fields = append(fields, "SUB_NR", []string{"10001", "10002"}[random.IntN(2)])
			}
			if random.IntN(5) == 0 {
				fields = append(fields, "AG_CODE", "KPAN")
			} else {
				fields = append(fields, "ART_CODE", articles[random.IntN(len(articles))])
			}
			if random.IntN(2) == 0 {
				fields = append(fields, "DISC_PCT", decimal.New(50+random.Int64N(4000), -2).String())
			} else {
				fields = append(fields, "PX_SELL", decimal.New(100+random.Int64N(3000), -2).String())
			}
			switch random.IntN(4) {
			case 0:
				fields = append(fields, "DATE_TO", today.AddDays(random.IntN(3)-1).String())
			case 1:
				fields = append(fields, "DATE_FROM", today.AddDays(random.IntN(3)-1).String())
			}
			s.put(object, fields...)
		}
		count, _ := s.carry(activities.CarryInput{Full: true, ApproveGone: true})
		if count.Parked > 0 { // two of the very same price: a person's, and so no one's answer
			s.forgetParked()
			continue
		}
		for _, customer := range []string{"10001", "10002"} {
			for _, sku := range articles {
				for _, quantity := range []string{"1", "3", "7.5", "12"} {
					p := s.explain(customer, sku, quantity, "")
					require.True(t, p.Till.Same, "round %d, %s of %s for %s: %+v and %+v; %+v", round, quantity, sku, customer, p.Pays, p.Till, p.Rows)
					compared++
				}
			}
		}
	}
	require.Greater(t, compared, 24)
}

func (s *priceShop) forgetParked() {
	s.t.Helper()
	_, err := s.pool.Exec(s.t.Context(), "delete from parked")
	require.NoError(s.t, err)
}
