package mplus_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

func factory(more ...domain.Field) domain.Draft {
	return domain.Draft{Entity: domain.EntityRelation, Key: "0042", Fields: append([]domain.Field{
		text("extRelationId", "0042"), text("name", "Fietsfabriek B.V."), text("companyName", "Fietsfabriek B.V."), text("address", "Dam 1"),
		text("email", "Inkoop@Example.nl"), text("vatNumber", "BE 0123.456.749"), text("priceGroupNumber", "2"), amount("discountPercentage", "12.5"),
		amount("creditLimit", "5000"), amount("paymentWithinDays", "30"), text("defaultVatMethod", "shifted"), flag("active", true),
	}, more...)}
}

func find(t *testing.T, s *shop, by connectors.CustomerKey, value string) []connectors.HeldRecord {
	t.Helper()
	found, err := s.client.FindRelations(t.Context(), []connectors.RelationLookup{{By: by, Value: value}})
	require.NoError(t, err)
	require.Len(t, found, 1)
	return found[0]
}

func TestRelations_WhatIsWrittenIsHeld(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	number, err := s.client.CreateRelation(t.Context(), factory())
	require.NoError(t, err)
	held, err := s.client.HeldRelations(t.Context(), []string{number})
	require.NoError(t, err)
	require.Len(t, held, 1)
	require.NoError(t, held[0].Fault)
	hold(t, held[0], factory().Fields...)
	require.Equal(t, "0042", s.client.DebtorNumberOf(held[0]))

	change := domain.Draft{Entity: domain.EntityRelation, Key: "0042", Fields: []domain.Field{
		text("city", "Gent"), text("priceGroupNumber", "0"), amount("discountPercentage", "0"), text("defaultVatMethod", "exclusive"), flag("active", false),
	}}
	require.NoError(t, s.client.UpdateRelation(t.Context(), number, change))
	held, err = s.client.HeldRelations(t.Context(), []string{number})
	require.NoError(t, err)
	hold(t, held[0], append(change.Fields, text("name", "Fietsfabriek B.V."), amount("creditLimit", "5000"))...)
}

func TestRelations_AreFoundByEachKeyAsPeopleSpellIt(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	number, err := s.client.CreateRelation(t.Context(), factory())
	require.NoError(t, err)
	for value, by := range map[string]connectors.CustomerKey{
		number: connectors.ByNumber, "0042": connectors.ByExternalNumber, "be0123456749": connectors.ByVATNumber, " inkoop@example.NL ": connectors.ByEmail,
	} {
		found := find(t, s, by, value)
		require.Len(t, found, 1, by)
		require.Equal(t, number, found[0].Number, by)
	}
	for value, by := range map[string]connectors.CustomerKey{
		"42": connectors.ByExternalNumber, "inkoop@example": connectors.ByEmail, " ": connectors.ByEmail, "-": connectors.ByVATNumber, "0": connectors.ByNumber,
	} {
		require.Empty(t, find(t, s, by, value), value)
	}
}

func TestRelations_AllThatHaveAKeyAreTold(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	for range 2 {
		_, err := s.client.CreateRelation(t.Context(), factory())
		require.NoError(t, err)
	}
	require.Len(t, find(t, s, connectors.ByEmail, "inkoop@example.nl"), 2)
}

func TestRelations_WhatChangedAtTheTillIsFoundAnew(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	number, err := s.client.CreateRelation(t.Context(), factory())
	require.NoError(t, err)
	require.Len(t, find(t, s, connectors.ByEmail, "inkoop@example.nl"), 1)
	change := domain.Draft{Entity: domain.EntityRelation, Fields: []domain.Field{text("email", "nieuw@example.nl")}}
	require.NoError(t, s.client.UpdateRelation(t.Context(), number, change))
	require.Empty(t, find(t, s, connectors.ByEmail, "inkoop@example.nl"))
	require.Len(t, find(t, s, connectors.ByEmail, "nieuw@example.nl"), 1)
}

func TestCreateRelation_ANumberThatIsTakenIsTold(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	number, err := s.client.CreateRelation(t.Context(), factory(text("relationNumber", "4711")))
	require.NoError(t, err)
	require.Equal(t, "4711", number)
	_, err = s.client.CreateRelation(t.Context(), factory(text("relationNumber", "4711")))
	f, ok := fault.As(err)
	require.True(t, ok, err)
	require.Equal(t, fault.Conflict, f.Kind)
	require.Equal(t, connectors.CodeNumberTaken, f.Code)
	require.Equal(t, "0042", f.Key)
}

func TestUpdateRelation_OneThatIsGoneIsNotFound(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	err := s.client.UpdateRelation(t.Context(), "999111", domain.Draft{Entity: domain.EntityRelation, Fields: []domain.Field{text("city", "Gent")}})
	require.True(t, fault.Is(err, fault.NotFound), err)
}

func TestCreateRelation_AnUnknownVATMethodIsRefusedBeforeTheTill(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	_, err := s.client.CreateRelation(t.Context(), domain.Draft{Entity: domain.EntityRelation, Key: "1", Fields: []domain.Field{
		text("name", "A"), text("defaultVatMethod", "verlegd"),
	}})
	f, ok := fault.As(err)
	require.True(t, ok)
	require.Equal(t, "till_field_rules", f.Code)
	require.NotContains(t, f.Detail(), "verlegd")
}
