package app

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/configs/examples"
	"github.com/koppel/koppel/connectors"
	bookbox "github.com/koppel/koppel/connectors/accountview/sandbox"
	tillbox "github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/testkit"
)

// priceShop is both sandboxes with the flow of prices between them.
type priceShop struct {
	connectors.CatalogDirectory
	bothSandboxes
	t    *testing.T
	pool *pgxpool.Pool
	desk *activities.Desk
	now  time.Time // by the clock of the books
}

func (s *priceShop) PriceSource(context.Context, string, int) (connectors.PriceSource, error) {
	return s.books, nil
}

func (s *priceShop) PriceSink(context.Context, string, int) (connectors.PriceSink, error) {
	return s.till, nil
}

const priceFlow = "\nflows: {orders: {settle_time: 150ms}, prices: {full_at: '', overlap: 0s, page_size: 3, gone_most: 60, %s}}\n"

// openPriceShop has no prices yet; the debtor 10001 is customer 1 of the till, and
// 10002 customer 2.
func openPriceShop(t *testing.T, options tillbox.Options, flow string) *priceShop {
	t.Helper()
	s := &priceShop{t: t, pool: testkit.Database(t), now: time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC)}
	s.bothSandboxes = openBothSandboxes(t, bookbox.Options{Now: func() time.Time { return s.now }, TokenTTL: bookbox.Duration(24 * 365 * time.Hour)}, options)
	for _, p := range s.bookx.Prices() {
		require.NoError(t, s.bookx.RemovePrice(p.Object, p.Key))
	}
	s.settle(flow)
	doc := demoDocument(t, "")
	doc.AccountView.Assumptions.Articles.Attributes = map[string]string{"unit": "UNT_CODE"}
	s.connect(t, doc)
	s.desk = catalogueDesk(t, s.pool, s)
	require.NoError(t, db.Q.CatalogMet(t.Context(), s.pool, store.CatalogMetParams{
		Integration: "demo", Entity: string(domain.EntityRelation), ReadAt: time.Now(), SourceIds: []string{"10001", "10002"},
		TargetIds: []string{"1", "2"}, DraftHashes: []string{"", ""}, Outcomes: []string{"created", "created"}, Codes: []string{"", ""},
	}))
	return s
}

func (s *priceShop) settle(flow string) {
	s.t.Helper()
	before, after := aroundFlows()
	_, err := db.Documents{DB: s.pool}.Put(s.t.Context(), "demo", []byte(before+fmt.Sprintf(priceFlow, flow)+after), "test", "")
	require.NoError(s.t, err)
}

func (s *priceShop) put(object string, fields ...string) string {
	s.t.Helper()
	s.now = s.now.Add(time.Hour)
	row := bookbox.PriceDump{Object: object, Fields: map[string]string{}}
	for i := 0; i < len(fields); i += 2 {
		row.Fields[fields[i]] = fields[i+1]
	}
	keys, err := s.bookx.PutPrices(row)
	require.NoError(s.t, err)
	return keys[0]
}

func (s *priceShop) change(object, key string, fields ...string) {
	s.t.Helper()
	s.now = s.now.Add(time.Hour)
	row := bookbox.PriceDump{Object: object, Key: key, Fields: map[string]string{}}
	for i := 0; i < len(fields); i += 2 {
		row.Fields[fields[i]] = fields[i+1]
	}
	_, err := s.bookx.PutPrices(row)
	require.NoError(s.t, err)
}

// carry runs the flow, and gives what it counted and how many pages it took.
func (s *priceShop) carry(in activities.CarryInput) (activities.CatalogCount, activities.CarryResult) {
	s.t.Helper()
	in.Integration = "demo"
	var count activities.CatalogCount
	for {
		var suite testsuite.WorkflowTestSuite
		env := suite.NewTestActivityEnvironment()
		c := &activities.Catalog{Desk: s.desk}
		env.RegisterActivity(c.CarryPrices)
		value, err := env.ExecuteActivity(c.CarryPrices, in)
		require.NoError(s.t, err)
		var out activities.CarryResult
		require.NoError(s.t, value.Get(&out))
		count = count.Plus(out.Count)
		if in.Place = out.Place; !out.More {
			return count, out
		}
	}
}

