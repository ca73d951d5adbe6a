package mplus

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/fault"
)

// SaveStock sets amounts in bulk, as far as the till can, else one by one.
func (c *Client) SaveStock(ctx context.Context, branch, reference string, rows []connectors.StockRow) (connectors.StockSaved, error) {
	saved := connectors.StockSaved{Refused: map[string]error{}}
	place, err := branchNumber(opSaveStockCorrections, branch)
	if err != nil {
		return saved, err
	}
	employee, err := wireInt(c.settings.Employee).parse()
	if err != nil && c.settings.Employee != "" {
		return saved, fault.New(fault.Misconfigured, codeEmployeeUnknown, opSaveStockCorrections.op())
	}
	s := stockSaving{Client: c, branch: place, employee: employee, reference: reference, saved: &saved}
	for _, row := range rows {
		if correction, wrong := c.correctionFrom(row); wrong != nil {
			saved.Refused[row.Article] = wrong
		} else {
			s.rows = append(s.rows, correction)
		}
	}
	for batch := range slices.Chunk(s.rows, c.settings.StockBatch) {
		if err := s.save(ctx, batch); err != nil {
			return saved, err
		}
	}
	return saved, nil
}

// correctionFrom writes a row as the till means an amount: what lies there, or what
// is free of it.
func (c *Client) correctionFrom(row connectors.StockRow) (stockCorrection, error) {
	n, err := wireInt(row.Article).parse()
	if err != nil || !isPlainNumber(row.Article) {
		return stockCorrection{}, fault.New(fault.Invalid, "sku_not_numeric", opSaveStockCorrections.op()).About(row.Article)
	}
	amount := row.Free
	if c.settings.StockSets == StockSetsPhysical {
		amount = amount.Add(row.Reserved)
	}
	w := &drafting{}
	units, places := w.quantity("amount", amount)
	if err := w.err(opSaveStockCorrections, row.Article); err != nil {
		return stockCorrection{}, err
	}
	return stockCorrection{ArticleNumber: n, Amount: units, DecimalPlaces: places}, nil
}

// stockSaving is one SaveStock at work.
type stockSaving struct {
	*Client
	branch, employee int64
	reference        string
	rows             []stockCorrection
	saved            *connectors.StockSaved
}

// save sends a batch. The till takes all of it or none, and names one article that
// it does not take: that one is put aside and the rest sent again. To send again
// what may have been saved does no harm: amounts are absolute.
func (s *stockSaving) save(ctx context.Context, batch []stockCorrection) error {
	auto := s.settings.StockWrite == StockWriteAuto
	if s.settings.StockWrite == StockWriteSetStock || auto && s.stock.single.Load() {
		return s.oneByOne(ctx, batch)
	}
	for len(batch) > 0 {
		var w saveStockCorrectionsResponse
		err := s.ask(ctx, opSaveStockCorrections, saveStockCorrections{saveStockCorrectionsRequest{
			BranchNumber: s.branch, EmployeeNumber: s.employee, Reference: s.reference, StockCorrectionList: batch,
			CorrectionType: "CORRECTION-TYPE-COUNT", CorrectionMode: "STOCK-CORRECTION-MODE-ABSOLUTE",
		}}, &w)
		f, _ := fault.As(err)
		if f != nil && f.Code == codeTillRefused && auto {
			if strings.Contains(strings.ToLower(f.Detail()), "not implemented") {
				s.stock.single.Store(true) // for as long as this client lives
			}
			return s.oneByOne(ctx, batch)
		}
		if f != nil && f.Code == codeTillRefused { // the call, not what is in it
			return fault.New(fault.Misconfigured, f.Code, f.Op).WithDetail(f.Detail())
		}
		if err != nil {
			return err
		}
		why := stockFault(opSaveStockCorrections, string(w.Result))
		if why == nil {
			for _, row := range batch {
				s.done(row)
			}
			return nil
		}
		failed, err := w.FailedArticleNumber.parse()
		at := slices.IndexFunc(batch, func(row stockCorrection) bool { return row.ArticleNumber == failed })
		switch {
		case why.Kind == fault.Misconfigured:
			return why
		case (err != nil || at < 0) && auto: // it does not say which one
			return s.oneByOne(ctx, batch)
		case (err != nil || at < 0) && len(batch) > 1:
			return s.apart(ctx, batch)
		case err != nil || at < 0:
			at = 0
		}
		s.refuse(batch[at], why)
		batch = slices.Delete(slices.Clone(batch), at, at+1)
	}
	return nil
}

// apart sends each row in a batch of its own, to find the one that fails.
func (s *stockSaving) apart(ctx context.Context, batch []stockCorrection) error {
	for row := range slices.Chunk(batch, 1) {
		if err := s.save(ctx, row); err != nil {
			return err
		}
	}
	return nil
}

// oneByOne sets each amount in a call of its own.
func (s *stockSaving) oneByOne(ctx context.Context, batch []stockCorrection) error {
	for _, row := range batch {
		var w setStockResponse
		err := s.ask(ctx, opSetStock, setStock{setStockRequest{
			BranchNumber: s.branch, ArticleNumber: row.ArticleNumber, Amount: row.Amount, DecimalPlaces: row.DecimalPlaces,
			EmployeeNumber: s.employee, Reference: s.reference,
		}}, &w)
		if f, ok := fault.As(err); ok && f.Kind == fault.Rejected {
			s.refuse(row, f)
			continue
		}
		if err != nil {
			return err
		}
		switch why := stockFault(opSetStock, string(w.Result)); {
		case why == nil:
			s.done(row)
		case why.Kind == fault.Misconfigured || why.Kind.Retryable():
			return why
		default:
			s.refuse(row, why)
		}
	}
	return nil
}

func (s *stockSaving) done(row stockCorrection) {
	s.saved.Done = append(s.saved.Done, strconv.FormatInt(row.ArticleNumber, 10))
}

func (s *stockSaving) refuse(row stockCorrection, why *fault.Error) {
	article := strconv.FormatInt(row.ArticleNumber, 10)
	s.saved.Refused[article] = fault.New(why.Kind, why.Code, why.Op).About(article).WithDetail(why.Detail())
}

// stockFault judges the result of setting stock.
func stockFault(op operation, result string) *fault.Error {
	_, outcome, _ := strings.Cut(strings.TrimSpace(result), "-RESULT-")
	switch outcome {
	case "NO-STOCK-ARTICLE":
		return fault.New(fault.Rejected, connectors.CodeNoStockArticle, op.op())
	case "ARTICLE-NOT-FOUND":
		return fault.New(fault.NotFound, connectors.CodeNotAtTill, op.op())
	case "BRANCH-NOT-FOUND":
		return fault.New(fault.Misconfigured, codeBranchUnknown, op.op())
	}
	f, _ := fault.As(faultFromResult(op, result, ""))
	return f
}
