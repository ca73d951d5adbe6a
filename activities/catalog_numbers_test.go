package activities_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// coded are articles with these codes; the till learns the code as a text too.
func coded(codes ...string) []domain.Product {
	var all []domain.Product
	for _, code := range codes {
		all = append(all, domain.Product{
			SKU: code, Name: "Article " + code, LongDescription: code, PriceIncl: decimal.New(5, 0), PriceBasis: domain.PriceBasisIncl, Active: true,
		})
	}
	return all
}

// numbers are the article numbers of the till by the code that their text tells.
func (s *shelf) numbers() map[string]string {
	found := map[string]string{}
	for _, held := range s.held {
		for _, line := range held.Lines {
			code, _ := domain.Draft{Fields: line.Fields}.Get("extraText")
			found[code.Text] = line.Number
		}
	}
	return found
}

func TestCarryProducts_CodesThatAreNoNumberGetOneForEver(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "page_size: 2, full_at: '', numbers: {first: 500, last: 599}")
	s.put(morning, coded("100101", "0123", "PAN", "123", "12345678901234567890")...)
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, 5, count.Created)
	want := map[string]string{"100101": "100101", "123": "123", "0123": "500", "12345678901234567890": "501", "PAN": "502"}
	require.Equal(t, want, s.numbers())

	s.put(morning.Add(time.Hour), coded("ABC")...)
	s.writes = 0
	s.carry(activities.CarryInput{Full: true})
	require.Equal(t, 1, s.writes)
	want["ABC"] = "503"
	require.Equal(t, want, s.numbers())
}

func TestCarryProducts_NumbersCollideBeforeAnythingIsWritten(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "page_size: 1, full_at: '', numbers: {leading_zeros: strip}")
	s.put(morning, coded("0007", "5", "7", "08")...)
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, 2, count.Created)
	require.Equal(t, map[string]int{"number_collides": 2}, count.Why)
	require.Equal(t, map[string]string{"5": "5", "08": "8"}, s.numbers())
	require.Equal(t, map[string]string{"0007": "number_collides", "7": "number_collides"}, s.parked())

	// One of them goes: the next complete reading gives the other its number.
	delete(s.products, "7")
	s.carry(activities.CarryInput{Full: true})
	require.Equal(t, map[string]string{"5": "5", "08": "8", "0007": "7"}, s.numbers())
	require.NotContains(t, s.parked(), "0007")
}

func TestCarryProducts_CodesAreParkedWhereTheDocumentSaysSo(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: '', numbers: {leading_zeros: park, other_codes: park}")
	s.put(morning, coded("0123", "PAN", "5")...)
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, 1, count.Created)
	require.Equal(t, map[string]string{"0123": "number_leading_zeros", "PAN": "number_no_number"}, s.parked())

	s.settle("full_at: '', numbers: {first: 900, last: 900}")
	s.carry(activities.CarryInput{Full: true})
	require.Equal(t, map[string]string{"5": "5", "0123": "900"}, s.numbers())
	require.Equal(t, map[string]string{"PAN": "numbers_exhausted"}, s.parked())
}

func TestCarryProducts_AnAliasThatTheTillHasIsAnothersAndLeftAlone(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: '', numbers: {first: 500, last: 599}")
	foreign := func(number string) connectors.HeldRecord {
		return connectors.HeldRecord{Number: "X" + number, Lines: []connectors.HeldRecord{{Number: number, Fields: []domain.Field{
			{Name: "description", Value: domain.TextValue("Somebody else's")},
		}}}}
	}
	for _, number := range []string{"500", "501", "5"} {
		s.held["X"+number] = foreign(number)
	}
	s.put(morning, coded("PAN", "5")...)
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, []int{1, 1}, []int{count.Created, count.Updated})
	require.Equal(t, foreign("500"), s.held["X500"])
	require.Equal(t, "502", s.numbers()["PAN"])
	require.Equal(t, "5", s.numbers()["5"], "a plain number is the same article on both sides")

	// After a crash that forgot the answer, what stands there is known by its code.
	_, err := s.pool.Exec(t.Context(), "delete from catalog")
	require.NoError(t, err)
	s.writes = 0
	count, _ = s.carry(activities.CarryInput{Full: true})
	require.Equal(t, 2, count.Unchanged)
	require.Zero(t, s.writes)
}

func TestCarryProducts_ADryRunGivesNoNumber(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: ''")
	s.put(morning, coded("PAN")...)
	count, _ := s.carry(activities.CarryInput{DryRun: true})
	require.Equal(t, 1, count.Created)
	var rows int
	require.NoError(t, s.pool.QueryRow(t.Context(), "select count(*) from article_number").Scan(&rows))
	require.Zero(t, rows)
}

func TestCarryProducts_AVariantWithoutANumberKeepsTheWholeProductBack(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: '', numbers: {other_codes: park}")
	shirt := coded("SHIRT")[0]
	for i, code := range []string{"201", "RED"} {
		shirt.Variants = append(shirt.Variants, domain.Variant{SKU: code, Name: fmt.Sprint("Shirt ", i), PriceIncl: decimal.New(9, 0), Active: true})
	}
	s.put(morning, shirt)
	s.carry(activities.CarryInput{})
	require.Empty(t, s.held)
	require.Equal(t, map[string]string{"SHIRT": "number_no_number"}, s.parked())

	shirt.Variants = slices.Clone(shirt.Variants)
	shirt.Variants[1].SKU = "202"
	s.put(morning.Add(time.Hour), shirt)
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, 1, count.Created)
}
