package db

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

// Kinds of article numbers.
const (
	kindPlain = "plain"
	kindAlias = "alias"
)

// numbering gives numbers to one batch of codes.
type numbering struct {
	integration string
	rules       domain.NumberRules
	aliases     bool // else only codes that are numbers themselves are noted
	dry         bool
	crawl       int64

	given   map[string]int64
	vain    map[string]int64    // the number that a code asks for and cannot have
	refused map[string]string   // why, by code
	rivals  map[string][]string // those that ask for the same number, or have it
	put     []numberRow
}

// numberRow is a row to be written; a zero is none.
type numberRow struct {
	sku          string
	number, asks int64
	kind         string
}

// read notes how codes stand.
func (w *numbering) read(ctx context.Context, from store.DBTX, keys []string) error {
	rows, err := Q.ArticleNumberGet(ctx, from, store.ArticleNumberGetParams{Integration: w.integration, Skus: keys})
	if err != nil {
		return fmt.Errorf("read article numbers: %w", err)
	}
	for _, row := range rows {
		if row.Number != nil {
			w.given[row.Sku] = *row.Number
		} else if row.Asks != nil {
			w.vain[row.Sku] = *row.Asks
		}
	}
	return nil
}

// missing are the codes without a number. Those that are only registered need none
// of their own, unless they are numbers.
func (w *numbering) missing(keys []string) []string {
	var missing []string
	for _, key := range keys {
		if w.given[key] != 0 {
			continue
		}
		asked := reconcile.NumberFor(key, w.rules)
		if asked.Refused != "" && w.vain[key] == 0 {
			w.refused[key] = asked.Refused
		} else if w.aliases || !asked.Alias || w.vain[key] != 0 {
			missing = append(missing, key)
		}
	}
	return missing
}

// give numbers the codes. It holds the lock, so nobody gives any meanwhile.
func (w *numbering) give(ctx context.Context, tx pgx.Tx, keys []string) error {
	if err := Q.ArticleNumberLock(ctx, tx, w.integration); err != nil {
		return fmt.Errorf("lock the article numbers: %w", err)
	}
	if err := w.read(ctx, tx, keys); err != nil {
		return err
	}
	if err := w.dropStale(ctx, tx); err != nil {
		return err
	}
	plain := map[int64][]string{} // who asks anew, by number
	var aliases []string
	for _, key := range keys {
		if w.given[key] != 0 {
			continue
		}
		switch asked := reconcile.NumberFor(key, w.rules); {
		case asked.Plain != 0:
			plain[asked.Plain] = append(plain[asked.Plain], key)
		case asked.Alias:
			aliases = append(aliases, key)
		default:
			w.refused[key] = asked.Refused
		}
	}
	if err := w.givePlain(ctx, tx, plain); err != nil {
		return err
	}
	if err := w.giveAliases(ctx, tx, aliases); err != nil {
		return err
	}
	return w.store(ctx, tx)
}

// dropStale takes back what codes asked for under other rules. Who asked for the same
// number may be alone now, and then gets it.
func (w *numbering) dropStale(ctx context.Context, tx pgx.Tx) error {
	var stale, asking []string
	for key, number := range w.vain {
		if asking = append(asking, key); reconcile.NumberFor(key, w.rules).Plain != number {
			stale = append(stale, key)
		}
	}
	if len(stale) == 0 {
		return nil
	}
	if err := Q.ArticleNumberDrop(ctx, tx, store.ArticleNumberDropParams{Integration: w.integration, Skus: stale}); err != nil {
		return fmt.Errorf("take back article numbers: %w", err)
	}
	if err := Q.ArticleNumberSettle(ctx, tx, w.integration); err != nil {
		return fmt.Errorf("give numbers that nobody else asks for: %w", err)
	}
	w.vain = map[string]int64{}
	return w.read(ctx, tx, asking)
}

