package activities

import (
	"context"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// stockLeaver makes stock nothing of articles that the books do not have any more.
type stockLeaver struct{ *stockCarrier }

func leaveStock(ctx context.Context, p *carriage) (leaver, error) {
	c, err := openStockTill(ctx, p)
	return stockLeaver{c}, err
}

// leave makes an article have none in every branch. One that the till does not have
// either, or keeps no stock of, is done.
func (l stockLeaver) leave(ctx context.Context, row store.Catalog) (bool, error) {
	of := l.doc.Flows.Stock
	if of.Gone != domain.StockGoneEmpty {
		return false, nil
	}
	for _, branch := range l.branches {
		held, err := l.till.HeldStock(ctx, branch, []string{row.TargetID})
		if err != nil {
			return false, err
		}
		for _, h := range held {
			if !h.Known || !h.Kept {
				continue
			}
			none := connectors.StockRow{Article: row.TargetID, Reserved: h.Reserved}
			saved, err := l.till.SaveStock(ctx, branch, of.Reference, []connectors.StockRow{none})
			if err != nil {
				return false, err
			}
			if f, refused := fault.As(saved.Refused[row.TargetID]); refused {
				return false, f
			}
		}
	}
	return true, nil
}
