package connectors

import (
	"context"
	"time"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// StockSink takes stock into the till. Amounts are absolute: setting one twice
// changes nothing.
type StockSink interface {
	// StockSchema describes what a level may hold.
	StockSchema(ctx context.Context) (domain.Schema, error)
	// StockBranches lists the branches of the till by number.
	StockBranches(ctx context.Context) ([]string, error)
	// HeldStock reads what a branch holds of articles, one for each that was asked.
	HeldStock(ctx context.Context, branch string, articles []string) ([]HeldStock, error)
	// SaveStock sets what is free to sell in a branch; no article stands twice among
	// the rows. One that the till refuses does not stop the others. Where the answer
	// is an error, the rows that are done all the same are told beside it.
	SaveStock(ctx context.Context, branch, reference string, rows []StockRow) (StockSaved, error)
	// KeepStock makes an article one of which the till keeps stock.
	KeepStock(ctx context.Context, article string) error
	// ArticleHead is the newest change of an article.
	ArticleHead(ctx context.Context) (int64, error)
	// StockHead is the newest movement of stock.
	StockHead(ctx context.Context) (int64, error)
	// StockMoves reads a page of the movements of all branches, oldest first.
	StockMoves(ctx context.Context, part MovesPart) (StockMoves, error)
}

// HeldStock is what a branch of the till holds of an article.
type HeldStock struct {
	Article        string
	Known          bool            // the till has the article
	Kept           bool            // and keeps stock of it
	Told           bool            // and said how much there is; else the amounts say nothing
	Free, Reserved decimal.Decimal // to sell, and promised in orders that were not delivered
	Fault          error           // set when this one could not be understood
}

// Physical is what lies on the shelf.
func (h HeldStock) Physical() decimal.Decimal { return h.Free.Add(h.Reserved) }

// StockRow is what is to be free of an article, and what was reserved of it when
// that was decided.
type StockRow struct {
	Article        string
	Free, Reserved decimal.Decimal
}

// StockSaved says how the rows ended.
type StockSaved struct {
	Done    []string
	Refused map[string]error // by article
}

// MovesPart is which movements of stock are asked for.
type MovesPart struct {
	After int64     // newer than this one
	From  time.Time // and not before this moment; zero: whenever it was
	Limit int
}

// StockMoves is a page of the movements of stock.
type StockMoves struct {
	Moves  []StockMove // sales only: what was set or counted is none
	Newest int64       // of all that was read, sale or not
	More   bool
}

// StockMove is goods that left a branch over a sale, or came back.
type StockMove struct {
	ID        int64
	Branch    string
	Article   string
	Sold      decimal.Decimal  // negative: came back
	At        time.Time        // zero when the till does not say
	Documents []domain.OrderID // of the sale, as far as the till names any
}

// What the till says of stock.
const (
	// CodeNoStockArticle: the till keeps no stock of this article.
	CodeNoStockArticle = "till_no_stock_article"
	// CodeNotAtTill: the till does not have this article.
	CodeNotAtTill = "article_not_at_till"
)
