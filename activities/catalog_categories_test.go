package activities_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

const groveDocument = `
integration: shop
accountview: {base_url: "http://127.0.0.1:1/api/v3", company_id: 7d3f1c52-90ab-4c6e-8f57-2b1e6a0d4c11, client_id: koppel-sandbox, timeout: 1s}
mplus: {base_url: "http://127.0.0.1:2"}
flows: {orders: {settle_time: 150ms}, categories: {%s}}
%s
`

type garden struct {
	*desk
	*grove
}

func newGarden(t *testing.T, settings string, books ...domain.Category) *garden {
	t.Helper()
	g := &garden{newDesk(t), &grove{books: books}}
	g.Catalogue = g.grove
	g.apply(fmt.Sprintf(groveDocument, settings, ""))
	return g
}

func (g *garden) carry(in activities.CarryInput) activities.CarryResult {
	g.t.Helper()
	in.Integration = "shop"
	out, err := run[activities.CarryResult](g.desk, (&activities.Catalog{Desk: g.Desk}).CarryCategories, in)
	require.NoError(g.t, err)
	return out
}

func group(code, name, parent string) domain.Category {
	return domain.Category{Code: code, Name: name, Parent: parent}
}

func TestCarryCategories_ParentsComeFirst(t *testing.T) {
	t.Parallel()
	g := newGarden(t, "full_at: ''", group("A1", "Green", "A"), group("A", "Tea", ""), group("A11", "Sencha", "A1"), group("B", "Coffee", ""))
	require.Equal(t, 4, g.carry(activities.CarryInput{}).Count.Created)
	require.Equal(t, map[string]string{"Tea": "", "Green": "Tea", "Sencha": "Green", "Coffee": ""}, g.tree())
	g.writes = nil
	for _, in := range []activities.CarryInput{{}, {Full: true}} {
		require.Equal(t, activities.CatalogCount{Read: 4, Unchanged: 4}, g.carry(in).Count)
	}
	require.Empty(t, g.writes)
}

func TestCarryCategories_ARenameAndAMoveAreFollowed(t *testing.T) {
	t.Parallel()
	g := newGarden(t, "full_at: ''", group("A", "Tea", ""), group("A1", "Green", "A"), group("B", "Coffee", ""))
	g.carry(activities.CarryInput{})
	g.grove.books = []domain.Category{group("A", "Teas", "A1"), group("A1", "Green", ""), group("B", "Coffee", "C"), group("C", "Drinks", "")}
	count := g.carry(activities.CarryInput{}).Count
	require.Equal(t, []int{1, 3}, []int{count.Created, count.Updated})
	require.Equal(t, map[string]string{"Teas": "Green", "Green": "", "Coffee": "Drinks", "Drinks": ""}, g.tree(), "even where parent and child change places")
}

func TestCarryCategories_AGroupOfThatNameIsAdoptedUnlessTheDocumentSaysNo(t *testing.T) {
	t.Parallel()
	for adopt, want := range map[bool]int{true: 0, false: 2} {
		g := newGarden(t, fmt.Sprintf("full_at: '', adopt: %t", adopt), group("A", "Tea", ""), group("A1", "Green", "A"))
		g.held = []connectors.HeldRecord{
			{Number: "3", Fields: []domain.Field{{Name: "parentGroupNumber", Value: domain.TextValue("0")}, {Name: "name", Value: domain.TextValue("Tea")}, {Name: "text", Value: domain.TextValue("Tea")}}},
			{Number: "4", Fields: []domain.Field{{Name: "parentGroupNumber", Value: domain.TextValue("3")}, {Name: "name", Value: domain.TextValue("Green")}, {Name: "text", Value: domain.TextValue("Green")}}},
		}
		require.Equal(t, want, g.carry(activities.CarryInput{}).Count.Created)
		require.Len(t, g.held, 2+want)
	}
}

func TestCarryCategories_ARowOfTheTableNamesTheGroup(t *testing.T) {
	t.Parallel()
	g := newGarden(t, "full_at: ''", group("A", "Tea", ""))
	g.apply(fmt.Sprintf(groveDocument, "full_at: ''", "lookups: {category: {rows: [{key: A, value: \"3\"}]}}"))
	g.held = []connectors.HeldRecord{{Number: "3", Fields: []domain.Field{{Name: "parentGroupNumber", Value: domain.TextValue("0")}, {Name: "name", Value: domain.TextValue("Hot drinks")}}}}
	require.Equal(t, 1, g.carry(activities.CarryInput{}).Count.Updated)
	require.Equal(t, map[string]string{"Tea": ""}, g.tree())
}

func TestCarryCategories_WhereAPersonHungAGroupItStays(t *testing.T) {
	t.Parallel()
	g := newGarden(t, "full_at: ''", group("A", "Tea", ""), group("B", "Drinks", ""))
	g.carry(activities.CarryInput{})
	g.held[0].Fields = laid(g.held[0].Fields, []domain.Field{{Name: "parentGroupNumber", Value: domain.TextValue(g.held[1].Number)}})
	g.grove.books[0].Name = "Teas"
	count := g.carry(activities.CarryInput{}).Count
	require.Equal(t, []int{1, 1}, []int{count.Updated, count.KeptBack})
	require.Equal(t, map[string]string{"Teas": "Drinks", "Drinks": ""}, g.tree())
}

