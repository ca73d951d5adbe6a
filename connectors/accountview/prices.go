package accountview

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/fault"
)

var _ connectors.PriceSource = (*Books)(nil)

var hundredPercent = decimal.NewFromInt(100)

// Prices reads a page of prices: one object after the other, in the order of the
// settings. A page may reach over several, so that a run that finds little is one
// page.
func (b *Books) Prices(ctx context.Context, part connectors.Part) (connectors.Page[connectors.PriceRecord], error) {
	var all connectors.Page[connectors.PriceRecord]
	at, after, err := b.priceObjectAt(part.After)
	if err != nil {
		return all, err
	}
	for ; at < len(b.settings.PriceObjects); at, after = at+1, "" {
		o := b.settings.PriceObjects[at]
		one := part
		one.After, one.Limit = after, part.Limit-len(all.Records)
		if !part.Since.IsZero() && o.Changed == "" {
			continue // nothing tells what changed: only a full run reads this one
		}
		rows, next, err := b.listPart(ctx, Query{Object: o.Object, Table: o.Table, Key: o.Key}, one, o.Changed)
		if err != nil {
			return all, priceObjectRefused(err)
		}
		if err := b.priceObjectShows(ctx, o, rows, part.Since.IsZero() && after == ""); err != nil {
			return all, err
		}
		for _, r := range rows {
			all.Records = append(all.Records, o.priceFromRow(r, b.zone))
			if moment := momentFrom(r.text(o.Changed), b.zone); o.Changed != "" && moment.After(all.Newest) {
				all.Newest = moment
			}
		}
		if next != "" {
			all.Next = strconv.Itoa(at) + ":" + next
			return all, nil
		}
		if len(all.Records) >= part.Limit && at+1 < len(b.settings.PriceObjects) {
			all.Next = strconv.Itoa(at+1) + ":"
			return all, nil
		}
	}
	return all, nil
}

// priceObjectAt reads where a page begins: an object, and a place in its list.
func (b *Books) priceObjectAt(token string) (at int, after string, err error) {
	if token == "" {
		return 0, "", nil
	}
	number, after, found := strings.Cut(token, ":")
	at, err = strconv.Atoi(number)
	if err != nil || !found || at < 0 || at >= len(b.settings.PriceObjects) {
		return 0, "", fault.New(fault.Invalid, codePageUnknown, system+" GET prices")
	}
	return at, after, nil
}

// priceObjectShows reports rows without a column that the settings name, and an
// empty list of an object that is not there: it must not pass for no prices.
func (b *Books) priceObjectShows(ctx context.Context, o PriceObject, rows []row, whole bool) error {
	if len(rows) > 0 {
		for _, name := range o.used() {
			if slices.ContainsFunc(rows, func(r row) bool { return !r.has(name) }) {
				return fault.New(fault.Misconfigured, codeColumnMissing, system+" GET "+o.Object+": "+name)
			}
		}
		return nil
	}
	if !whole {
		return nil
	}
	listed, err := b.BusinessObjects(ctx)
	if fault.Is(err, fault.NotFound) { // the books do not list their objects
		return nil
	}
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(listed, func(known BusinessObject) bool { return same(known.Code, o.Object) }) {
		return fault.New(fault.Misconfigured, codePriceObjectMissing, system+" GET "+o.Object)
	}
	return nil
}

// priceObjectRefused takes a refused list for what it is: a wrong setting.
func priceObjectRefused(err error) error {
	if f, ok := fault.As(err); ok && f.Kind == fault.Rejected {
		return fault.New(fault.Misconfigured, codePriceObjectMissing, f.Op).WithDetail(f.Detail())
	}
	return err
}

// listPart reads one page of a list, by key or by number as the settings say. With
// numbers the page before is looked at again, so that a list that shifted meanwhile
// is noticed and not passed off as whole.
func (b *Books) listPart(ctx context.Context, q Query, part connectors.Part, changed string) (rows []row, next string, err error) {
	q.PageSize = max(1, min(part.Limit, b.settings.MaxPageSize))
	q.BookDate, q.Expression = b.bookDate(), part.Where
	if !part.Since.IsZero() {
		q.Filters = append(q.Filters, Filter{changed, b.settings.OnOrAfterOperator, FilterMoment, sinceLiteral(part.Since, b.zone), false})
	}
	number, last, size := 1, part.After, q.PageSize
	if b.settings.Paging == PagingPageNumber {
		q.SortFields = []string{q.Key}
		if part.After != "" {
			if number, size, last, err = numberedPlace(part.After); err != nil {
				return nil, "", err
			}
		}
		q.PageNumber, q.PageSize = number, size
		if err := b.standsAs(ctx, q, last); err != nil {
			return nil, "", err
		}
	} else {
		q.LastKey = part.After
	}
	if rows, err = b.page(ctx, q); err != nil {
		return nil, "", err
	}
	full := len(rows) >= q.PageSize
	rows = unseen(rows, byColumn(q.Key), map[string]bool{})
	if !full {
		return rows, "", nil
	}
	end := rows[len(rows)-1].text(q.Key)
	switch {
	case end == "":
		return nil, "", fault.New(fault.Misconfigured, codePageKeyMissing, system+" "+q.op())
	case end == last:
		return nil, "", fault.New(fault.Unavailable, codePageRepeated, system+" "+q.op())
	case q.PageNumber > 0:
		return rows, strconv.Itoa(number+1) + "," + strconv.Itoa(size) + "," + end, nil
	default:
		return rows, end, nil
	}
}

// numberedPlace reads where a numbered page begins: its number, the size of the
// pages, and the key that the page before ended with.
func numberedPlace(after string) (number, size int, last string, err error) {
	parts := strings.SplitN(after, ",", 3)
	if len(parts) == 3 {
		number, err = strconv.Atoi(parts[0])
		if err == nil {
			size, err = strconv.Atoi(parts[1])
		}
		last = parts[2]
	}
	if len(parts) != 3 || err != nil || number < 2 || size < 1 {
		return 0, 0, "", fault.New(fault.Invalid, codePageUnknown, system+" GET")
	}
	return number, size, last, nil
}

// standsAs reports whether the page before still ends where it did.
func (b *Books) standsAs(ctx context.Context, q Query, last string) error {
	if q.PageNumber == 1 {
		return nil
	}
	q.PageNumber--
	before, err := b.page(ctx, q)
	if err != nil {
		return err
	}
	if len(before) == 0 || before[len(before)-1].text(q.Key) != last {
		return fault.New(fault.Unavailable, codeListShifted, system+" "+q.op())
	}
	return nil
}

// momentFrom reads when something changed, as the clock on the wall in Amsterdam
// said; the zero moment where that is not told or cannot be read.
func momentFrom(text string, zone *time.Location) time.Time {
	text = strings.TrimSpace(text)
	for _, form := range zonelessForms {
		if t, err := time.ParseInLocation(form, text, zone); err == nil {
			return t
		}
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}
	}
	return t
}
