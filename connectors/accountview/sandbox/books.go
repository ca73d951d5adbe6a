package sandbox

import (
	"fmt"
	"slices"
	"sync"

	"github.com/koppel/koppel/internal/sandboxkit"
)

// books are all tables of the company. Rows are replaced, never changed in place, so a reader may keep a row after
// letting go of the lock.
type books struct {
	mu        sync.RWMutex
	store     *sandboxkit.Store
	tables    map[string]*rows
	sequences map[string]int64
}

// rows are the rows of one table, with their keys in order.
type rows struct {
	byKey    map[string]row
	keys     []string
	children map[string][]string // keys of the rows of each header, for detail tables
}

const sequenceTable = "sequence"

// openBooks reads all tables from the saved state.
func openBooks(store *sandboxkit.Store) (*books, error) {
	b := &books{store: store, tables: map[string]*rows{}}
	for _, t := range dictionary {
		if t.Virtual {
			continue
		}
		saved, err := sandboxkit.Load[row](store, t.Name)
		if err != nil {
			return nil, fmt.Errorf("read table %s: %w", t.Name, err)
		}
		held := newRows()
		for key, r := range saved {
			held.put(t, key, r)
		}
		b.tables[t.Name] = held
	}
	var err error
	if b.sequences, err = sandboxkit.Load[int64](store, sequenceTable); err != nil {
		return nil, fmt.Errorf("read the number sequences: %w", err)
	}
	b.tables[dctTagTable.Name] = newRows()
	return b, nil
}

// describe makes the books' dictionary of themselves, which knows what the switches allow.
func (b *books) describe(o *Options) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tables[dctFldTable.Name], b.tables[dctFileTable.Name] = dictionaryRows(o)
}

func newRows() *rows { return &rows{byKey: map[string]row{}, children: map[string][]string{}} }

func (h *rows) put(t *table, key string, r row) {
	if _, known := h.byKey[key]; !known {
		at, _ := slices.BinarySearch(h.keys, key)
		h.keys = slices.Insert(h.keys, at, key)
		if t.Parent != "" {
			siblings := h.children[r[t.Parent]]
			at, _ := slices.BinarySearch(siblings, key)
			h.children[r[t.Parent]] = slices.Insert(slices.Clip(siblings), at, key)
		}
	}
	h.byKey[key] = r
}

func (h *rows) remove(t *table, key string) {
	gone, known := h.byKey[key]
	if !known {
		return
	}
	delete(h.byKey, key)
	if at, found := slices.BinarySearch(h.keys, key); found {
		h.keys = slices.Delete(h.keys, at, at+1)
	}
	if t.Parent != "" {
		h.children[gone[t.Parent]] = slices.DeleteFunc(h.children[gone[t.Parent]], func(k string) bool { return k == key })
	}
}

// row gives one row. The lock is the caller's.
func (b *books) row(tableName, key string) (row, bool) {
	held, ok := b.tables[tableName]
	if !ok {
		return nil, false
	}
	r, ok := held.byKey[key]
	return r, ok
}

// detailsOf gives the rows of a detail table that belong to one header, in order. The lock is the caller's.
func (b *books) detailsOf(t *table, headerKey string) []row {
	held := b.tables[t.Name]
	var found []row
	for _, key := range held.children[headerKey] {
		found = append(found, held.byKey[key])
	}
	return found
}
