package mplus

import (
	"context"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// OrdersByNumber reads sales of any kind by what people call them, or by the id of
// a receipt or invoice. A text that is neither is a fault of kind Invalid; one that
// the till does not know, or that belongs to another branch, is not in the answer.
func (c *Client) OrdersByNumber(ctx context.Context, numbers []string) ([]connectors.SourceOrder, error) {
	var asked []saleNumber
	for _, text := range numbers {
		number, err := parseSaleNumber(text)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(asked, number) {
			asked = append(asked, number)
		}
	}
	var found []connectors.SourceOrder
	for _, kind := range domain.SourceKinds() {
		of := slices.DeleteFunc(slices.Clone(asked), func(n saleNumber) bool { return n.kind != kind })
		s := c.Sales(kind)
		sheet, err := s.byNumber(ctx, of)
		if err != nil {
			return nil, err
		}
		sales, err := s.understand(ctx, s.list.op, c.wanted(sheet))
		if err != nil {
			return nil, err
		}
		found = append(found, sales...)
	}
	return found, nil
}

// byNumber reads the sales with these numbers and ids, which are all of its kind.
func (s Sales) byNumber(ctx context.Context, asked []saleNumber) ([]sentSale, error) {
	var ids []string
	var numbers []yearNumberID
	for _, n := range asked {
		switch {
		case n.id != "":
			ids = append(ids, n.id)
		case s.list.kind == domain.SourceReceipt:
			id, err := s.receiptID(ctx, n)
			if err != nil {
				return nil, err
			}
			if id != "" {
				ids = append(ids, id)
			}
		default:
			numbers = append(numbers, n.yearNumberID)
		}
	}
	var found []sentSale
	collect := func(window saleWindow, wanted func(sentSale) bool) error {
		sheet, err := s.read(ctx, window)
		for _, sent := range sheet { // a till that overlooks the filter gives all it has
			if wanted(sent) {
				found = append(found, sent)
			}
		}
		return err
	}
	for some := range slices.Chunk(ids, s.settings.PageLimit) {
		if err := collect(saleWindow{ids: some}, func(sent sentSale) bool { return slices.Contains(some, sent.wire.ownID()) }); err != nil {
			return nil, err
		}
	}
	for some := range slices.Chunk(numbers, s.settings.PageLimit) {
		if err := collect(saleWindow{numbers: some}, func(sent sentSale) bool { return slices.Contains(some, sent.wire.yearAndNumber()) }); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// receiptScan is how a receipt is looked for among those of its branch and year.
type receiptScan struct {
	branch, year int
}

// scan narrows the request to receipts of a branch around a year, without lines.
func (r *getReceiptsRequest) scan(s receiptScan) {
	r.BranchNumbers = []int{s.branch}
	r.FromFinancialDate = &soapMplusDateOut{Day: 1, Mon: 12, Year: s.year - 1}
	r.ThroughFinancialDate = &soapMplusDateOut{Day: 31, Mon: 1, Year: s.year + 1} // a financial date may lag behind the clock that numbers
	r.IncludeLineList = new(bool)
}

// mostScanned is how many pages of a branch's year are leafed through for a receipt.
const mostScanned = 500

// receiptID looks a receipt up by its number; empty when there is none. The till
// filters receipts by much, but not by their number (WSDL 67.1.3), so the branch's
// year is leafed through. Only a person asks so; a receipt that arrived is known by its id.
func (s Sales) receiptID(ctx context.Context, n saleNumber) (string, error) {
	next := int64(1)
	for range mostScanned {
		window := saleWindow{marker: new(next), scan: &receiptScan{n.branch, n.Year}}
		if s.settings.PageOrder == LowestFirst {
			window.limit = s.settings.PageLimit
		}
		sheet, err := s.read(ctx, window)
		if err != nil {
			return "", err
		}
		highest := next - 1
		for _, sent := range sheet {
			highest = max(highest, sent.marker)
			if sent.wire.number() == n.String() {
				return sent.wire.ownID(), nil
			}
		}
		if highest < next {
			return "", nil
		}
		next = highest + 1
	}
	return "", fault.New(fault.Rejected, "receipt_not_searchable", s.list.op.op()).About(n.String())
}
