package mplus_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/sandboxkit"
)

func group(parent, name string, more ...domain.Field) domain.Draft {
	return domain.Draft{Entity: domain.EntityCategory, Key: name, Fields: append(
		[]domain.Field{text("parentGroupNumber", parent), text("name", name), text("text", name)}, more...)}
}

// tree is the groups of the till by number.
func tree(t *testing.T, s *shop) map[string]connectors.HeldRecord {
	t.Helper()
	held, err := s.client.HeldCategories(t.Context())
	require.NoError(t, err)
	groups := map[string]connectors.HeldRecord{"0": {}}
	for _, g := range held {
		parent, _ := domain.Draft{Fields: g.Fields}.Get("parentGroupNumber")
		require.Contains(t, groups, parent.Text, "a group comes after the one above it")
		groups[g.Number] = g
	}
	return groups
}

func TestCategories_AreMadeRenamedMovedAndDeleted(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	create := func(d domain.Draft) string {
		number, err := s.client.CreateCategory(t.Context(), d)
		require.NoError(t, err)
		return number
	}
	wood := create(group("0", "Hout"))
	planks := create(group(wood, "Planken", amount("sortOrder", "7")))
	hold(t, tree(t, s)[planks], group(wood, "Planken", amount("sortOrder", "7")).Fields...)
	hold(t, tree(t, s)[wood], text("parentGroupNumber", "0"))

	require.NoError(t, s.client.UpdateCategory(t.Context(), planks, domain.Draft{Fields: []domain.Field{text("name", "Delen")}}))
	hold(t, tree(t, s)[planks], text("parentGroupNumber", wood), text("name", "Delen"), text("text", "Planken"), amount("sortOrder", "7"))
	require.NoError(t, s.client.UpdateCategory(t.Context(), planks, domain.Draft{Fields: []domain.Field{text("parentGroupNumber", "0")}}))
	hold(t, tree(t, s)[planks], text("parentGroupNumber", "0"))
	err := s.client.UpdateCategory(t.Context(), planks, domain.Draft{Key: "Delen", Fields: []domain.Field{text("parentGroupNumber", planks)}})
	require.True(t, fault.Is(err, fault.Rejected), "%v", err)

	require.NoError(t, s.client.UpdateCategory(t.Context(), planks, domain.Draft{Fields: []domain.Field{text("parentGroupNumber", wood)}}))
	require.NoError(t, s.client.DeleteCategory(t.Context(), wood))
	require.NotContains(t, tree(t, s), planks, "what stands under a group goes with it")
	require.NoError(t, s.client.DeleteCategory(t.Context(), wood), "a group that is gone is as it should be")

	_, err = s.client.CreateCategory(t.Context(), group(wood, "Balken"))
	f, ok := fault.As(err)
	require.True(t, ok)
	require.Equal(t, "category_parent_gone", f.Code)
	require.Equal(t, fault.NotFound, f.Kind)
	require.True(t, fault.Is(s.client.UpdateCategory(t.Context(), "4711", group("0", "x")), fault.NotFound))
	_, err = s.client.CreateCategory(t.Context(), domain.Draft{Fields: []domain.Field{text("name", "x")}})
	require.True(t, fault.Is(err, fault.Invalid), "%v", err)
}

// Nobody knows what became of a write without answer, so it is told apart from one
// that was refused, and is not asked for twice.
func TestSinks_AWriteWithoutAnswerIsUncertainAndNotRepeated(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(t *testing.T, s *shop) error{
		"createProduct": func(t *testing.T, s *shop) error { _, err := s.client.CreateProduct(t.Context(), apron()); return err },
		"updateProduct": func(t *testing.T, s *shop) error {
			return s.client.UpdateProduct(t.Context(), "5001", domain.Draft{Fields: []domain.Field{text("product.description", "x")}})
		},
		"newArticleGroup": func(t *testing.T, s *shop) error {
			_, err := s.client.CreateCategory(t.Context(), group("0", "Hout"))
			return err
		},
		"updateArticleGroup": func(t *testing.T, s *shop) error {
			return s.client.UpdateCategory(t.Context(), "2", domain.Draft{Fields: []domain.Field{text("name", "x")}})
		},
		"deleteArticleGroup": func(t *testing.T, s *shop) error { return s.client.DeleteCategory(t.Context(), "2") },
	} {
		for kind, want := range map[sandboxkit.Kind]fault.Kind{
			sandboxkit.DropAfter: fault.Uncertain, sandboxkit.Cut: fault.Uncertain, sandboxkit.ServerError: fault.Uncertain, sandboxkit.ErrorIn200: fault.Rejected,
		} {
			t.Run(name+" "+string(kind), func(t *testing.T) {
				t.Parallel()
				s := open(t, sandbox.Options{})
				_, err := s.client.ProductSchema(t.Context())
				require.NoError(t, err)
				s.server.Calls().Reset()
				require.NoError(t, s.server.Faults().Add(sandboxkit.Rule{Kind: kind, Operation: name, Calls: 1}))
				err = write(t, s)
				require.True(t, fault.Is(err, want), "%v", err)
				require.Equal(t, 1, s.server.Calls().Report().Operations[name])
			})
		}
	}
}

func TestOwnFields_AreReadOnceWithTheirLengths(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	for range 3 {
		schema, err := s.client.ProductSchema(t.Context())
		require.NoError(t, err)
		spec, known := schema.Lines.Field("receiptText")
		require.True(t, known)
		require.Equal(t, 64, spec.Length)
		_, known = schema.Lines.Field("custom.herkomst")
		require.True(t, known)
	}
	calls := s.server.Calls().Report().Operations
	require.Equal(t, 1, calls["getOverviewFields"])
	require.Equal(t, 1, calls["getCustomFieldLists"])
}