func TestCarryCategories_AnUnclearCreationIsWaitedOutAndFoundByName(t *testing.T) {
	t.Parallel()
	g := newGarden(t, "full_at: '', adopt: false", group("A", "Tea", ""), group("A1", "Green", "A"))
	g.fails = func(op, about string) (error, bool) { //nolint:revive // as call
		if op+about == "createA" {
			return fault.New(fault.Uncertain, "answer_lost", "newArticleGroup"), true
		}
		return nil, true
	}
	require.Equal(t, 2, g.carry(activities.CarryInput{}).Count.Deferred, "and what hangs under it")
	g.fails = nil
	require.Eventually(t, func() bool { return g.carry(activities.CarryInput{}).Count.Deferred == 0 && len(g.tree()) == 2 }, 10*time.Second, 50*time.Millisecond)
	require.Equal(t, map[string]string{"Tea": "", "Green": "Tea"}, g.tree())
	require.Len(t, g.held, 2)
}

func TestCarryCategories_WhatHasNoPlaceParksAlone(t *testing.T) {
	t.Parallel()
	g := newGarden(t, "full_at: ''", group("A", "Tea", ""), group("X", "Lost", "Y"), group("X1", "Under lost", "X"), group("P", "P", "Q"), group("Q", "Q", "P"))
	count := g.carry(activities.CarryInput{}).Count
	require.Equal(t, 1, count.Created)
	require.Equal(t, map[string]int{"category_parent_unknown": 2, "category_cycle": 2}, count.Why)
}

func TestCarryCategories_WhatHangsUnderALeftOutGroupIsLeftOut(t *testing.T) {
	t.Parallel()
	g := newGarden(t, "full_at: '', filter: category.code != 'A'", group("A", "Tea", ""), group("A1", "Green", "A"), group("B", "Coffee", ""))
	count := g.carry(activities.CarryInput{}).Count
	require.Equal(t, 1, count.Created)
	require.Equal(t, map[string]int{activities.CodeFilteredRecord: 1, activities.CodeParentLeftOut: 1}, count.Why)
}

func TestSweepGone_AGroupGoesWithWhatIsUnderItUnlessAPersonPutSomethingThere(t *testing.T) {
	t.Parallel()
	g := newGarden(t, "full_at: '', gone: delete, gone_most: 100", group("A", "Tea", ""), group("A1", "Green", "A"), group("B", "Coffee", ""), group("C", "Cake", ""))
	g.carry(activities.CarryInput{})
	byHand := connectors.HeldRecord{Number: "99", Fields: []domain.Field{{Name: "parentGroupNumber", Value: domain.TextValue("12")}, {Name: "name", Value: domain.TextValue("Own")}}}
	require.Equal(t, "Coffee", fieldOf(g.held[2], "name"))
	g.held = append(g.held, byHand)
	g.grove.books = []domain.Category{group("C", "Cake", "")}
	last := g.carry(activities.CarryInput{Full: true})
	require.Equal(t, 3, last.Gone)
	out, err := run[activities.SweepGoneResult](g.desk, (&activities.Catalog{Desk: g.Desk}).SweepGone, activities.SweepGoneInput{
		Integration: "shop", Flow: domain.FlowCategories, Place: last.Place, Gone: last.Gone, Known: last.Known,
	})
	require.NoError(t, err)
	require.Equal(t, activities.SweepGoneResult{Swept: 2, Parked: 1}, out)
	require.Equal(t, map[string]string{"Coffee": "", "Own": "Coffee", "Cake": ""}, g.tree())
}

func TestCarryCategories_CreatingAndUpdatingMayBeOff(t *testing.T) {
	t.Parallel()
	g := newGarden(t, "full_at: '', create: false", group("A", "Tea", ""))
	require.Equal(t, map[string]int{activities.CodeNotMade: 1}, g.carry(activities.CarryInput{}).Count.Why)
	require.Empty(t, g.held)
	g.apply(fmt.Sprintf(groveDocument, "full_at: '', update: false", ""))
	require.Equal(t, 1, g.carry(activities.CarryInput{}).Count.Created)
	g.grove.books = []domain.Category{group("A", "Teas", "")}
	require.Equal(t, map[string]int{activities.CodeNotChanged: 1}, g.carry(activities.CarryInput{}).Count.Why)
	require.Equal(t, map[string]string{"Tea": ""}, g.tree())
}

func TestSweepGone_MoreGroupsThanTheShareAskAPerson(t *testing.T) {
	t.Parallel()
	g := newGarden(t, "full_at: '', gone: delete, gone_most: 40", group("A", "Tea", ""), group("B", "Coffee", ""))
	g.carry(activities.CarryInput{})
	g.grove.books = g.grove.books[:1]
	last := g.carry(activities.CarryInput{Full: true})
	sweep := func() activities.SweepGoneResult {
		out, err := run[activities.SweepGoneResult](g.desk, (&activities.Catalog{Desk: g.Desk}).SweepGone, activities.SweepGoneInput{
			Integration: "shop", Flow: domain.FlowCategories, Place: last.Place, Gone: last.Gone, Known: last.Known,
		})
		require.NoError(t, err)
		return out
	}
	require.Equal(t, activities.SweepGoneResult{Asks: true}, sweep())
	require.Len(t, g.held, 2)
	g.apply(fmt.Sprintf(groveDocument, "full_at: '', gone: delete, gone_most: 50", ""))
	last = g.carry(activities.CarryInput{Full: true})
	require.Equal(t, activities.SweepGoneResult{Swept: 1}, sweep())
}
