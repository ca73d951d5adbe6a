package activities_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

const catalogueDocument = `
integration: shop
accountview: {base_url: "http://127.0.0.1:1/api/v3", company_id: 7d3f1c52-90ab-4c6e-8f57-2b1e6a0d4c11, client_id: koppel-sandbox, timeout: 1s}
mplus: {base_url: "http://127.0.0.1:2"}
flows: {orders: {settle_time: 150ms}, products: {%s}}
mapping:
  product:
    - {target: product.description, source: main.name}
    - {target: articleNumber, source: product.number, policy: on_create}
    - {target: description, source: product.name, policy: if_unchanged}
    - {target: extraText, source: product.long_description}
    - {target: priceIncl, source: product.price_incl}
    - {target: vatCode, source: "product.vat_code == 'X' ? lookup('vat_code_till', product.vat_code) : '1'"}
    - {target: discontinued, source: product.discontinued}
`

// shelf is a desk whose books and till are a catalogue in memory.
type shelf struct {
	*desk
	*catalogue
}

func newShelf(t *testing.T, products string) *shelf {
	t.Helper()
	s := &shelf{newDesk(t), newCatalogue()}
	s.Catalogue = s.catalogue
	s.settle(products)
	return s
}

// settle puts a document with these settings of the products in force.
func (s *shelf) settle(products string) {
	s.t.Helper()
	s.apply(fmt.Sprintf(catalogueDocument, products))
}

// carry carries pages until there are no more, and sums them.
func (s *shelf) carry(in activities.CarryInput) (activities.CatalogCount, activities.CarryResult) {
	s.t.Helper()
	count, last, err := s.tryToCarry(in)
	require.NoError(s.t, err)
	return count, last
}

func (s *shelf) tryToCarry(in activities.CarryInput) (count activities.CatalogCount, last activities.CarryResult, err error) {
	s.t.Helper()
	in.Integration = "shop"
	for {
		if last, err = run[activities.CarryResult](s.desk, (&activities.Catalog{Desk: s.Desk}).CarryProducts, in); err != nil {
			return count, last, err
		}
		count = count.Plus(last.Count)
		in.Place = last.Place
		if !last.More {
			return count, last, nil
		}
	}
}

func (s *shelf) sweep(last activities.CarryResult, approved bool) activities.SweepGoneResult {
	s.t.Helper()
	out, err := run[activities.SweepGoneResult](s.desk, (&activities.Catalog{Desk: s.Desk}).SweepGone, activities.SweepGoneInput{
		Integration: "shop", Flow: domain.FlowProducts, Place: last.Place, Gone: last.Gone, Known: last.Known, Approved: approved,
	})
	require.NoError(s.t, err)
	return out
}

func (s *shelf) row(sku string) store.Catalog {
	s.t.Helper()
	rows, err := db.Q.CatalogGet(s.t.Context(), s.pool, store.CatalogGetParams{Integration: "shop", Entity: "product", SourceIds: []string{sku}})
	require.NoError(s.t, err)
	require.Len(s.t, rows, 1)
	return rows[0]
}

func (s *shelf) parked() map[string]string {
	s.t.Helper()
	rows, err := db.Q.ParkedListOpen(s.t.Context(), s.pool, store.ParkedListOpenParams{Integration: "shop", Most: 1000})
	require.NoError(s.t, err)
	codes := map[string]string{}
	for _, row := range rows {
		codes[row.SourceID] = row.Code
	}
	return codes
}

func goods(from, through int) []domain.Product {
	var all []domain.Product
	for n := from; n <= through; n++ {
		all = append(all, domain.Product{
			SKU: fmt.Sprint(100000 + n), Name: fmt.Sprintf("Article %d", n), PriceIncl: decimal.New(int64(n), 0), PriceBasis: domain.PriceBasisIncl, Active: true,
		})
	}
	return all
}

var morning = time.Date(2026, 3, 9, 8, 0, 0, 0, time.UTC)

