package activities

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// CodePriceGroupMissing says that rows wait for something that people make at the till.
const CodePriceGroupMissing = "price_group_missing"

// CodePriceGroupMade says that they do so no more.
const CodePriceGroupMade = "price_group_made"

// priceLevels reads the price groups and promotions of the till, once for a page.
func (c *priceCarrier) priceLevels(ctx context.Context) (map[string][]connectors.PriceLevel, error) {
	if c.levels != nil {
		return c.levels, nil
	}
	err := patiently(ctx, func() (err error) {
		c.levels, err = c.till.PriceLevels(ctx)
		return err
	})
	beat(ctx, "read the price groups of the till")
	return c.levels, err
}

// levelOf names the price group or promotion that a row of the till refers to: the
// field and the number. None: it refers to none.
func levelOf(draft domain.Draft, levels map[string][]connectors.PriceLevel) (field, number string) {
	for field := range levels {
		if v, given := draft.Get(field); given && !v.IsEmpty() {
			return field, v.Text
		}
	}
	return "", ""
}

// entryMark stands between the parts of what a row waits for: the field, the number,
// and what the books call it.
const entryMark = "\t"

// missingLevel names what a row waits for; empty: the till has what it refers to.
func (c *priceCarrier) missingLevel(ctx context.Context, j reconcile.JudgedPrice) (string, error) {
	if j.Price.Customer != "" {
		return "", nil
	}
	levels, err := c.priceLevels(ctx)
	if err != nil {
		return "", err
	}
	field, number := levelOf(j.Draft, levels)
	if field == "" || slices.ContainsFunc(levels[field], func(l connectors.PriceLevel) bool { return l.Number == number }) {
		return "", nil
	}
	return strings.Join([]string{field, number, j.Price.PriceList + j.Price.CustomerGroup + j.Price.Promotion}, entryMark), nil
}

// wake has the lists looked at whose rows wait for what the till has by now.
func (c *priceCarrier) wake(ctx context.Context) error {
	entries, err := c.waiting(ctx)
	if err != nil || len(entries) == 0 {
		return err
	}
	levels, err := c.priceLevels(ctx)
	if err != nil {
		return err
	}
	var come []string
	for _, e := range entries {
		parts := strings.SplitN(e.Entry, entryMark, 3)
		if len(parts) == 3 && slices.ContainsFunc(levels[parts[0]], func(l connectors.PriceLevel) bool { return l.Number == parts[1] }) {
			come = append(come, e.Entry)
		}
	}
	if len(come) == 0 {
		return nil
	}
	if err := db.Q.PriceListsWake(ctx, c.DB, store.PriceListsWakeParams{DueAt: c.dueAt(), Integration: c.Integration, Entries: come}); err != nil {
		return fmt.Errorf("wake lists of prices: %w", err)
	}
	return nil
}

func (c *priceCarrier) waiting(ctx context.Context) ([]store.PriceListsWaitingRow, error) {
	entries, err := db.Q.PriceListsWaiting(ctx, c.DB, c.Integration)
	if err != nil {
		return nil, fmt.Errorf("read what prices wait for: %w", err)
	}
	return entries, nil
}

// ending gives one record for each price group and promotion that people must make,
// with how many rows wait for it, and one for each that nothing waits for any more.
func (c *priceCarrier) ending(ctx context.Context) (page connectors.Page[*priceRow], err error) {
	const past = string(rune(0x10FFFF)) // after the key of any list
	if err := c.carried(ctx, past); err != nil {
		return page, err
	}
	entries, err := c.waiting(ctx)
	if err != nil {
		return page, err
	}
	page.Records = c.missingLevels(entries)
	asked, err := db.Q.PriceParkedLevels(ctx, c.DB, store.PriceParkedLevelsParams{
		Integration: c.Integration, Entity: string(c.entity), Code: CodePriceGroupMissing,
	})
	if err != nil {
		return page, fmt.Errorf("read which price groups were asked for: %w", err)
	}
	for _, key := range asked {
		if !slices.ContainsFunc(page.Records, func(r *priceRow) bool { return r.key == key }) {
			page.Records = append(page.Records, madeLevel(key))
		}
	}
	return page, nil
}

// madeLevel is a price group that nothing waits for.
func madeLevel(key string) *priceRow {
	return &priceRow{key: key, source: &priceList{holder: holderTill}, leftOut: CodePriceGroupMade}
}

// missingLevels makes a record for each, as people call it: till/price group 7.
func (c *priceCarrier) missingLevels(entries []store.PriceListsWaitingRow) []*priceRow {
	type missing struct {
		rows int64
		of   []string
	}
	byKey := map[string]*missing{}
	var keys []string
	for _, e := range entries {
		parts := strings.SplitN(e.Entry, entryMark, 3)
		if len(parts) != 3 {
			continue
		}
		spec, _ := c.schema.Field(parts[0])
		key := holderTill + "/" + strings.ToLower(spec.Label) + " " + parts[1]
		if byKey[key] == nil {
			byKey[key] = &missing{}
			keys = append(keys, key)
		}
		byKey[key].rows += e.Rows
		if parts[2] != "" {
			byKey[key].of = append(byKey[key].of, parts[2])
		}
	}
	rs := make([]*priceRow, len(keys))
	for i, key := range keys {
		about := "rows waiting: " + strconv.FormatInt(byKey[key].rows, 10)
		if len(byKey[key].of) > 0 {
			about = strings.Join(byKey[key].of, ", ") + "; " + about
		}
		rs[i] = &priceRow{key: key, source: &priceList{holder: holderTill}}
		rs[i].parks(fault.New(fault.Rejected, CodePriceGroupMissing, "look at the till's price groups").About(about))
	}
	return rs
}

// noteWaiting writes down what rows of a list wait for.
func (c *priceCarrier) noteWaiting(ctx context.Context, l *priceList) error {
	slices.Sort(l.waiting)
	return c.noteList(ctx, l, l.known.Ours, false)
}

// noteList writes down what is new about a list.
func (c *priceCarrier) noteList(ctx context.Context, l *priceList, ours []string, absent bool) error {
	if c.DryRun || slices.Equal(ours, l.known.Ours) && slices.Equal(l.waiting, l.known.Waiting) && absent == l.known.Absent {
		return nil
	}
	note := store.PriceListNoteParams{
		Ours: append([]string{}, ours...), Waiting: append([]string{}, l.waiting...), Absent: absent,
		Integration: c.Integration, Holder: l.holder, Subject: l.subject,
	}
	if err := db.Q.PriceListNote(ctx, c.DB, note); err != nil {
		return fmt.Errorf("note a list of prices: %w", err)
	}
	l.known.Ours, l.known.Waiting, l.known.Absent = note.Ours, note.Waiting, absent
	return nil
}
