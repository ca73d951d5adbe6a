package accountview

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/fault"
)

// family is what articles that belong together share: the code of their product.
func (s Settings) family(r row) string {
	if parent := s.variantOf(r); parent != "" {
		return parent
	}
	return articleKey(r.text(fieldArticleCode))
}

// withFamilies gives the articles of a page with those they belong with, wherever
// these stand in the list. A family whose first article is on another page is left to
// that one, so that each comes once. First is who comes first of those that the list
// holds: what changed, and what the filter of the document lets through.
func (b *Books) withFamilies(ctx context.Context, q Query, page []row, part connectors.Part) ([]row, error) {
	field := b.settings.Articles.VariantOfField
	if field == "" || len(page) == 0 {
		return page, nil
	}
	if !slices.ContainsFunc(page, func(r row) bool { return r.has(field) }) {
		return nil, fault.New(fault.Misconfigured, codeColumnMissing, system+" "+q.op()+": "+field)
	}
	members, tied, err := b.familyMembers(ctx, q, page)
	if err != nil || len(tied) == 0 {
		return page, err
	}
	first, err := b.familyFirst(ctx, q, tied, part)
	if err != nil {
		return nil, err
	}
	here := map[string]bool{}
	for _, r := range page {
		here[articleKey(r.text(fieldArticleCode))] = true
	}
	whole := unseen(append(slices.Clone(page), members...), byColumn(fieldArticleCode), map[string]bool{})
	return slices.DeleteFunc(whole, func(r row) bool {
		head, known := first[b.settings.family(r)]
		return known && !here[head]
	}), nil
}

// familyMembers reads all articles of the families that have an article on the page,
// and names these families. Any article may be what others are variants of: only they
// say so.
func (b *Books) familyMembers(ctx context.Context, q Query, page []row) (members []row, tied []string, err error) {
	field := b.settings.Articles.VariantOfField
	asked := map[string]bool{}
	for _, r := range page {
		asked[b.settings.family(r)] = true
	}
	found := map[string]bool{}
	collect := func(field string, keys []string) error {
		for _, expression := range oneOf([]string{field}, keys) {
			q.Expression = expression
			rows, err := b.rows(ctx, q)
			if err != nil {
				return err
			}
			for _, r := range rows {
				if family := b.settings.family(r); asked[family] { // the books may compare beginnings
					members = append(members, r)
					found[family] = found[family] || b.settings.variantOf(r) != ""
				}
			}
		}
		return nil
	}
	if err := collect(field, slices.Sorted(maps.Keys(asked))); err != nil {
		return nil, nil, err
	}
	asked = found
	tied = slices.Sorted(maps.Keys(found))
	return members, tied, collect(fieldArticleCode, tied)
}

// familyFirst is, by family, the article that comes first of it in the list.
func (b *Books) familyFirst(ctx context.Context, q Query, tied []string, part connectors.Part) (map[string]string, error) {
	field := b.settings.Articles.VariantOfField
	q.Fields = distinct(b.settings.pageKey(q.Table), fieldArticleCode, field)
	if changed := b.settings.Articles.ChangedField; !part.Since.IsZero() && changed != "" {
		q.Filters = []Filter{{changed, b.settings.OnOrAfterOperator, FilterMoment, sinceLiteral(part.Since, b.zone), false}}
	}
	first := map[string]string{}
	for _, expression := range oneOf([]string{field, fieldArticleCode}, tied) {
		if q.Expression = expression; part.Where != "" {
			q.Expression = "(" + part.Where + ") AND (" + expression + ")"
		}
		rows, err := b.rows(ctx, q)
		if err != nil {
			return nil, whereRefused(err, part)
		}
		for _, r := range rows {
			if family := b.settings.family(r); first[family] == "" {
				first[family] = articleKey(r.text(fieldArticleCode))
			}
		}
	}
	return first, nil
}

// Bounds of an expression: FoxPro's INLIST takes 24 values, and servers take no
// endless address.
const (
	mostListed        = 24
	longestExpression = 900
)

// oneOf are expressions that together hold the articles of which one of the columns
// is one of the keys, in whatever case: all of one key in one expression. As numbered
// filters they would be many calls.
func oneOf(fields, keys []string) []string {
	var all []string
	for len(keys) > 0 {
		var terms []string
		length, took := 0, 0
		for took < len(keys) && length < longestExpression {
			var values []string
			for took < len(keys) && len(values) < mostListed && length < longestExpression {
				value := foxproText(keys[took])
				values, length, took = append(values, value), length+len(fields)*(len(value)+1), took+1
			}
			for _, field := range fields {
				term := "INLIST(UPPER(" + tableArticle + "." + field + ")," + strings.Join(values, ",") + ")"
				terms, length = append(terms, term), length+len(field)+30
			}
		}
		all = append(all, strings.Join(terms, " OR "))
		keys = keys[took:]
	}
	return all
}

// foxproText is a text in an expression, between signs that it does not hold itself.
func foxproText(text string) string {
	for _, sign := range []string{"'", `"`} {
		if !strings.Contains(text, sign) {
			return sign + text + sign
		}
	}
	return "[" + text + "]"
}
