package accountview

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/httpx"
)

// wholeRecord is a record of the books with its lines, in their order.
type wholeRecord struct {
	id     string
	header row
	lines  []row
}

// namedRows is how many headers a look-up by a whole number may bring: more than
// one only where the books match the beginning of a value.
const namedRows = 20

// wholeOrder reads a sales order with all columns of its header and lines. That
// it is not there, or no longer an open order, is a fault of kind NotFound.
func (b *Books) wholeOrder(ctx context.Context, number string) (wholeRecord, error) {
	t := b.orderTarget()
	notFound := fault.New(fault.NotFound, codeNotFound, system+" GET "+t.object).About(number)
	if strings.TrimSpace(number) == "" {
		return wholeRecord{}, notFound
	}
	read, err := b.answerTo(ctx, Query{
		Object: t.object, Table: t.table, Filters: b.equal(t.key, []string{number}), PageSize: namedRows, BookDate: b.bookDate(),
	})
	if err != nil {
		return wholeRecord{}, err
	}
	for _, header := range read.tables[t.table] {
		if same(header.text(t.key), number) {
			return wholeRecord{header.text(t.key), header, linesOf(read, t, header)}, nil
		}
	}
	return wholeRecord{}, notFound
}

// answerTo gives everything that one page of a read holds.
func (b *Books) answerTo(ctx context.Context, q Query) (answer, error) {
	var read answer
	err := b.authorized(ctx, func(token Token) error {
		header := bearer(token)
		header["X-Company"] = []string{b.settings.CompanyID}
		return b.consent.calls.do(ctx, httpx.Call{
			Op: q.op(), Method: http.MethodGet, URL: b.settings.BaseURL + q.path(), Header: header,
		}, func(a httpx.Answer) (err error) {
			if read, err = judgeRead(system+" "+q.op(), a); err == nil && !read.tells(q.Table) {
				err = fault.New(fault.Unavailable, codeTableMissing, system+" "+q.op())
			}
			return err
		})
	})
	return read, err
}

// linesOf gives the detail rows of one header: those that carry its hidden
// number, or all where there is one header only.
func linesOf(read answer, t target, header row) []row {
	hidden := t.table + "_Id"
	alone := len(read.tables[t.table]) == 1
	lines := slices.DeleteFunc(slices.Clone(read.tables[t.lineTable]), func(r row) bool {
		return !alone && r.text(hidden) != header.text(hidden)
	})
	slices.SortStableFunc(lines, func(x, y row) int {
		a, errA := x.number(fieldLineOrder)
		b, errB := y.number(fieldLineOrder)
		if errA != nil || errB != nil {
			return 0
		}
		return a.Cmp(b)
	})
	return lines
}
