package sandbox

import (
	"slices"
	"strings"

	"github.com/koppel/koppel/internal/sandboxkit"
)

// page is what a read found: the rows of the main table, each with its place in the whole table.
type page struct {
	rows   []row
	places []int
}

// find collects the page that a query asks for. The lock of the books is the caller's; a fault may repeat the page
// before, or let it begin one row early, as it does when somebody changed a row in between.
func (q *query) find(b *books, o *Options, fault sandboxkit.Kind) page {
	if len(q.sort) == 0 && !q.descending {
		return q.findByKey(b, o, fault)
	}
	var all page
	held := b.tables[q.object.Main.Name]
	for place, key := range held.keys {
		if r := held.byKey[key]; q.wants(b, r, o) {
			all.rows = append(all.rows, r)
			all.places = append(all.places, place)
		}
	}
	order := make([]int, len(all.rows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return q.compare(b, all.rows[i], all.rows[j]) })
	sorted := page{}
	for _, i := range order {
		sorted.rows = append(sorted.rows, all.rows[i])
		sorted.places = append(sorted.places, all.places[i])
	}
	begin, end := q.window(len(sorted.rows), fault)
	return page{sorted.rows[begin:end], sorted.places[begin:end]}
}

func (q *query) compare(b *books, x, y row) int {
	result := 0
	for _, f := range q.sort {
		if result = compareValues(f.column, f.of(b, x), f.of(b, y)); result != 0 {
			break
		}
	}
	if result == 0 && len(q.sort) == 0 {
		result = strings.Compare(x[q.object.Main.Key], y[q.object.Main.Key])
	}
	if q.descending {
		return -result
	}
	return result
}

// findByKey walks the rows in the order of the key and stops when the page is full.
func (q *query) findByKey(b *books, o *Options, fault sandboxkit.Kind) page {
	held := b.tables[q.object.Main.Name]
	if q.afterKey {
		start, found := slices.BinarySearch(held.keys, q.lastKey)
		if found {
			start++
		}
		return q.collect(b, o, start-q.stepBack(b, o, start, fault), q.pageSize)
	}
	begin, _ := q.window(-1, fault)
	found := q.collect(b, o, 0, begin+q.pageSize)
	if begin > len(found.rows) {
		begin = len(found.rows)
	}
	return page{found.rows[begin:], found.places[begin:]}
}

func (q *query) collect(b *books, o *Options, start, most int) page {
	var found page
	held := b.tables[q.object.Main.Name]
	for place := start; place < len(held.keys) && len(found.rows) < most; place++ {
		if r := held.byKey[held.keys[place]]; q.wants(b, r, o) {
			found.rows = append(found.rows, r)
			found.places = append(found.places, place)
		}
	}
	return found
}

// stepBack tells how many keys before start the page must begin to meet the fault: back over one wanted row when a row
// changed, over a whole page when it is repeated.
func (q *query) stepBack(b *books, o *Options, start int, fault sandboxkit.Kind) int {
	want := 0
	switch fault {
	case sandboxkit.RepeatedPage:
		want = q.pageSize
	case sandboxkit.RowChanged:
		want = 1
	}
	held, back := b.tables[q.object.Main.Name], 0
	for want > 0 && back < start {
		back++
		if q.wants(b, held.byKey[held.keys[start-back]], o) {
			want--
		}
	}
	return back
}

// window gives the part of the found rows that is the page. With count -1 the end is not known yet.
func (q *query) window(count int, fault sandboxkit.Kind) (begin, end int) {
	number := q.pageNumber
	if fault == sandboxkit.RepeatedPage && number > 1 {
		number--
	}
	begin = (number - 1) * q.pageSize
	if fault == sandboxkit.RowChanged && begin > 0 {
		begin--
	}
	if count < 0 {
		return begin, -1
	}
	return min(begin, count), min(begin+q.pageSize, count)
}
