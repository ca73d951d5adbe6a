package accountview

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/fault"
)

// part reads one page of a list that is too long to be kept: as many rows as it
// may hold, in calls of page_size, and where the next one goes on. Rows that come
// twice are given once. As in rows, a full call that brings nothing new is a fault,
// and never an end; so is a list that shifted under numbered pages and cannot be
// followed. changed is the column that tells when a row changed; where there is
// none, every row is one that may have.
func (b *Books) part(ctx context.Context, q Query, of connectors.Part, changed string) (rows []row, next string, err error) {
	q.BookDate, q.Expression = b.bookDate(), of.Where
	if !of.Since.IsZero() && changed != "" {
		q.Filters = append(q.Filters, Filter{changed, b.settings.OnOrAfterOperator, FilterMoment, sinceLiteral(of.Since, b.zone), false})
	}
	limit := max(of.Limit, 1)
	size := min(max(q.PageSize, b.settings.PageSize), b.settings.MaxPageSize, limit)
	l := &list{Books: b, key: cmp.Or(q.Key, b.settings.pageKey(q.Table)), query: q}
	if l.place, err = placeFrom(of.After, b.settings.Paging, size); err != nil {
		return nil, "", err
	}
	seen := map[string]bool{}
	for again := 0; ; {
		ask := min(l.size, limit-len(rows))
		if l.number > 0 {
			ask = l.size // numbered pages are all of one size
		}
		page, err := l.read(ctx, ask)
		if err != nil {
			return nil, "", whereRefused(err, of)
		}
		fresh := unseen(beyond(page, l.key, l.last), byColumn(l.key), seen)
		rows = append(rows, fresh...)
		if len(page) < ask {
			return rows, "", nil
		}
		if len(fresh) == 0 {
			if again++; again > repeats {
				return nil, "", fault.New(fault.Unavailable, codePageRepeated, system+" "+q.op())
			}
			continue
		}
		again = 0
		if l.last = fresh[len(fresh)-1].text(l.key); l.last == "" {
			return nil, "", fault.New(fault.Misconfigured, codePageKeyMissing, system+" "+q.op())
		}
		if l.number > 0 {
			l.number++
		}
		if len(rows) >= limit || l.number > 0 && len(rows)+l.size > limit {
			return rows, l.place.String(), nil
		}
	}
}

// list is a list being read, and where it goes on.
type list struct {
	*Books
	query Query
	key   string
	place
}

// place is where a list goes on: after a key and, where pages have numbers, on
// which page of which size.
type place struct {
	last         string
	number, size int
}

// String writes the place down for the next page.
func (p place) String() string {
	if p.number == 0 {
		return p.last
	}
	return fmt.Sprintf("%d,%d,%s", p.number, p.size, p.last)
}

func placeFrom(after string, paging Paging, size int) (place, error) {
	if paging != PagingPageNumber {
		return place{last: after, size: size}, nil
	}
	if after == "" {
		return place{number: 1, size: size}, nil
	}
	parts := strings.SplitN(after, ",", 3)
	p := place{last: parts[len(parts)-1]}
	var wrong, wrongToo error
	if len(parts) == 3 {
		p.number, wrong = strconv.Atoi(parts[0])
		p.size, wrongToo = strconv.Atoi(parts[1])
	}
	if wrong != nil || wrongToo != nil || p.number < 2 || p.size < 1 || p.last == "" {
		return place{}, fault.New(fault.Invalid, codePageUnknown, system+" GET")
	}
	return p, nil
}

// followBack is how many numbered pages a list is followed back when rows of it
// went away.
const followBack = 3

// read makes the next call. Where pages have numbers, rows that went away meanwhile
// would let the next page begin too late: so the row before it must still be the
// last one read, or the pages before are read again until that one is met.
func (l *list) read(ctx context.Context, ask int) ([]row, error) {
	q := l.query
	q.PageSize = ask
	if l.number == 0 {
		q.LastKey = l.last
		return l.page(ctx, q)
	}
	if !q.System {
		q.SortFields = []string{l.key}
	}
	for back := 0; ; back++ {
		q.PageNumber = l.number
		page, err := l.page(ctx, q)
		if err != nil || l.last == "" {
			return page, err
		}
		if at := slices.IndexFunc(page, l.isLast); at >= 0 {
			if at == len(page)-1 && back > 0 {
				l.number++ // all of it was read before
			}
			return page, nil
		}
		if back == 0 {
			if stands, err := l.stands(ctx); err != nil || stands {
				return page, err
			}
		}
		if l.number == 1 || back == followBack {
			return nil, fault.New(fault.Unavailable, codeListShifted, system+" "+q.op())
		}
		l.number--
	}
}

func (l *list) isLast(r row) bool { return r.text(l.key) == l.last }

// stands reports whether the row before the page is still the last one read.
func (l *list) stands(ctx context.Context) (bool, error) {
	q := l.query
	q.SortFields, q.Fields = []string{l.key}, []string{l.key}
	q.PageSize, q.PageNumber = 1, (l.number-1)*l.size
	before, err := l.page(ctx, q)
	return len(before) == 1 && l.isLast(before[0]), err
}

// beyond gives the rows after the one with this key: where it comes again, so do
// those before it.
func beyond(page []row, key, last string) []row {
	for i := len(page) - 1; i >= 0 && last != ""; i-- {
		if page[i].text(key) == last {
			return page[i+1:]
		}
	}
	return page
}

// whereRefused takes a list that is refused for what it is: a filter of the document,
// or a column of it, that these books do not understand.
func whereRefused(err error, of connectors.Part) error {
	if f, ok := fault.As(err); ok && f.Kind == fault.Rejected && (of.Where != "" || !of.Since.IsZero()) {
		return fault.New(fault.Misconfigured, codeListRefused, f.Op).WithDetail(f.Detail())
	}
	return err
}

// changedAt is when a row says that it changed, never later than it can have been:
// the books show the clock on their wall, and label it UTC at times. A later moment
// than now is a wrong clock, and must not hide what changes next.
func (b *Books) changedAt(r row, field string) time.Time {
	text := strings.TrimSpace(r.text(field))
	if field == "" || text == "" {
		return time.Time{}
	}
	moment, err := time.Parse(time.RFC3339Nano, text)
	labelled := err == nil
	for _, form := range zonelessForms {
		if wall, err := time.ParseInLocation(form, strings.TrimRight(text, "Zz"), b.zone); err == nil && (!labelled || wall.Before(moment)) {
			moment = wall
			break
		}
	}
	if now := b.now(); moment.After(now) {
		return now
	}
	if moment.Year() < 1900 {
		return time.Time{}
	}
	return moment
}
