package activities_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// lose takes products out of the books.
func (s *shelf) lose(skus ...string) {
	for _, sku := range skus {
		delete(s.products, sku)
	}
}

func TestSweepGone_DiscontinuesWhatACompleteReadingDidNotMeet(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "page_size: 4, full_at: '', gone: discontinue, gone_most: 20")
	s.put(morning, goods(1, 10)...)
	s.carry(activities.CarryInput{})
	s.lose("100003")
	_, last := s.carry(activities.CarryInput{})
	require.Zero(t, last.Gone, "a delta does not say what is gone")
	_, last = s.carry(activities.CarryInput{Full: true})
	require.Equal(t, []int{1, 10}, []int{last.Gone, last.Known})
	require.Equal(t, activities.SweepGoneResult{Swept: 1}, s.sweep(last, false))
	require.True(t, s.article("100003", "discontinued").Bool)
	require.Equal(t, activities.OutcomeGone, s.row("100003").Outcome)

	_, last = s.carry(activities.CarryInput{Full: true})
	require.Zero(t, last.Gone, "it is dealt with once")
	s.put(morning.Add(time.Hour), goods(3, 3)...)
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, 1, count.Updated, "it came back")
	require.False(t, s.article("100003", "discontinued").Bool)
}

func TestSweepGone_ReportOnlyTells(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: '', gone: report, gone_most: 50")
	s.put(morning, goods(1, 4)...)
	s.carry(activities.CarryInput{})
	s.lose("100003")
	s.writes = 0
	_, last := s.carry(activities.CarryInput{Full: true})
	require.Equal(t, 1, s.sweep(last, false).Swept)
	require.Zero(t, s.writes)
	require.Equal(t, activities.CodeGoneInBooks, s.row("100003").Code)
}

func TestSweepGone_MoreThanTheShareAsksAPersonAndTouchesNothing(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: '', gone: discontinue, gone_most: 10")
	s.put(morning, goods(1, 10)...)
	s.carry(activities.CarryInput{})
	s.lose("100001", "100002")
	s.writes = 0
	_, last := s.carry(activities.CarryInput{Full: true})
	require.Equal(t, activities.SweepGoneResult{Asks: true}, s.sweep(last, false))
	require.Zero(t, s.writes)
	require.Equal(t, map[string]string{"*": activities.CodeTooManyGone}, s.parked())

	_, last = s.carry(activities.CarryInput{Full: true})
	require.Equal(t, activities.SweepGoneResult{Swept: 2}, s.sweep(last, true), "a person approved")
	require.True(t, s.article("100002", "discontinued").Bool)
	require.Empty(t, s.parked())
}

func TestSweepGone_TheQuestionGoesAwayWhenTheRecordsComeBack(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: '', gone: discontinue, gone_most: 10")
	s.put(morning, goods(1, 10)...)
	s.carry(activities.CarryInput{})
	s.lose("100001", "100002")
	_, last := s.carry(activities.CarryInput{Full: true})
	s.sweep(last, false)
	s.put(morning, goods(1, 2)...)
	_, last = s.carry(activities.CarryInput{Full: true})
	require.Zero(t, last.Gone)
	require.True(t, last.Asked)
	s.sweep(last, false)
	require.Empty(t, s.parked())
}

func TestCarry_AReadingThatFailedSaysNothingIsGone(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "page_size: 4, full_at: ''")
	s.put(morning, goods(1, 10)...)
	s.carry(activities.CarryInput{})
	s.fails = func(op, about string) (error, bool) { //nolint:revive // as call
		if op == "read" && about == "100008" {
			return fault.New(fault.Unavailable, "no_answer_in_time", "GET AK1"), false
		}
		return nil, true
	}
	_, last, err := s.tryToCarry(activities.CarryInput{Full: true})
	require.Error(t, err)
	require.Zero(t, last.Gone)
	s.fails = nil
	_, last = s.carry(activities.CarryInput{})
	require.Equal(t, activities.ModeDelta, last.Place.Mode)
}

