package activities_test

import (
	"context"
	"slices"
	"strconv"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// grove is a tree of article groups in the books, and the one at the till.
type grove struct {
	connectors.CatalogDirectory
	books  []domain.Category
	held   []connectors.HeldRecord
	writes []string // what was asked of the till: create A, update 3, delete 4
	fails  func(op, about string) (err error, effect bool)
}

func (g *grove) CategorySource(context.Context, string, int) (connectors.CategorySource, error) {
	return g, nil
}

func (g *grove) CategorySink(context.Context, string, int) (connectors.CategorySink, error) {
	return g, nil
}

func (g *grove) Categories(context.Context) ([]domain.Category, error) { return g.books, nil }

func (g *grove) CategorySchema(context.Context) (domain.Schema, error) {
	field := func(name string) domain.FieldSpec {
		return domain.FieldSpec{Name: name, Kind: domain.KindText, Updatable: true}
	}
	return domain.Schema{Entity: domain.EntityCategory, Fields: []domain.FieldSpec{field("parentGroupNumber"), field("name"), field("text")}}, nil
}

func (g *grove) HeldCategories(context.Context) ([]connectors.HeldRecord, error) {
	return slices.Clone(g.held), nil
}

func (g *grove) IsLike(held connectors.HeldRecord, draft domain.Draft) bool {
	parent, _ := draft.Get("parentGroupNumber")
	name, _ := draft.Get("name")
	return g.IsUnder(held, parent.Text) && fieldOf(held, "name") == name.Text
}

func (g *grove) IsUnder(held connectors.HeldRecord, number string) bool {
	return fieldOf(held, "parentGroupNumber") == number
}

func fieldOf(held connectors.HeldRecord, name string) string {
	value, _ := domain.Draft{Fields: held.Fields}.Get(name)
	return value.Text
}

func (g *grove) call(op, about string) (error, bool) { //nolint:revive // the error says how the call ends, the bool what it did
	g.writes = append(g.writes, op+" "+about)
	if g.fails == nil {
		return nil, true
	}
	return g.fails(op, about)
}

func (g *grove) CreateCategory(_ context.Context, draft domain.Draft) (string, error) {
	err, effect := g.call("create", draft.Key)
	if !effect {
		return "", err
	}
	number := strconv.Itoa(10 + len(g.held))
	g.held = append(g.held, connectors.HeldRecord{Number: number, Fields: draft.Fields})
	if err != nil {
		return "", err
	}
	return number, nil
}

func (g *grove) UpdateCategory(_ context.Context, number string, draft domain.Draft) error {
	err, _ := g.call("update", number)
	for i := range g.held {
		if g.held[i].Number == number {
			g.held[i].Fields = laid(g.held[i].Fields, draft.Fields)
			return err
		}
	}
	return fault.New(fault.NotFound, "till_record_not_found", "update")
}

func (g *grove) DeleteCategory(_ context.Context, number string) error {
	err, _ := g.call("delete", number)
	g.held = slices.DeleteFunc(g.held, func(h connectors.HeldRecord) bool { return h.Number == number })
	return err
}

// tree is the till's tree in words: name under name.
func (g *grove) tree() map[string]string {
	names := map[string]string{"0": ""}
	for _, h := range g.held {
		names[h.Number] = fieldOf(h, "name")
	}
	tree := map[string]string{}
	for _, h := range g.held {
		tree[fieldOf(h, "name")] = names[fieldOf(h, "parentGroupNumber")]
	}
	return tree
}