// held is what a list of the till holds, each row as text.
func (s *priceShop) held(of connectors.PriceHolder, number string) []string {
	s.t.Helper()
	held, err := s.till.HeldPrices(s.t.Context(), of, []string{number})
	require.NoError(s.t, err)
	require.Len(s.t, held, 1)
	var rows []string
	for _, row := range held[0].Rows {
		var parts []string
		for _, f := range row.Fields {
			if f.Name != "relationNumber" && (f.Name != "articleNumber" || of != connectors.HolderArticle) {
				parts = append(parts, f.Name+"="+f.Value.Words())
			}
		}
		rows = append(rows, strings.Join(parts, " "))
	}
	return rows
}

func (s *priceShop) parked() map[string]string {
	s.t.Helper()
	rows, err := db.Q.ParkedListOpen(s.t.Context(), s.pool, store.ParkedListOpenParams{Integration: "demo", Most: 100})
	require.NoError(s.t, err)
	codes := map[string]string{}
	for _, row := range rows {
		codes[row.SourceID] = row.Code + " " + row.About
	}
	return codes
}

func (s *priceShop) writes() int { return s.tillx.Calls().Report().Writes }

const tillsOwn = "priceGroupNumber=1 priceIncl=31.46" // what the seed of the till has on article 100101

func TestPrices_OfEveryKindReachTheTillOnce(t *testing.T) {
	t.Parallel()
	s := openPriceShop(t, tillbox.Options{}, "")
	s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "25.50")
	s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "22.125", "QTY_FROM", "12")
	s.put("ZPD", "SUB_NR", "10001", "DISC_PCT", "2.5")
	s.put("ZPD", "SUB_NR", "10002", "ART_CODE", "100102", "DISC_PCT", "12.5")
	s.put("ZPD", "SUB_NR", "10009", "ART_CODE", "100102", "DISC_PCT", "5")
	s.put("ZPG", "RPL_TYPE", "BEDRIJF", "ART_CODE", "100101", "DISC_PCT", "7")
	s.put("ZPA", "ACT_CODE", "ZOMER", "ART_CODE", "100101", "PX_SELL", "19.95")
	count, last := s.carry(activities.CarryInput{})
	require.Equal(t, activities.ModeFull, last.Place.Mode)
	require.Equal(t, 3, count.Updated, "%+v", count)
	require.Equal(t, map[string]int{activities.CodeCustomerAbsent: 1}, count.Why)
	require.Equal(t, []string{"discountPercentage=2.50", "articleNumber=100101 priceExcl=25.50", "articleNumber=100101 minimumAmount=12 priceExcl=22.13"}, s.held(connectors.HolderCustomer, "1"))
	require.Equal(t, []string{"articleNumber=100102 discountPercentage=12.50"}, s.held(connectors.HolderCustomer, "2"))
	require.Equal(t, []string{tillsOwn, "priceGroupNumber=2 discountPercentage=7", "salesPriceNumber=2 priceIncl=19.95"}, s.held(connectors.HolderArticle, "100101"))
	require.Empty(t, s.parked())

	s.tillx.Calls().Reset()
	count, last = s.carry(activities.CarryInput{})
	require.Equal(t, activities.ModeDelta, last.Place.Mode)
	require.Equal(t, activities.CatalogCount{}, count)
	require.Equal(t, 1, last.Place.Pages)
	require.Zero(t, s.tillx.Calls().Report().Reads+s.tillx.Calls().Report().Writes, "nothing was asked of the till")
	count, _ = s.carry(activities.CarryInput{Full: true})
	require.Equal(t, 3, count.Unchanged)
	require.Zero(t, s.writes())
}

