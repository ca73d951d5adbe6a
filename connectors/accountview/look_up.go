package accountview

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/koppel/koppel/internal/fault"
)

// same compares as people do: without regard to case and surrounding blanks.
func same(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}

// spellings are the ways a value may stand in the books: as it is, in capitals
// as code columns are kept, in small letters as e-mail addresses often are.
// Whether the filters regard case is not known.
func spellings(value string) []string {
	value = strings.TrimSpace(value)
	all := []string{value}
	for _, other := range []string{strings.ToUpper(value), strings.ToLower(value)} {
		if !slices.Contains(all, other) {
			all = append(all, other)
		}
	}
	return all
}

// compact is a number without what people put between its parts: BE 0123.456.749.
func compact(number string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, strings.ToUpper(number))
}

// vatSpellings are the ways a VAT number may stand in the books: as it is at the
// till, or compact.
func vatSpellings(number string) []string {
	all := spellings(number)
	if short := compact(number); short != "" && !slices.Contains(all, short) {
		all = append(all, short)
	}
	return all
}

// anyOf splits a look-up of many values into queries that each carry no more
// filters than one call may.
func (b *Books) anyOf(q Query, field string, values []string) []Query {
	var queries []Query
	for batch := range slices.Chunk(values, b.settings.FiltersPerCall) {
		asked := q
		asked.MatchAny = true
		asked.Filters = b.equal(field, batch)
		queries = append(queries, asked)
	}
	return queries
}

func (b *Books) equal(field string, values []string) []Filter {
	comma := func(v string) bool { return strings.Contains(v, ",") }
	if b.settings.ListFilters && len(values) > 1 && !slices.ContainsFunc(values, comma) {
		return []Filter{{field, b.settings.EqualOperator, FilterText, strings.Join(values, ","), true}}
	}
	filters := make([]Filter, 0, len(values))
	for _, v := range values {
		filters = append(filters, Filter{field, b.settings.EqualOperator, FilterText, v, false})
	}
	return filters
}

// find reads the rows of which the field holds the value. The books may match
// the beginning of a value only, so every row is compared again here. Rows
// that do not show the field cannot be compared: to pass over them would call a
// record missing that is there.
func (b *Books) find(ctx context.Context, q Query, field, value string) ([]row, error) {
	return b.findSpelled(ctx, q, field, spellings(value), func(text string) bool { return same(text, value) })
}

// findSpelled does so for a value that may be spelled in any of these ways.
func (b *Books) findSpelled(ctx context.Context, q Query, field string, spelled []string, holds func(text string) bool) ([]row, error) {
	var found []row
	key := b.settings.pageKey(q.Table)
	seen := map[string]bool{}
	for _, asked := range b.anyOf(q, field, spelled) {
		rows, err := b.rows(ctx, asked)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(rows, func(r row) bool { return !r.has(field) }) {
			return nil, fault.New(fault.Misconfigured, codeColumnMissing, system+" "+q.op()+": "+field)
		}
		rows = slices.DeleteFunc(rows, func(r row) bool { return !holds(r.text(field)) })
		found = append(found, unseen(rows, q.identity(key), seen)...)
	}
	return found, nil
}
