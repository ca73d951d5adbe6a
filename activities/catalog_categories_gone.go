package activities

import (
	"context"
	"fmt"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/settings"
)

// categoryLeaver deletes groups of which the books know nothing any more.
type categoryLeaver struct {
	*carriage
	till connectors.CategorySink
}

func leaveCategories(ctx context.Context, p *carriage) (leaver, error) {
	till, err := p.Catalogue.CategorySink(ctx, p.Integration, p.doc.Version)
	return categoryLeaver{p, till}, err
}

// leave deletes a group, but for one under which something else stands: with a group
// the till deletes all that is under it.
func (l categoryLeaver) leave(ctx context.Context, row store.Catalog) (bool, error) {
	if l.doc.Flows.Categories.Gone != settings.CategoriesGoneDelete {
		return false, nil
	}
	tree, err := l.till.HeldCategories(ctx)
	if err != nil {
		return false, err
	}
	var under []string
	for _, held := range tree {
		if l.till.IsUnder(held, row.TargetID) {
			under = append(under, held.Number)
		}
	}
	going, err := db.Q.CatalogByTarget(ctx, l.DB, store.CatalogByTargetParams{Integration: l.Integration, Entity: row.Entity, TargetIds: under})
	if err != nil {
		return false, fmt.Errorf("read which groups go: %w", err)
	}
	going = slices.DeleteFunc(going, func(other store.Catalog) bool { return other.Crawl >= l.Place.Crawl })
	if len(going) < len(under) {
		return false, fault.New(fault.Conflict, CodeGroupHasOthers, "delete category").About(row.SourceID)
	}
	return true, l.till.DeleteCategory(ctx, row.TargetID)
}