func TestPrices_AChangeWritesItsListAndNoOther(t *testing.T) {
	t.Parallel()
	s := openPriceShop(t, tillbox.Options{}, "")
	key := s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "25")
	s.put("ZPD", "SUB_NR", "10002", "ART_CODE", "100101", "PX_SELL", "26")
	s.carry(activities.CarryInput{})
	s.tillx.Calls().Reset()
	s.change("ZPD", key, "PX_SELL", "24")
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, activities.CatalogCount{Read: 1, Updated: 1}, count)
	require.Equal(t, 1, s.writes())
	require.Equal(t, []string{"articleNumber=100101 priceExcl=24"}, s.held(connectors.HolderCustomer, "1"))
	s.change("ZPD", key, "SUB_NR", "10002", "ART_CODE", "100102")
	s.carry(activities.CarryInput{})
	require.Empty(t, s.held(connectors.HolderCustomer, "1"), "it moved to another customer")
	require.Len(t, s.held(connectors.HolderCustomer, "2"), 2)
}

func TestPrices_WhatIsGoneInTheBooksGoesAfterACompleteReadingOnly(t *testing.T) {
	t.Parallel()
	s := openPriceShop(t, tillbox.Options{}, "")
	one := s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "25")
	s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100102", "PX_SELL", "26")
	s.carry(activities.CarryInput{})
	require.NoError(t, s.bookx.RemovePrice("ZPD", one))
	s.carry(activities.CarryInput{})
	require.Len(t, s.held(connectors.HolderCustomer, "1"), 2, "what changed does not tell what is gone")
	count, _ := s.carry(activities.CarryInput{Full: true})
	require.Equal(t, 1, count.Updated)
	require.Equal(t, []string{"articleNumber=100102 priceExcl=26"}, s.held(connectors.HolderCustomer, "1"))
}

func TestPrices_MoreGoneThanTheShareAsksAPerson(t *testing.T) {
	t.Parallel()
	s := openPriceShop(t, tillbox.Options{}, "")
	var keys []string
	for i := range 4 {
		keys = append(keys, s.put("ZPD", "SUB_NR", "10001", "ART_CODE", fmt.Sprint(100101+i), "PX_SELL", "25"))
	}
	s.carry(activities.CarryInput{})
	for _, key := range keys[:3] {
		require.NoError(t, s.bookx.RemovePrice("ZPD", key))
	}
	s.carry(activities.CarryInput{Full: true})
	require.Len(t, s.held(connectors.HolderCustomer, "1"), 4)
	require.Equal(t, map[string]string{"till/gone": "too_many_gone 3 of 4"}, s.parked())
	s.carry(activities.CarryInput{Full: true, ApproveGone: true})
	require.Len(t, s.held(connectors.HolderCustomer, "1"), 1)
	require.Empty(t, s.parked())
}

func TestPrices_PricesThatTheBooksNeverHadStayOrGo(t *testing.T) {
	t.Parallel()
	for flow, want := range map[string][]string{
		"foreign_rows: keep": {tillsOwn, "priceGroupNumber=2 priceIncl=20"}, "foreign_rows: remove": {"priceGroupNumber=2 priceIncl=20"},
	} {
		s := openPriceShop(t, tillbox.Options{}, flow)
		s.put("ZPA", "ART_CODE", "100102", "DISC_PCT", "5")
		s.put("ZPG", "RPL_TYPE", "BEDRIJF", "ART_CODE", "100101", "DISC_PCT", "7")
		s.carry(activities.CarryInput{})
		rows := s.held(connectors.HolderArticle, "100101")
		require.Len(t, rows, len(want), flow)
		require.Equal(t, want[:len(want)-1], rows[:len(rows)-1], flow)
	}
}

func TestPrices_OfAGroupGoToEachArticleOrToADiscountGroup(t *testing.T) {
	t.Parallel()
	s := openPriceShop(t, tillbox.Options{}, "most_articles: 20")
	s.put("ZPD", "SUB_NR", "10001", "AG_CODE", "KPAN", "DISC_PCT", "5")
	s.put("ZPD", "SUB_NR", "10002", "ATR_NAME", "unit", "ATR_VAL", "STUK", "DISC_PCT", "5") // all there is
	s.carry(activities.CarryInput{})
	require.Len(t, s.held(connectors.HolderCustomer, "1"), 15)
	require.Empty(t, s.held(connectors.HolderCustomer, "2"))
	require.Len(t, s.parked(), 1)
	for _, told := range s.parked() {
		require.Contains(t, told, "price_too_wide")
	}
}

