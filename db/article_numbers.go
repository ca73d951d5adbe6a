package db

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// Numbers keeps which number each article of the books has at a till that knows
// articles by number. A number that was given is never given to another code.
type Numbers struct {
	DB *pgxpool.Pool
}

// Of gives the numbers of codes, and makes those that are missing. What cannot have
// one is among the refused. Both go by the codes as they were asked. Codes that have
// a number cost one statement.
func (n Numbers) Of(ctx context.Context, integration string, rules domain.NumberRules, skus []string) (map[string]string, map[string]*fault.Error, error) {
	return n.of(ctx, numbering{integration: integration, rules: rules, aliases: true}, skus)
}

// Would gives what Of would give, and keeps nothing.
func (n Numbers) Would(ctx context.Context, integration string, rules domain.NumberRules, skus []string) (map[string]string, map[string]*fault.Error, error) {
	return n.of(ctx, numbering{integration: integration, rules: rules, aliases: true, dry: true}, skus)
}

// Register notes which numbers codes ask for by themselves, before any of them is
// used, and before any alias is given that might be one of them. The crawl is the
// reading that met them.
func (n Numbers) Register(ctx context.Context, integration string, rules domain.NumberRules, crawl int64, skus []string) error {
	_, _, err := n.of(ctx, numbering{integration: integration, rules: rules, crawl: crawl}, skus)
	return err
}

// Registered says that the crawl met every code there is: codes that ask for a number
// of another, and that the books no longer have, ask no more.
func (n Numbers) Registered(ctx context.Context, integration string, crawl int64) error {
	return pgx.BeginFunc(ctx, n.DB, func(tx pgx.Tx) error {
		if err := Q.ArticleNumberLock(ctx, tx, integration); err != nil {
			return fmt.Errorf("lock the article numbers: %w", err)
		}
		if err := Q.ArticleNumberForget(ctx, tx, store.ArticleNumberForgetParams{Integration: integration, Crawl: crawl}); err != nil {
			return fmt.Errorf("forget codes that are gone: %w", err)
		}
		if err := Q.ArticleNumberSettle(ctx, tx, integration); err != nil {
			return fmt.Errorf("give numbers that nobody else asks for: %w", err)
		}
		return nil
	})
}

// errDry undoes what a dry run noted.
var errDry = errors.New("a dry run")

func (n Numbers) of(ctx context.Context, w numbering, skus []string) (map[string]string, map[string]*fault.Error, error) {
	numbers, refused := map[string]string{}, map[string]*fault.Error{}
	var keys []string
	met := map[string]bool{}
	for _, sku := range skus {
		if key := reconcile.NumberKey(sku); !met[key] {
			met[key] = true
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return numbers, refused, nil
	}
	w.given, w.vain = map[string]int64{}, map[string]int64{}
	w.refused, w.rivals = map[string]string{}, map[string][]string{}
	if err := w.read(ctx, n.DB, keys); err != nil {
		return nil, nil, err
	}
	if missing := w.missing(keys); len(missing) > 0 {
		slices.Sort(missing) // in one order, whoever asks: aliases follow the codes
		err := pgx.BeginFunc(ctx, n.DB, func(tx pgx.Tx) error {
			if err := w.give(ctx, tx, missing); err != nil || !w.dry {
				return err
			}
			return errDry
		})
		if err != nil && !errors.Is(err, errDry) {
			return nil, nil, err
		}
	}
	for _, sku := range skus {
		key := reconcile.NumberKey(sku)
		if number := w.given[key]; number != 0 {
			numbers[sku] = strconv.FormatInt(number, 10)
		} else if code := w.refused[key]; code != "" {
			refused[sku] = fault.New(fault.Invalid, code, "number articles").About(w.about(key, sku))
		}
	}
	return numbers, refused, nil
}

// Another gives an article another alias, after the till turned out to have one of
// its own under the number that was taken. A code that is a number keeps it, and is
// refused.
func (n Numbers) Another(ctx context.Context, integration string, rules domain.NumberRules, sku, taken string) (string, *fault.Error, error) {
	key := reconcile.NumberKey(sku)
	was, err := strconv.ParseInt(taken, 10, 64)
	if err != nil {
		return "", nil, fmt.Errorf("read a number that is taken: %w", err)
	}
	var number string
	var refused *fault.Error
	err = pgx.BeginFunc(ctx, n.DB, func(tx pgx.Tx) error {
		w := numbering{integration: integration, rules: rules, aliases: true}
		if err := Q.ArticleNumberLock(ctx, tx, integration); err != nil {
			return fmt.Errorf("lock the article numbers: %w", err)
		}
		rows, err := Q.ArticleNumberGet(ctx, tx, store.ArticleNumberGetParams{Integration: integration, Skus: []string{key}})
		if err != nil {
			return fmt.Errorf("read an article number: %w", err)
		}
		switch {
		case len(rows) == 0 || rows[0].Number == nil || *rows[0].Number == was && rows[0].Kind == kindPlain:
			refused = fault.New(fault.Conflict, "number_taken", "number articles").About(sku + ": " + taken)
			return nil
		case *rows[0].Number != was: // another worker was here
			number = strconv.FormatInt(*rows[0].Number, 10)
			return nil
		}
		free, err := w.free(ctx, tx, 1)
		if err != nil {
			return err
		}
		if len(free) == 0 {
			refused = fault.New(fault.Invalid, reconcile.CodeNumbersExhausted, "number articles").About(sku)
			return nil
		}
		number = strconv.FormatInt(free[0], 10)
		err = Q.ArticleNumberAnother(ctx, tx, store.ArticleNumberAnotherParams{Integration: integration, Sku: key, Number: free[0], Taken: was})
		if err != nil {
			return fmt.Errorf("store another article number: %w", err)
		}
		return nil
	})
	return number, refused, err
}

// about names a code that is refused, and those it meets.
func (w *numbering) about(key, sku string) string {
	others := slices.DeleteFunc(slices.Clone(w.rivals[key]), func(other string) bool { return other == key })
	return strings.Join(append([]string{sku}, others...), ", ")
}
