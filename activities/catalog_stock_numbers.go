package activities

import (
	"context"
	"fmt"
	"strconv"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain/reconcile"
)

// number finds the numbers of articles of the books at the till. It gives none: what
// has none yet and is no number itself is not at the till either.
func (c *stockCarrier) number(ctx context.Context, rs []*stockRow) error {
	keys := make([]string, len(rs))
	for i, r := range rs {
		keys[i] = reconcile.NumberKey(r.key)
	}
	rows, err := db.Q.ArticleNumberGet(ctx, c.DB, store.ArticleNumberGetParams{Integration: c.Integration, Skus: keys})
	if err != nil {
		return fmt.Errorf("read article numbers: %w", err)
	}
	given := make(map[string]*int64, len(rows))
	for _, row := range rows {
		given[row.Sku] = row.Number
	}
	for i, r := range rs {
		number, asked := given[keys[i]]
		if plain := reconcile.NumberFor(r.key, c.numberRules()).Plain; !asked && plain > 0 {
			number = &plain
		}
		if number == nil {
			r.leftOut = connectors.CodeNotAtTill
			continue
		}
		r.source.number = strconv.FormatInt(*number, 10)
	}
	return nil
}