func TestPrices_AMissingPriceGroupIsToldOnceAndFilledWhenItCame(t *testing.T) {
	t.Parallel()
	s := openPriceShop(t, tillbox.Options{}, "")
	for i := range 4 {
		s.put("ZPL", "APX_LIST", "HOREC", "ART_CODE", fmt.Sprint(100101+i), "PX_SELL", "10")
	}
	doc := strings.Replace(string(examples.Demo), `{key: HOREC, value: "1"}`, `{key: HOREC, value: "9"}`, 1)
	at := strings.Index(doc, "\nflows:")
	end := at + strings.Index(doc[at+1:], "\nlookups:") + 1
	_, err := db.Documents{DB: s.pool}.Put(t.Context(), "demo", []byte(doc[:at]+fmt.Sprintf(priceFlow, "")+doc[end:]), "test", "")
	require.NoError(t, err)
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, 1, count.Parked)
	require.Equal(t, map[string]string{"till/price group 9": "price_group_missing HOREC; rows waiting: 4"}, s.parked())
	require.Equal(t, []string{tillsOwn}, s.held(connectors.HolderArticle, "100101"))
	s.tillx.Calls().Reset()
	s.carry(activities.CarryInput{})
	require.Len(t, s.parked(), 1)
	require.Zero(t, s.writes())
	s.switches(`{"more_price_groups": [9]}`)
	s.carry(activities.CarryInput{})
	require.Empty(t, s.parked())
	require.Equal(t, []string{tillsOwn, "priceGroupNumber=9 priceExcl=10"}, s.held(connectors.HolderArticle, "100101"))
}

func (s *priceShop) switches(change string) {
	s.t.Helper()
	server := httptest.NewServer(s.tillx.Handler())
	defer server.Close()
	answer, err := http.Post(server.URL+"/_sandbox/options", "application/json", strings.NewReader(change))
	require.NoError(s.t, err)
	require.NoError(s.t, answer.Body.Close())
	require.Equal(s.t, http.StatusOK, answer.StatusCode)
}

func TestPrices_ATillThatDoesNotTakeListsIsTold(t *testing.T) {
	t.Parallel()
	for how, code := range map[tillbox.PriceLists]string{tillbox.PriceListsIgnore: "prices_ignored", tillbox.PriceListsMerge: "prices_merged"} {
		s := openPriceShop(t, tillbox.Options{PriceLists: how}, "")
		key := s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "25")
		s.carry(activities.CarryInput{})
		s.change("ZPD", key, "ART_CODE", "100102")
		s.carry(activities.CarryInput{})
		require.Equal(t, map[string]string{"customer/10001": code + " customer/10001"}, s.parked())
	}
}

// A day passes: what the books say did not change, and so they are asked for nothing.
func TestPrices_BeginAndEndOnTheirDays(t *testing.T) {
	t.Parallel()
	s := openPriceShop(t, tillbox.Options{}, "")
	today := domain.DateIn(time.Now(), domain.Amsterdam())
	s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "25", "DATE_TO", today.String())
	s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "20", "DATE_FROM", today.AddDays(1).String())
	s.put("ZPD", "SUB_NR", "10002", "ART_CODE", "100101", "PX_SELL", "1")
	s.carry(activities.CarryInput{})
	require.Equal(t, []string{"articleNumber=100101 priceExcl=25"}, s.held(connectors.HolderCustomer, "1"))
	for _, back := range []string{
		"update price_row set valid_until = '" + today.AddDays(-1).String() + "', price = jsonb_set(price, '{ValidUntil}', '\"" + today.AddDays(-1).String() + "\"') where valid_until <> ''",
		"update price_row set valid_from = '" + today.String() + "', price = jsonb_set(price, '{ValidFrom}', '\"" + today.String() + "\"') where valid_from <> ''",
		"update price_list set carried_on = '" + today.AddDays(-1).String() + "'",
	} {
		_, err := s.pool.Exec(t.Context(), back)
		require.NoError(t, err)
	}
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, activities.CatalogCount{Read: 1, Updated: 1}, count)
	require.Equal(t, []string{"articleNumber=100101 priceExcl=20"}, s.held(connectors.HolderCustomer, "1"))
}

