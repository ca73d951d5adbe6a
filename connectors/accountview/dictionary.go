package accountview

import (
	"context"
	"sync"
	"time"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/internal/fault"
)

const (
	dictionaryLife  = time.Hour   // columns change when somebody customises AccountView
	dictionaryRetry = time.Minute // after a live dictionary that could not be read
)

// widestColumn bounds what a dictionary may say about a width (reference: the
// widest column seen holds 250).
var widestColumn = decimal.NewFromInt(65535)

// columns are the columns of one table.
type columns struct {
	list []column
	// live reports whether the books themselves described the table. When they
	// did not, a column we do not know may still exist.
	live bool
}

// dictionary knows the columns of the tables that are written or read whole: built in,
// overlaid with what the books say about themselves.
type dictionary struct {
	read    func(ctx context.Context, tables []string) (map[string][]column, error)
	builtIn map[string][]column
	now     func() time.Time

	reading lock
	mu      sync.Mutex
	known   map[string]columns
	until   time.Time
}

// of gives the columns of a table.
func (d *dictionary) of(ctx context.Context, table string) (columns, error) {
	if c, ok := d.remembered(table); ok {
		return c, nil
	}
	release, err := d.reading.take(ctx)
	if err != nil {
		return columns{}, fault.New(fault.Unavailable, "cancelled", system+" GET system "+objectDictionary).Because(err)
	}
	defer release()
	if c, ok := d.remembered(table); ok {
		return c, nil
	}
	if err := d.refresh(ctx); err != nil {
		return columns{}, err
	}
	c, _ := d.remembered(table)
	return c, nil
}

// refresh reads the live dictionary. Where it cannot be read, the built-in one
// will do for a minute; only what stops or delays everything is passed on.
func (d *dictionary) refresh(ctx context.Context) error {
	tables := make([]string, 0, len(d.builtIn))
	for table := range d.builtIn {
		tables = append(tables, table)
	}
	live, err := d.read(ctx, tables)
	if f, ok := fault.As(err); ok && (f.Kind.StopsEverything() || f.Kind == fault.Throttled) {
		return err
	}
	life := dictionaryLife
	if err != nil {
		live, life = nil, dictionaryRetry
	}
	known := make(map[string]columns, len(d.builtIn))
	for table, builtIn := range d.builtIn {
		known[table] = columns{list: overlay(builtIn, live[table]), live: len(live[table]) > 0}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.known, d.until = known, d.now().Add(life)
	return nil
}

func (d *dictionary) remembered(table string) (columns, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.now().Before(d.until) {
		return columns{}, false
	}
	return d.known[table], true
}

// readDictionary reads the columns of some tables from the books.
func (b *Books) readDictionary(ctx context.Context, tables []string) (map[string][]column, error) {
	found := map[string][]column{}
	for _, q := range b.anyOf(Query{
		Object: objectDictionary, Table: tableDictionary, System: true,
		Fields: dictionaryFields, PageSize: b.settings.MaxPageSize,
	}, dictionaryFilterField, tables) {
		rows, err := b.rows(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if table, c, ok := columnFromDictionary(r); ok {
				found[table] = append(found[table], c)
			}
		}
	}
	return found, nil
}

// builtIn lists what clients have shown of the tables, by the names that the
// settings give them.
func (s Settings) builtIn() map[string][]column {
	return map[string][]column{
		tableDebtor:          s.debtorColumns(),
		tableAddress:         addressColumns,
		tableArticle:         articleColumns,
		s.OrdersTable:        salesOrderColumns,
		s.OrderLinesTable:    salesOrderLineColumns,
		s.Journal.Table:      pageColumns,
		s.Journal.LinesTable: pageLineColumns,
	}
}

// debtorColumns requires a number only where we are the ones to give it.
func (s Settings) debtorColumns() []column {
	all := append([]column(nil), debtorColumns...)
	for i := range all {
		if all[i].Name == fieldDebtorNumber {
			all[i].Required = s.DebtorNumbering == NumberingClient
		}
	}
	return all
}
