package app

import (
	"strings"

	"github.com/koppel/koppel/connectors/mplus"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
	"github.com/koppel/koppel/settings"
)

// compiles checks what settings alone cannot: that every expression compiles,
// and that the rows of the till's side fill fields that a till has. Which fields
// a retailer made himself, and what columns the books have, only the systems can
// tell; a document is applied without asking them.
func compiles(doc settings.Document) error {
	m, err := mapping.Compile(doc.MappingRules())
	if err != nil {
		return err
	}
	var problems domain.DocumentProblems
	for _, target := range []domain.Schema{
		mplus.ProductSchema(mplus.OwnFields{}), mplus.CategorySchema(mplus.OwnFields{}), mplus.RelationSchema(mplus.OwnFields{}),
		mplus.StockSchema(), mplus.PriceSchema(),
	} {
		for _, misfit := range m.Misfits(target.Entity, target) {
			if !strings.HasPrefix(misfit.Target, mplus.CustomPrefix) {
				problems = append(problems, misfit.Problem(target.Entity))
			}
		}
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}
