package accountview

import (
	"context"
	"net/http"

	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/httpx"
)

// readCompanies reads the top-level array of companies. Unlike the books, this
// list has no empty form but [].
func readCompanies(a httpx.Answer) ([]Company, error) {
	const op = system + " GET companies"
	if a.Status != http.StatusOK {
		if _, err := judgeRead(op, a); err != nil {
			return nil, err
		}
		return nil, fault.New(fault.Unavailable, codeUnavailable, op)
	}
	var listed []any
	if err := decode(a.Body, &listed); err != nil {
		_, trouble := judgeRead(op, a)
		if trouble == nil {
			trouble = fault.New(fault.Unavailable, codeUnreadable, op)
		}
		return nil, trouble
	}
	rows, _, err := rowsIn(listed)
	if err != nil {
		return nil, fault.New(fault.Unavailable, codeUnreadable, op)
	}
	companies := make([]Company, 0, len(rows))
	for _, r := range rows {
		companies = append(companies, Company{ID: r.text("Id"), Description: r.text("Description"), Code: r.text("Code")})
	}
	return companies, nil
}

// Companies lists the companies that the person who gave consent may use.
func (b *Books) Companies(ctx context.Context) ([]Company, error) {
	var companies []Company
	err := b.authorized(ctx, func(token Token) (err error) {
		companies, err = b.consent.Companies(ctx, token)
		return err
	})
	return companies, err
}
