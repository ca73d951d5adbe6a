package sandbox

import (
	"fmt"
	"maps"

	"github.com/koppel/koppel/internal/sandboxkit"
)

// changes are a set of changes to the books that happens whole or not at all. Until save nobody else sees them. The
// write lock of the books is the caller's from beginning to end.
type changes struct {
	books     *books
	staged    []stagedRow
	latest    map[string]map[string]row // table, key; nil row when removed
	sequences map[string]int64
}

type stagedRow struct {
	table *table
	key   string
	row   row // nil: removed
}

func (b *books) change() *changes {
	return &changes{books: b, latest: map[string]map[string]row{}, sequences: map[string]int64{}}
}

func (c *changes) row(tableName, key string) (row, bool) {
	if r, touched := c.latest[tableName][key]; touched {
		return r, r != nil
	}
	return c.books.row(tableName, key)
}

func (c *changes) put(t *table, r row) { c.stage(t, r[t.Key], maps.Clone(r)) }

func (c *changes) remove(t *table, key string) { c.stage(t, key, nil) }

func (c *changes) stage(t *table, key string, r row) {
	if c.latest[t.Name] == nil {
		c.latest[t.Name] = map[string]row{}
	}
	c.latest[t.Name][key] = r
	c.staged = append(c.staged, stagedRow{t, key, r})
}

// next draws the next number of a sequence that begins at first.
func (c *changes) next(sequence string, first int64) int64 {
	n, drawn := c.sequences[sequence]
	if !drawn {
		if n, drawn = c.books.sequences[sequence]; !drawn {
			n = first - 1
		}
	}
	n++
	c.sequences[sequence] = n
	return n
}

// save writes everything to disk as one, then shows it.
func (c *changes) save() error {
	var saved []sandboxkit.Change
	for _, s := range c.staged {
		saved = append(saved, sandboxkit.Change{Table: s.table.Name, Key: s.key, Value: s.row, Deleted: s.row == nil})
	}
	for name, n := range c.sequences {
		saved = append(saved, sandboxkit.Change{Table: sequenceTable, Key: name, Value: n})
	}
	if err := sandboxkit.Write(c.books.store, saved...); err != nil {
		return fmt.Errorf("save the books: %w", err)
	}
	for _, s := range c.staged {
		if s.row == nil {
			c.books.tables[s.table.Name].remove(s.table, s.key)
		} else {
			c.books.tables[s.table.Name].put(s.table, s.key, s.row)
		}
	}
	maps.Copy(c.books.sequences, c.sequences)
	return nil
}