func TestCarry_ASecondRunReadsOnceAndWritesNothing(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "page_size: 10, full_at: ''")
	s.put(morning, goods(1, 25)...)
	count, last := s.carry(activities.CarryInput{})
	require.Equal(t, activities.CatalogCount{Read: 25, Created: 25}, count)
	require.Equal(t, activities.ModeFull, last.Place.Mode, "the first run compares everything")
	require.Equal(t, 25, s.writes)

	s.reads, s.looks, s.writes = 0, 0, 0
	s.put(morning.Add(24*time.Hour), goods(26, 26)...)
	count, last = s.carry(activities.CarryInput{})
	require.Equal(t, activities.ModeDelta, last.Place.Mode)
	require.Equal(t, activities.CatalogCount{Read: 26, Created: 1, Unchanged: 25}, count, "the overlap reads them all again")
	require.Equal(t, 1, s.writes)

	s.reads, s.looks, s.writes = 0, 0, 0
	count, _ = s.carry(activities.CarryInput{})
	require.Equal(t, activities.CatalogCount{Read: 1, Unchanged: 1}, count)
	require.Equal(t, []int{1, 0, 0}, []int{s.reads, s.looks, s.writes})

	count, _ = s.carry(activities.CarryInput{Full: true})
	require.Equal(t, activities.CatalogCount{Read: 26, Unchanged: 26}, count)
	require.Zero(t, s.writes)
}

func TestCarry_APageHoldsNoMoreThanTheDocumentSays(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "page_size: 4, full_at: ''")
	s.put(morning, goods(1, 10)...)
	_, last := s.carry(activities.CarryInput{})
	require.Equal(t, 3, last.Place.Pages)
	s.settle("page_size: 10, full_at: ''")
	_, last = s.carry(activities.CarryInput{Full: true})
	require.Equal(t, 1, last.Place.Pages)
}

func TestCarry_AFullCompareComesOnceADayFromItsTimeOn(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: '00:00'")
	s.put(morning, goods(1, 1)...)
	mode := func() activities.CatalogMode {
		_, last := s.carry(activities.CarryInput{})
		return last.Place.Mode
	}
	yesterday := func() {
		_, err := s.pool.Exec(t.Context(), "update cursor set marker = marker - 86400000 where flow = 'products/full'")
		require.NoError(t, err)
	}
	require.Equal(t, activities.ModeFull, mode(), "the first run ever")
	require.Equal(t, activities.ModeDelta, mode())
	yesterday()
	require.Equal(t, activities.ModeFull, mode())
	s.settle("full_at: ''")
	yesterday()
	require.Equal(t, activities.ModeDelta, mode(), "only when somebody asks")
}

func TestCarry_TheDocumentSaysWhichFieldsAreTheOffer(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: ''")
	s.put(morning, goods(1, 1)...)
	s.carry(activities.CarryInput{})
	s.settle("full_at: '', offer: false, offer_fields: [extraText]")
	p := goods(1, 1)[0]
	p.LongDescription, p.PriceIncl = "not now", decimal.New(9, 0)
	s.put(morning.Add(time.Hour), p)
	s.carry(activities.CarryInput{})
	require.Equal(t, "9", s.article("100001", "priceIncl").Number.String())
	require.Empty(t, s.article("100001", "extraText").Text)
}

func TestCarry_WritesWhatDiffersAndNothingElse(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: ''")
	s.put(morning, goods(1, 3)...)
	s.carry(activities.CarryInput{})
	s.writes = 0
	changed := goods(2, 2)[0]
	changed.PriceIncl = decimal.RequireFromString("2.50")
	s.put(morning.Add(time.Hour), changed)
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, 1, count.Updated)
	require.Equal(t, 1, s.writes)
	require.Equal(t, "2.5", s.article("100002", "priceIncl").Number.String())
	require.Equal(t, activities.OutcomeUpdated, s.row("100002").Outcome)
}

