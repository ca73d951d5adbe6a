package mplus

import (
	"context"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// movedBySale is the type of movement that a sale makes. What we write ourselves
// has another one.
const movedBySale = "STOCK-HISTORY-TYPE-SALES"

// StockHead is the newest movement of stock. A till that keeps silent about it is
// not taken for one that begins at 0.
func (c *Client) StockHead(ctx context.Context) (int64, error) {
	return c.head(ctx, getCurrentSyncMarkersV2Request{IncludeStockID: true}, func(w getCurrentSyncMarkersV2Response) wireInt { return w.StockID })
}

// ArticleHead is the newest change of an article.
func (c *Client) ArticleHead(ctx context.Context) (int64, error) {
	return c.head(ctx, getCurrentSyncMarkersV2Request{IncludeArticleSyncMarker: true}, func(w getCurrentSyncMarkersV2Response) wireInt { return w.ArticleSyncMarker })
}

func (c *Client) head(ctx context.Context, request getCurrentSyncMarkersV2Request, of func(getCurrentSyncMarkersV2Response) wireInt) (int64, error) {
	var w getCurrentSyncMarkersV2Response
	if err := c.ask(ctx, opGetCurrentMarkers, getCurrentSyncMarkersV2{Request: request}, &w); err != nil {
		return 0, err
	}
	head, err := of(w).parse()
	if err != nil || head < 0 {
		return 0, fault.New(fault.Unavailable, "answer_not_understood", opGetCurrentMarkers.op())
	}
	return head, nil
}

// StockMoves reads a page of the movements of all branches, oldest first, and gives
// the sales among them. One that cannot be understood is an answer not understood:
// to pass over it would sell what is gone.
func (c *Client) StockMoves(ctx context.Context, part connectors.MovesPart) (connectors.StockMoves, error) {
	request := getStockHistoryV2Request{SinceStockID: part.After + 1}
	if c.settings.PageOrder == LowestFirst {
		request.SinceStockIDLimit = part.Limit
	}
	if !part.From.IsZero() {
		from := soapMplusDateTimeFromInstant(part.From, c.zone)
		request.FromFinancialDateTime = &from
	}
	var w getStockHistoryResponse
	if err := c.ask(ctx, opGetStockHistory, getStockHistoryV2{request}, &w); err != nil {
		return connectors.StockMoves{Newest: part.After}, err
	}
	page, err := c.assumptions(0).salesFromHistory(part.After, w)
	page.More = request.SinceStockIDLimit > 0 && len(w.ArticleStockHistory) >= request.SinceStockIDLimit
	return page, err
}

// salesFromHistory gives the sales after a movement.
func (a assumptions) salesFromHistory(after int64, w getStockHistoryResponse) (connectors.StockMoves, error) {
	page := connectors.StockMoves{Newest: after}
	r := &reading{assumptions: a}
	for _, told := range w.ArticleStockHistory {
		id := r.integer("stockId", told.StockID)
		page.Newest = max(page.Newest, id)
		if id <= after || !strings.EqualFold(trimmed(string(told.Type)), movedBySale) {
			continue
		}
		page.Moves = append(page.Moves, r.stockMove(id, told))
	}
	return page, r.asAnswer(opGetStockHistory)
}

func (r *reading) stockMove(id int64, w articleStockHistory) connectors.StockMove {
	move := connectors.StockMove{
		ID: id, Branch: r.number("branchNumber", w.BranchNumber), Article: r.number("articleNumber", w.ArticleNumber),
		Sold: r.quantity("amountChanged", w.AmountChanged, w.DecimalPlaces).Neg(), At: r.instant("timestamp", w.Timestamp),
	}
	for _, sent := range []struct {
		kind domain.SourceKind
		own  string
	}{{domain.SourceOrder, w.OrderID}, {domain.SourceInvoice, w.InvoiceID}, {domain.SourceReceipt, w.ReceiptID}} {
		if own := trimmed(sent.own); own != "" && isOrderID(own) {
			if document := idOf(sent.kind, own); document != "" {
				move.Documents = append(move.Documents, document)
			}
		}
	}
	return move
}
