package activities_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// family is a product of the books with these articles.
func family(key string, codes ...string) domain.Product {
	p := domain.Product{SKU: key, Name: "Family " + key, PriceBasis: domain.PriceBasisIncl, Active: true}
	for _, code := range codes {
		p.Variants = append(p.Variants, domain.Variant{SKU: code, Name: "Article " + code, PriceIncl: decimal.New(5, 0), Active: true})
	}
	return p
}

// groups are the products of the till by their articles, each with its name.
func (s *shelf) groups() map[string]string {
	all := map[string]string{}
	for _, held := range s.held {
		var numbers []string
		for _, line := range held.Lines {
			numbers = append(numbers, line.Number)
		}
		slices.Sort(numbers)
		name, _ := domain.Draft{Fields: held.Fields}.Get("product.description")
		all[strings.Join(numbers, " ")] = name.Text
	}
	return all
}

func (s *shelf) full() (activities.CatalogCount, activities.CarryResult) {
	s.t.Helper()
	return s.carry(activities.CarryInput{Full: true})
}

func TestRegroup_ASimpleArticleBecomesAFamilyWithoutASecondProduct(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"F", "100001"} { // named by a code of its own, or by the article that it was
		s := newShelf(t, "full_at: '', gone: discontinue, gone_most: 50")
		s.put(morning, goods(1, 1)...)
		s.carry(activities.CarryInput{})
		s.lose("100001")
		articles := []string{"100001", "100002"}
		if key != "F" {
			articles = []string{"100002", "100003"}
		}
		s.put(morning.Add(time.Hour), family(key, articles...))
		count, last := s.full()
		require.Equal(t, 1, count.Updated, key)
		require.Len(t, s.held, 1)
		if key == "F" {
			require.Equal(t, map[string]string{"100001 100002": "Family F"}, s.groups())
			require.Zero(t, last.Gone, "the article is there, as a variant")
			continue
		}
		require.Equal(t, map[string]string{"100001 100002 100003": "Family 100001"}, s.groups())
		require.Equal(t, 1, last.Gone, "what it was is not sold any more")
		require.Equal(t, activities.SweepGoneResult{Swept: 1}, s.sweep(last, false))
		require.True(t, s.article("100001", "discontinued").Bool)
		require.False(t, s.article("100002", "discontinued").Bool)
	}
}

func TestRegroup_AnArticleThatLeftItsFamilyIsDiscontinuedAlone(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: '', gone: discontinue, gone_most: 50")
	s.put(morning, family("F", "201", "202", "203"))
	s.carry(activities.CarryInput{})
	for number, held := range s.held { // one that a person made there is not ours
		held.Lines = append(held.Lines, connectors.HeldRecord{Number: "777"})
		s.held[number] = held
	}
	s.put(morning.Add(time.Hour), family("F", "201", "202"))
	_, last := s.carry(activities.CarryInput{})
	require.Zero(t, last.Gone, "a delta does not say what is gone")
	_, last = s.full()
	require.Equal(t, []int{1, 2}, []int{last.Gone, last.Known})
	require.Equal(t, activities.SweepGoneResult{Swept: 1}, s.sweep(last, false))
	require.True(t, s.article("203", "discontinued").Bool)
	for _, other := range []string{"201", "202", "777"} {
		require.False(t, s.article(other, "discontinued").Bool, other)
	}
	s.writes = 0
	_, last = s.full()
	require.Zero(t, last.Gone, "once")

	s.put(morning.Add(2*time.Hour), family("F", "201", "202", "203"))
	s.carry(activities.CarryInput{})
	require.False(t, s.article("203", "discontinued").Bool, "it came back")
	s.put(morning.Add(3*time.Hour), family("F", "201", "202"))
	_, last = s.full()
	require.Equal(t, 1, last.Gone, "and left again")
}

func TestRegroup_WhereGoneIsReportedItIsToldOnce(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: '', gone: report, gone_most: 50")
	s.put(morning, family("F", "201", "202"))
	s.carry(activities.CarryInput{})
	s.put(morning.Add(time.Hour), family("F", "201"))
	_, last := s.full()
	s.writes = 0
	require.Equal(t, activities.SweepGoneResult{Swept: 1}, s.sweep(last, false))
	require.Zero(t, s.writes)
	require.Equal(t, activities.CodeGoneInBooks, s.row("article/202").Code)
	_, last = s.full()
	require.Zero(t, last.Gone)
}

func TestRegroup_AnArticleOfAnotherFamilyWaitsForAPersonOrIsMoved(t *testing.T) {
	t.Parallel()
	for _, moves := range []bool{false, true} {
		s := newShelf(t, "full_at: '', gone: discontinue, gone_most: 50")
		s.moves = moves
		s.put(morning, family("F", "201", "202"), family("G", "301"))
		s.carry(activities.CarryInput{})
		g := family("G", "301", "202")
		g.Name = "Family G renamed"
		s.put(morning.Add(time.Hour), family("F", "201"), g)
		_, last := s.full()
		require.Zero(t, last.Gone, "it is in the books")
		require.False(t, s.article("202", "discontinued").Bool)
		if !moves {
			require.Equal(t, map[string]string{"G": connectors.CodeArticleElsewhere}, s.parked())
			require.Equal(t, map[string]string{"201 202": "Family F", "301": "Family G renamed"}, s.groups(), "the rest is up to date all the same")
			s.moves = true // as a person does it
			require.NoError(t, catalogueTill{s.catalogue}.UpdateProduct(t.Context(), "P2", domain.Draft{Lines: []domain.Draft{{Key: "202"}}}))
			s.moves = false
			s.full()
		}
		require.Empty(t, s.parked())
		require.Equal(t, map[string]string{"201": "Family F", "202 301": "Family G renamed"}, s.groups())
		s.writes = 0
		_, last = s.full()
		require.Zero(t, s.writes+last.Gone)
	}
}

func TestRegroup_AVariantThatStandsAloneDoesNotTakeItsFamilysProduct(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: '', gone: discontinue, gone_most: 50")
	s.put(morning, family("F", "100001", "100002"))
	s.carry(activities.CarryInput{})
	s.put(morning.Add(time.Hour), append(goods(2, 2), family("F", "100001"))...)
	s.full()
	require.Equal(t, map[string]string{"100002": connectors.CodeArticleElsewhere}, s.parked())
	require.Equal(t, map[string]string{"100001 100002": "Family F"}, s.groups())
	// A new family with an article of its own is made, and takes the other where articles move.
	s.lose("100002")
	s.moves = true
	s.put(morning.Add(2*time.Hour), family("N", "100002", "400"))
	s.full()
	require.Equal(t, map[string]string{"100001": "Family F", "100002 400": "Family N"}, s.groups())
	require.Empty(t, s.parked())
}

func TestRegroup_AFamilyThatIsGoneTakesNothingWithItThatTheBooksHave(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: '', gone: discontinue, gone_most: 100")
	s.put(morning, family("F", "100001", "100002"))
	s.carry(activities.CarryInput{})
	s.lose("F")
	s.put(morning.Add(time.Hour), goods(1, 1)...)
	_, last := s.full()
	s.sweep(last, false)
	require.Equal(t, "", s.parked()["100001"])
	require.False(t, s.article("100001", "discontinued").Bool)
	require.True(t, s.article("100002", "discontinued").Bool)
}