func TestCarry_OneBadRecordParksAlone(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "page_size: 4, full_at: '', overlap: 0s")
	all := goods(1, 10)
	all[4].VATCode = "X" // a code without a row
	s.put(morning, all...)
	s.put(morning.Add(time.Minute), all[9])
	s.fails = func(op, about string) (error, bool) { //nolint:revive // as call
		if op == "create" && about == "100008" {
			return fault.New(fault.Rejected, "till_refused", "createProduct"), false
		}
		return nil, true
	}
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, 8, count.Created)
	require.Equal(t, 2, count.Parked)
	require.Equal(t, map[string]string{"100005": "unmapped_vat_code_till", "100008": "till_refused"}, s.parked())

	s.fails = nil
	all[4].VATCode = ""
	s.put(morning.Add(time.Hour), all[4])
	count, _ = s.carry(activities.CarryInput{})
	require.Equal(t, 1, count.Created)
	require.Equal(t, map[string]string{"100008": "till_refused"}, s.parked(), "it did not change, and the document did not")
	s.settle("page_size: 4, full_at: '', overlap: 1s")
	s.carry(activities.CarryInput{})
	require.Empty(t, s.parked(), "another document tries it again")
}

func TestCarry_WhatTheTillHoldsAndCannotBeReadIsNotOverwritten(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: ''")
	s.put(morning, goods(1, 2)...)
	s.carry(activities.CarryInput{})
	broken := s.held[s.row("100001").TargetID]
	broken.Fault = fault.New(fault.Invalid, "till_record_not_understood", "getProducts")
	s.held[broken.Number] = broken
	s.writes = 0
	changed := goods(1, 2)
	for i := range changed {
		changed[i].PriceIncl = decimal.RequireFromString("2.50")
	}
	s.put(morning.Add(time.Hour), changed...)
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, []int{1, 1, 1}, []int{count.Updated, count.Parked, s.writes})
	require.Equal(t, map[string]string{"100001": "till_record_not_understood"}, s.parked())
}

func TestCarry_ARunThatDiesGoesOnWithoutWritingTwice(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "page_size: 10, full_at: ''")
	s.put(morning, goods(1, 10)...)
	s.fails = func(op, about string) (error, bool) { //nolint:revive // as call
		if op == "create" && about == "100006" {
			return fault.New(fault.Unavailable, "no_answer_in_time", "createProduct"), false
		}
		return nil, true
	}
	_, _, err := s.tryToCarry(activities.CarryInput{})
	require.Error(t, err)
	require.Equal(t, 6, s.writes)
	s.fails, s.writes = nil, 0
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, activities.CatalogCount{Read: 10, Created: 5, Unchanged: 5}, count)
	require.Equal(t, 5, s.writes)
}

func TestCarry_AnUnclearAnswerIsLookedAtByTheNextRun(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: ''")
	s.put(morning, goods(1, 2)...)
	s.fails = func(op, about string) (error, bool) { //nolint:revive // as call
		if op == "create" && about == "100001" {
			return fault.New(fault.Uncertain, "answer_lost", "createProduct"), true // made, and not told
		}
		return nil, true
	}
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, activities.CatalogCount{Read: 2, Created: 1, Deferred: 1, Why: map[string]int{"answer_lost": 1}}, count)
	s.fails, s.writes = nil, 0
	s.put(morning.Add(-48*time.Hour), goods(1, 2)...) // out of the overlap
	require.Eventually(t, func() bool {
		s.carry(activities.CarryInput{})
		return !s.row("100001").LookAgain // once the settle time is over
	}, 10*time.Second, 50*time.Millisecond)
	require.Zero(t, s.writes, "it stands there")
	require.Len(t, s.held, 2)
}

func TestCarry_WhatThePersonAtTheTillChangedIsToldAndStays(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: ''")
	s.put(morning, goods(1, 1)...)
	s.carry(activities.CarryInput{})
	for number, held := range s.held {
		held.Lines[0].Fields = laid(held.Lines[0].Fields, []domain.Field{{Name: "description", Value: domain.TextValue("Nicer")}})
		s.held[number] = held
	}
	p := goods(1, 1)[0]
	p.Name, p.PriceIncl = "Renamed", decimal.New(7, 0)
	s.put(morning.Add(time.Hour), p)
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, 1, count.Updated)
	require.Equal(t, 1, count.KeptBack)
	require.Equal(t, "Nicer", s.article("100001", "description").Text)
	require.Equal(t, "7", s.article("100001", "priceIncl").Number.String())
	require.Equal(t, activities.CodeChangedThere, s.row("100001").Code)
}