func TestPrices_RowsThatDisagreeGoByTheRule(t *testing.T) {
	t.Parallel()
	for rule, want := range map[string]string{
		"most_specific": "articleNumber=100101 priceExcl=28", "lowest": "articleNumber=100101 discountPercentage=50", "park": "",
	} {
		s := openPriceShop(t, tillbox.Options{}, "conflict: "+rule)
		s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "28")
		s.put("ZPD", "SUB_NR", "10001", "AG_CODE", "KPAN", "DISC_PCT", "50")
		s.carry(activities.CarryInput{})
		held := s.held(connectors.HolderCustomer, "1")
		if want == "" {
			require.Empty(t, held)
			require.Contains(t, s.parked()["customer/10001"], "price_conflict")
			continue
		}
		require.Len(t, held, 15)
		require.Contains(t, held, want, rule)
	}
}

func TestPrices_OneThatCannotBeReadIsToldAloneAndKeepsWhatItSaid(t *testing.T) {
	t.Parallel()
	s := openPriceShop(t, tillbox.Options{}, "")
	key := s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "25")
	s.carry(activities.CarryInput{})
	s.change("ZPD", key, "DISC_PCT", "5")
	other := s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100102", "PX_SELL", "9")
	s.carry(activities.CarryInput{})
	require.Equal(t, map[string]string{"row/ZPD/" + key: "price_unreadable ZPD/" + key}, s.parked())
	require.Equal(t, []string{"articleNumber=100101 priceExcl=25", "articleNumber=100102 priceExcl=9"}, s.held(connectors.HolderCustomer, "1"))
	s.change("ZPD", key, "PX_SELL", "")
	s.carry(activities.CarryInput{})
	require.Empty(t, s.parked())
	require.Contains(t, s.held(connectors.HolderCustomer, "1"), "articleNumber=100101 discountPercentage=5")
	require.NoError(t, s.bookx.RemovePrice("ZPD", other))
	s.carry(activities.CarryInput{Keys: []string{"customer/10001"}})
	require.Len(t, s.held(connectors.HolderCustomer, "1"), 1, "one customer read anew loses what the books have no more")
}

func TestPrices_SettingsOfWhatTravels(t *testing.T) {
	t.Parallel()
	const was, now = "articleNumber=100101 priceExcl=25", "articleNumber=100101 priceExcl=24"
	for flow, want := range map[string][]string{
		"create: false": {now}, "update: false": {was, "articleNumber=100102 priceExcl=9"},
		"filter: \"price.sku != '100102'\"": {now}, "where: \"art_code <> '100102'\"": {now}, "enabled: true": {now, "articleNumber=100102 priceExcl=9"},
	} {
		s := openPriceShop(t, tillbox.Options{}, "every: 15m")
		key := s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "25")
		s.carry(activities.CarryInput{})
		s.settle(flow)
		s.change("ZPD", key, "PX_SELL", "24")
		s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100102", "PX_SELL", "9")
		s.carry(activities.CarryInput{})
		require.Equal(t, want, s.held(connectors.HolderCustomer, "1"), flow)
	}
}

func TestPrices_ADryRunChangesNothingAtTheTill(t *testing.T) {
	t.Parallel()
	s := openPriceShop(t, tillbox.Options{}, "")
	s.put("ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "25")
	count, _ := s.carry(activities.CarryInput{DryRun: true})
	require.Equal(t, activities.CatalogCount{Read: 1, Updated: 1}, count)
	require.Zero(t, s.writes())
	count, _ = s.carry(activities.CarryInput{})
	require.Equal(t, 1, count.Updated)
}
