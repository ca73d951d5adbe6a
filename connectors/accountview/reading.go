package accountview

import (
	"cmp"
	"context"
	"net/http"

	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/httpx"
)

// repeats is how often a page that brings nothing new is asked for again.
const repeats = 2

// mostPages bounds a list that never ends: two million rows at 200 a page.
const mostPages = 10_000

// page reads one page of the table the query is about.
func (b *Books) page(ctx context.Context, q Query) ([]row, error) {
	var rows []row
	err := b.authorized(ctx, func(token Token) error {
		header := bearer(token)
		header["X-Company"] = []string{b.settings.CompanyID}
		return b.consent.calls.do(ctx, httpx.Call{
			Op: q.op(), Method: http.MethodGet, URL: b.settings.BaseURL + q.path(), Header: header,
		}, func(a httpx.Answer) error {
			read, err := judgeRead(system+" "+q.op(), a)
			if err != nil {
				return err
			}
			if !read.tells(q.Table) {
				return fault.New(fault.Unavailable, codeTableMissing, system+" "+q.op())
			}
			rows = read.tables[q.Table]
			return nil
		})
	})
	return rows, err
}

// rows reads all pages of a query. Rows that come twice are given once. A full
// page that brings nothing new is asked for again, and in the end a fault: to
// stop there would pass off half a list as the whole. A numbered page that holds
// rows of an earlier one is asked for again too: the list shifted under us, and
// might shift back past a row that we never saw.
func (b *Books) rows(ctx context.Context, q Query) ([]row, error) {
	q.PageSize = min(max(q.PageSize, b.settings.PageSize), b.settings.MaxPageSize)
	if q.BookDate.IsZero() {
		q.BookDate = b.bookDate()
	}
	key := cmp.Or(q.Key, b.settings.pageKey(q.Table))
	identity := q.identity(key)
	if b.settings.Paging == PagingPageNumber {
		q.PageNumber = 1
		if !q.System { // the dictionary keeps its own order, and its key is no column to sort by
			q.SortFields = []string{key}
		}
	}
	var all []row
	seen, shifts := map[string]bool{}, shiftWatch{}
	for again, gained, read := 0, 0, 1; ; read++ {
		page, err := b.page(ctx, q)
		if err != nil {
			return nil, err
		}
		shifted := shifts.met(page, identity, q.PageNumber)
		fresh := unseen(page, identity, seen)
		all, gained = append(all, fresh...), gained+len(fresh)
		switch {
		case len(page) < q.PageSize:
			return all, nil
		case read >= b.mostPages:
			return nil, fault.New(fault.Unavailable, codeEndless, system+" "+q.op())
		case (gained == 0 || shifted) && again < repeats:
			again++
			continue
		case gained == 0:
			return nil, fault.New(fault.Unavailable, codePageRepeated, system+" "+q.op())
		}
		again, gained = 0, 0
		last := all[len(all)-1].text(key)
		if last == "" {
			return nil, fault.New(fault.Misconfigured, codePageKeyMissing, system+" "+q.op())
		}
		if b.settings.Paging == PagingPageNumber {
			q.PageNumber++
		} else {
			q.LastKey = last
		}
	}
}

// identity gives what a row is known by; empty when it shows nothing of it.
func (q Query) identity(key string) func(row) string {
	if len(q.Identity) == 0 {
		return byColumn(key)
	}
	return func(r row) string {
		joined, shown := "", false
		for _, name := range q.Identity {
			text := r.text(name)
			joined, shown = joined+text+"\x00", shown || text != ""
		}
		if !shown {
			return ""
		}
		return joined
	}
}

func byColumn(name string) func(row) string { return func(r row) string { return r.text(name) } }

// shiftWatch remembers on which numbered page a row was met first.
type shiftWatch map[string]int

// met reports whether a page holds rows of an earlier one. Pages without a
// number (0) go on after a key, where rows that come again do no harm.
func (w shiftWatch) met(page []row, identity func(row) string, number int) bool {
	shifted := false
	for _, r := range page {
		k := identity(r)
		if first, before := w[k]; !before {
			w[k] = number
		} else if first < number && k != "" {
			shifted = true
		}
	}
	return shifted
}

// unseen gives the rows whose key did not come before. A row without a key
// cannot be told apart from others and is kept.
func unseen(page []row, identity func(row) string, seen map[string]bool) []row {
	var fresh []row
	for _, r := range page {
		k := identity(r)
		if k != "" && seen[k] {
			continue
		}
		seen[k] = true
		fresh = append(fresh, r)
	}
	return fresh
}