func TestCarry_AnOlderReadingDoesNotOverwriteANewerOne(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: ''")
	s.put(morning, goods(1, 1)...)
	s.carry(activities.CarryInput{})
	_, err := s.pool.Exec(t.Context(), "update catalog set read_at = now() + interval '1 hour'") // somebody read it later, and wrote it
	require.NoError(t, err)
	s.writes = 0
	p := goods(1, 1)[0]
	p.LongDescription = "of the past"
	s.put(morning.Add(time.Hour), p)
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, 1, count.Deferred)
	require.Zero(t, s.writes)
}

func TestCarry_ARecordThatSomebodyWritesIsLeftToTheNextRun(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: ''")
	s.put(morning, goods(1, 2)...)
	_, err := s.pool.Exec(t.Context(), `insert into catalog (integration, entity, source_id, holder, locked_until)
		values ('shop', 'product', '100001', gen_random_uuid(), now() + interval '1 hour')`)
	require.NoError(t, err)
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, 1, count.Created)
	require.Equal(t, map[string]int{"record_busy": 1}, count.Why)
	_, err = s.pool.Exec(t.Context(), "update catalog set locked_until = 'epoch' where source_id = '100001'")
	require.NoError(t, err)
	count, _ = s.carry(activities.CarryInput{})
	require.Equal(t, 1, count.Created)
}

func TestCarry_SettingsOfWhatTravels(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: '', filter: product.sku != '100002', where: '!article.rec_blk'")
	s.put(morning, goods(1, 3)...)
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, 2, count.Created)
	require.Equal(t, map[string]int{activities.CodeFilteredRecord: 1}, count.Why)
	require.Equal(t, []string{"!article.rec_blk"}, s.wheres)

	change := func(name string, price int64) {
		p := goods(1, 1)[0]
		p.LongDescription, p.PriceIncl = name, domain.Euros(price*100)
		s.put(morning.Add(time.Duration(price)*time.Hour), p)
	}
	holds := func(text string, price string) {
		t.Helper()
		require.Equal(t, text, s.article("100001", "extraText").Text)
		require.Equal(t, price, s.article("100001", "priceIncl").Number.String())
	}
	s.settle("full_at: '', content: false")
	change("one", 11)
	s.carry(activities.CarryInput{})
	holds("", "11")
	s.settle("full_at: '', offer: false")
	change("two", 12)
	s.put(morning.Add(12*time.Hour), goods(4, 4)...)
	count, _ = s.carry(activities.CarryInput{})
	holds("two", "11")
	require.Equal(t, 1, count.Why[activities.CodeNotMade], "what is not offered is not made")
	s.settle("full_at: '', update: false, create: false")
	change("three", 13)
	s.put(morning.Add(13*time.Hour), goods(5, 5)...)
	count, _ = s.carry(activities.CarryInput{})
	holds("two", "11")
	require.Equal(t, 1, count.Why[activities.CodeNotChanged])
	require.GreaterOrEqual(t, count.Why[activities.CodeNotMade], 1)
	s.settle("full_at: ''")
	count, _ = s.carry(activities.CarryInput{Keys: []string{"100001", "100005", "no such"}})
	require.Equal(t, activities.CatalogCount{Read: 2, Updated: 1, Created: 1}, count)
	holds("three", "13")
}

func TestCarry_ADryRunCountsAndWritesNothing(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: ''")
	s.put(morning, goods(1, 3)...)
	count, _ := s.carry(activities.CarryInput{DryRun: true})
	require.Equal(t, 3, count.Created)
	require.Zero(t, s.writes)
	count, _ = s.carry(activities.CarryInput{})
	require.Equal(t, 3, count.Created)
}

func TestCarry_AnotherRunReads(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: ''")
	_, err := db.Q.CursorLease(t.Context(), s.pool, store.CursorLeaseParams{
		Integration: "shop", Flow: domain.FlowProducts, Holder: "another", Lease: db.Interval(time.Minute),
	})
	require.NoError(t, err)
	_, _, err = s.tryToCarry(activities.CarryInput{})
	require.ErrorContains(t, err, activities.CodeAnotherRunReads)
	count, _ := s.carry(activities.CarryInput{Load: true})
	require.Zero(t, count.Read, "an initial load reads beside it")
}
