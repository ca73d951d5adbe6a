package accountview

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/httpx"
)

// write sends an envelope and gives the rows that the books stored, of the
// table it was about.
func (b *Books) write(ctx context.Context, method string, e envelope) ([]row, error) {
	body, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("write the envelope of %s: %w", e.BusinessObject, err)
	}
	call := httpx.Call{
		Op: method + " " + e.BusinessObject, Write: true, Method: method,
		URL: b.settings.BaseURL + "/accountviewdata", Body: body,
	}
	var rows []row
	err = b.authorized(ctx, func(token Token) error {
		call.Header = bearer(token)
		call.Header["Content-Type"] = []string{"application/json; charset=utf-8"}
		call.Header["X-Company"] = []string{b.settings.CompanyID}
		return b.consent.calls.do(ctx, call, func(a httpx.Answer) error {
			if method == http.MethodPut && a.Status/100 == 2 && len(a.Body) == 0 {
				return nil // an update has no key to tell
			}
			read, err := b.settings.judgeWrite(system+" "+call.Op, method, a)
			rows = read.tables[e.Table.Definition.Name]
			return err
		})
	})
	if f, ok := fault.As(err); ok && f.Code == codeWrongCompany {
		return nil, b.whyForbidden(ctx, e, f)
	}
	return rows, err
}

// whyForbidden tells a company that is closed to us from one that may be read
// only, which is what a consent without the right to write looks like: a 403 says
// the same of both. Nothing was stored, so whatever this read says may be tried again.
func (b *Books) whyForbidden(ctx context.Context, e envelope, refused *fault.Error) error {
	_, err := b.page(ctx, Query{Object: e.BusinessObject, Table: e.Table.Definition.Name, PageSize: 1, BookDate: b.bookDate()})
	switch {
	case err == nil || fault.Is(err, fault.Rejected): // a question was heard, so the company is open
		return fault.New(fault.Unauthorized, codeConsentTooNarrow, refused.Op).WithDetail(refused.Detail())
	case fault.Is(err, fault.Unavailable) || fault.Is(err, fault.Throttled):
		return err
	default:
		return refused
	}
}

// create writes a new record and gives its row, which must hold its key. An
// answer without it leaves open what was stored, and where.
func (b *Books) create(ctx context.Context, e envelope, key string) (row, error) {
	rows, err := b.write(ctx, http.MethodPost, e)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || rows[0].text(key) == "" {
		return nil, fault.New(fault.Uncertain, codeAnswerWithoutKey, system+" POST "+e.BusinessObject)
	}
	return rows[0], nil
}

// about names the record in a fault, for the log and the person who solves it.
func about(err error, key string) error {
	if f, ok := fault.As(err); ok && f.Key == "" {
		f.About(key)
	}
	return err
}