// givePlain gives codes the number that they are. Where two ask for one, neither has
// it: which of them is meant at the till, nobody can tell. An alias stays whose it is.
func (w *numbering) givePlain(ctx context.Context, tx pgx.Tx, plain map[int64][]string) error {
	if len(plain) == 0 {
		return nil
	}
	asked := make([]int64, 0, len(plain))
	for number := range plain {
		asked = append(asked, number)
	}
	about, err := Q.ArticleNumberAbout(ctx, tx, store.ArticleNumberAboutParams{Integration: w.integration, Numbers: asked})
	if err != nil {
		return fmt.Errorf("read who has article numbers: %w", err)
	}
	has, asks := map[int64]store.ArticleNumberAboutRow{}, map[int64][]string{}
	for _, row := range about {
		if row.Number != nil {
			has[*row.Number] = row
		} else if !slices.Contains(plain[*row.Asks], row.Sku) {
			asks[*row.Asks] = append(asks[*row.Asks], row.Sku)
		}
	}
	for number, keys := range plain {
		holder, held := has[number]
		rivals := slices.Concat(keys, asks[number])
		if held {
			rivals = append(rivals, holder.Sku)
		}
		if len(rivals) == 1 {
			w.given[keys[0]] = number
			w.put = append(w.put, numberRow{sku: keys[0], number: number, kind: kindPlain})
			continue
		}
		slices.Sort(rivals)
		if held && holder.Kind == kindPlain {
			w.put = append(w.put, numberRow{sku: holder.Sku, asks: number, kind: kindPlain})
		}
		for _, key := range keys {
			w.refused[key], w.rivals[key] = reconcile.CodeNumberCollides, rivals
			if w.vain[key] != number || w.crawl != 0 { // a crawl notes that it met it
				w.put = append(w.put, numberRow{sku: key, asks: number, kind: kindPlain})
			}
		}
	}
	return nil
}

// giveAliases gives codes that are no numbers the next of the range.
func (w *numbering) giveAliases(ctx context.Context, tx pgx.Tx, keys []string) error {
	if len(keys) == 0 || !w.aliases {
		return nil
	}
	free, err := w.free(ctx, tx, len(keys))
	if err != nil {
		return err
	}
	for i, key := range keys {
		if i >= len(free) {
			w.refused[key] = reconcile.CodeNumbersExhausted
			continue
		}
		w.given[key] = free[i]
		w.put = append(w.put, numberRow{sku: key, number: free[i], kind: kindAlias})
	}
	return nil
}

// free are the next aliases. What this batch gives, and has not stored, is none.
func (w *numbering) free(ctx context.Context, tx pgx.Tx, wanted int) ([]int64, error) {
	last, err := Q.ArticleNumberLastAlias(ctx, tx, store.ArticleNumberLastAliasParams{Integration: w.integration, First: w.rules.First, Last: w.rules.Last})
	if err != nil {
		return nil, fmt.Errorf("read the last alias: %w", err)
	}
	var free []int64
	for len(free) < wanted && last < w.rules.Last {
		until := min(max(last, w.rules.First-1)+int64(2*wanted), w.rules.Last)
		numbers, err := Q.ArticleNumberTaken(ctx, tx, store.ArticleNumberTakenParams{Integration: w.integration, First: last + 1, Last: until})
		if err != nil {
			return nil, fmt.Errorf("read which numbers are taken: %w", err)
		}
		taken := map[int64]bool{}
		for _, number := range numbers {
			taken[number] = true
		}
		for _, row := range w.put {
			taken[max(row.number, row.asks)] = true
		}
		rules := w.rules
		rules.Last = until
		free = append(free, reconcile.NextAliases(rules, last, wanted-len(free), taken)...)
		last = until
	}
	return free, nil
}

// store writes what was given.
func (w *numbering) store(ctx context.Context, tx pgx.Tx) error {
	if len(w.put) == 0 {
		return nil
	}
	in := store.ArticleNumberPutParams{Integration: w.integration, Crawl: w.crawl}
	for _, row := range w.put {
		in.Skus, in.Numbers = append(in.Skus, row.sku), append(in.Numbers, row.number)
		in.Asked, in.Kinds = append(in.Asked, row.asks), append(in.Kinds, row.kind)
	}
	if err := Q.ArticleNumberPut(ctx, tx, in); err != nil {
		return fmt.Errorf("store article numbers: %w", err)
	}
	return nil
}
