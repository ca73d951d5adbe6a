package accountview

import (
	"context"
	"slices"
	"strconv"
	"strings"

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
		rows, next, err := b.part(ctx, Query{Object: o.Object, Table: o.Table, Key: o.Key}, one, o.Changed)
		if err != nil {
			return all, priceObjectRefused(err)
		}
		if err := b.priceObjectShows(ctx, o, rows, part.Since.IsZero() && after == ""); err != nil {
			return all, err
		}
		for _, r := range rows {
			all.Records = append(all.Records, o.priceFromRow(r, b.zone))
			if moment := b.changedAt(r, o.Changed); moment.After(all.Newest) {
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
