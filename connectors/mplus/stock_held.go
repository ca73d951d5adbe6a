package mplus

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

var _ connectors.StockSink = (*Client)(nil)

// StockSchema describes what a stock level may hold.
func (c *Client) StockSchema(context.Context) (domain.Schema, error) { return StockSchema(), nil }

// branchesKeep is how long the branches of a till are taken to be the same: a full
// compare asks for them with every page.
const branchesKeep = time.Minute

// stockBranches remembers the branches.
type stockBranches struct {
	mu      sync.Mutex
	until   time.Time
	numbers []string
}

// StockBranches lists the branches of the till by number, as they were a minute ago at most.
func (c *Client) StockBranches(ctx context.Context) ([]string, error) {
	c.branches.mu.Lock()
	defer c.branches.mu.Unlock()
	if time.Now().Before(c.branches.until) {
		return slices.Clone(c.branches.numbers), nil
	}
	branches, err := c.Branches(ctx)
	if err != nil {
		return nil, err
	}
	numbers := make([]string, 0, len(branches))
	for _, b := range branches {
		numbers = append(numbers, b.Number)
	}
	c.branches.numbers, c.branches.until = numbers, time.Now().Add(branchesKeep)
	return slices.Clone(numbers), nil
}

// HeldStock reads what a branch holds of articles. The till tells nothing of an
// article that it does not have or keeps no stock of, so of those that are missing
// the cards are read.
func (c *Client) HeldStock(ctx context.Context, branch string, articles []string) ([]connectors.HeldStock, error) {
	place, err := branchNumber(opGetStock, branch)
	if err != nil {
		return nil, err
	}
	numbers, err := stockNumbers(opGetStock, articles)
	if err != nil || len(numbers) == 0 { // no number at all would ask for every article
		return nil, err
	}
	held := map[string]connectors.HeldStock{}
	for batch := range slices.Chunk(numbers, c.settings.StockBatch) {
		var w getStockResponse
		request := getStockRequest{BranchNumber: place, ArticleNumbers: batch}
		if err := c.ask(ctx, opGetStock, getStock{request}, &w); err != nil {
			return nil, err
		}
		for _, told := range w.ArticleStocks {
			one := c.assumptions(0).heldFromArticleStock(told)
			held[one.Article] = one
		}
	}
	missing := slices.DeleteFunc(slices.Clone(articles), func(a string) bool { _, told := held[a]; return told })
	for batch := range slices.Chunk(missing, articlesPerCall) {
		cards, err := c.Articles(ctx, ArticleQuery{SKUs: batch})
		if err != nil {
			return nil, err
		}
		for _, card := range cards {
			held[card.SKU] = connectors.HeldStock{Article: card.SKU, Known: true, Kept: card.Stocked}
		}
	}
	all := make([]connectors.HeldStock, 0, len(articles))
	for _, article := range articles {
		one := held[article]
		one.Article = article
		all = append(all, one)
	}
	return all, nil
}

func (a assumptions) heldFromArticleStock(w articleStock) connectors.HeldStock {
	r := &reading{assumptions: a}
	held := connectors.HeldStock{
		Article: r.number("articleNumber", w.ArticleNumber), Known: true, Kept: true, Told: true,
		Free:     r.quantity("amountFree", w.AmountFree, w.DecimalPlacesFree),
		Reserved: r.quantity("amountReserved", w.AmountReserved, w.DecimalPlacesReserved),
	}
	if err := r.err(); err != nil {
		held.Fault = fault.New(fault.Invalid, "till_record_not_understood", opGetStock.op()).About(held.Article).WithDetail(err.Error()).Because(err)
	}
	return held
}

// KeepStock makes an article one of which the till keeps stock.
func (c *Client) KeepStock(ctx context.Context, article string) error {
	cards, err := c.Articles(ctx, ArticleQuery{SKUs: []string{article}})
	if err != nil {
		return err
	}
	at := slices.IndexFunc(cards, func(a Article) bool { return a.SKU == article })
	if at < 0 {
		return fault.New(fault.NotFound, connectors.CodeNotAtTill, opUpdateProduct.op()).About(article)
	}
	if cards[at].Stocked {
		return nil
	}
	kept := domain.Draft{Entity: domain.EntityProduct, Key: article, Fields: []domain.Field{{Name: "stockArticle", Value: domain.Value{Kind: domain.KindBool, Bool: true}}}}
	return c.UpdateProduct(ctx, cards[at].Product, domain.Draft{Entity: domain.EntityProduct, Key: article, Lines: []domain.Draft{kept}})
}

func branchNumber(op operation, branch string) (int64, error) {
	n, err := wireInt(branch).parse()
	if err != nil || !isPlainNumber(branch) {
		return 0, fault.New(fault.Misconfigured, codeBranchUnknown, op.op()).About(branch)
	}
	return n, nil
}

func stockNumbers(op operation, articles []string) ([]int64, error) {
	numbers := make([]int64, 0, len(articles))
	for _, article := range articles {
		n, err := wireInt(article).parse()
		if err != nil || !isPlainNumber(article) {
			return nil, fault.New(fault.Invalid, "sku_not_numeric", op.op()).About(article)
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}
