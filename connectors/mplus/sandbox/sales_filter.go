package sandbox

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"github.com/koppel/koppel/internal/sandboxkit"
)

// sale is what orders, receipts and invoices have in common for a filter.
type sale struct {
	marker   int64
	branch   int32
	employee int64
	relation int64
	day      *dateXML
	activity string
	lines    *lineListXML
}

func (s sale) hasLine(fits func(lineXML) bool) bool {
	return s.lines != nil && slices.ContainsFunc(s.lines.Line, fits)
}

// matches applies the filters that the three requests share; all of them must hold.
func (f saleFilterXML) matches(t *till, s sale) bool {
	day := value(s.day).ordinal()
	switch {
	case f.FromFinancialDate != nil && !f.FromFinancialDate.none() && day < f.FromFinancialDate.ordinal(),
		f.ThroughFinancialDate != nil && !f.ThroughFinancialDate.none() && day > f.ThroughFinancialDate.ordinal(),
		!listed(f.BranchNumbers, s.branch),
		!listed(f.EmployeeNumbers, s.employee),
		!listed(f.RelationNumbers, s.relation),
		f.ActivityID != nil && *f.ActivityID != "" && *f.ActivityID != s.activity:
		return false
	}
	lineFilters := []struct {
		given bool
		fits  func(lineXML) bool
	}{
		{len(f.ArticleNumbers) > 0, func(l lineXML) bool { return slices.Contains(f.ArticleNumbers, l.ArticleNumber) }},
		{len(f.SupplierRelationNumbers) > 0, func(l lineXML) bool {
			return slices.Contains(f.SupplierRelationNumbers, value(l.SupplierRelationNumber))
		}},
		{len(f.ArticleTurnoverGroups) > 0, func(l lineXML) bool {
			return slices.Contains(f.ArticleTurnoverGroups, value(value(l.Data).TurnoverGroup))
		}},
		{len(f.ArticlePluNumbers.Text) > 0, func(l lineXML) bool { return f.ArticlePluNumbers.has(value(l.PluNumber)) }},
		{len(f.ArticleBarcodes.Text) > 0, func(l lineXML) bool {
			article := t.article(l.ArticleNumber)
			return article != nil && f.ArticleBarcodes.has(value(article.Barcode))
		}},
	}
	for _, filter := range lineFilters {
		if filter.given && !s.hasLine(filter.fits) {
			return false
		}
	}
	return true
}

// listed holds when a filter is empty or names the value.
func listed[T comparable](filter []T, v T) bool {
	return len(filter) == 0 || slices.Contains(filter, v)
}

func (l textListXML) has(text string) bool {
	return text != "" && slices.Contains(l.Text, textXML{text})
}

// page is one marker read: what was asked, over rows that have markers.
type page[T any] struct {
	from   *int64 // nil: no marker read, everything is answered
	limit  int
	marker func(T) int64
	size   func(T) int // how much a row counts toward the limit; nil: one
}

// cut sorts the rows by marker and takes the page: the lowest markers from the asked one on. A repeated page is the one
// before it. Without a marker the limit has no meaning.
func (p page[T]) cut(c *call, rows []T) []T {
	if p.from != nil && c.page != sandboxkit.RepeatedPage { // a poll that finds nothing must not sort everything
		rows = slices.DeleteFunc(rows, func(row T) bool { return p.marker(row) < *p.from })
	}
	slices.SortFunc(rows, func(a, b T) int { return cmp.Compare(p.marker(a), p.marker(b)) })
	if p.from == nil {
		return rows
	}
	start, _ := slices.BinarySearchFunc(rows, *p.from, func(row T, from int64) int { return cmp.Compare(p.marker(row), from) })
	if c.page == sandboxkit.RepeatedPage {
		back := start
		if p.limit > 0 {
			back = min(start, p.limit)
		}
		start -= back
	}
	rows = rows[start:]
	if p.limit > 0 {
		rows = rows[:p.fitting(rows)]
	}
	if c.opts.ShuffleResults {
		rows = slices.Clone(rows)
		random := rand.New(rand.NewPCG(uint64(*p.from), uint64(len(rows))))
		random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	}
	return rows
}

// fitting is how many rows fit in the limit; the first always does.
func (p page[T]) fitting(rows []T) int {
	used := 0
	for i, row := range rows {
		size := 1
		if p.size != nil {
			size = p.size(row)
		}
		if i > 0 && used+size > p.limit {
			return i
		}
		used += size
	}
	return len(rows)
}
