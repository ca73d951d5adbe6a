package sandbox

import (
	"encoding/xml"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/koppel/koppel/internal/sandboxkit"
)

// till is everything the sandbox remembers. Whoever touches it holds mu. Records in the maps are never changed in
// place: a change saves a new one, so that what an earlier call answered stays as it was.
type till struct {
	opts  Options
	zone  *time.Location
	store *sandboxkit.Store

	mu        sync.Mutex
	counters  map[string]int64
	orders    map[string]*orderXML
	relations map[int64]*relationXML
	products  map[int64]*productXML
	ownerOf   map[int64]int64 // article number to product number
	groups    map[int32]*groupRow
	stock     map[stockKey]stockRow
	movements map[int64]articleStockHistoryXML
	receipts  map[string]*receiptXML
	invoices  map[string]*invoiceXML
	replays   map[string]replayRow

	cashCounts map[string]*cashCountXML
	images     map[int64]imageRow
	cards      map[cardKey]cardImages

	beside map[string][]besideJSON // by order
	saving []besideJSON            // of the sale that is being saved
}

// groupRow is one article group; its products know that they belong to it.
type groupRow struct {
	Number, Parent int32
	Name, Text     string
	SortOrder      int32
	ImageID        int64
	Marker         int64
	Deleted        bool
}

type stockKey struct {
	branch  int32
	article int64
}

func (k stockKey) text() string { return fmt.Sprintf("%d/%d", k.branch, k.article) }

// stockRow is what physically lies in one branch of one article.
type stockRow struct {
	Branch   int32
	Article  int64
	Physical quantity
	StockID  int64
	Changed  dateTimeXML
}

// replayRow is the answer that an idempotency key stands for.
type replayRow struct {
	Answer string
	Saved  time.Time
}

// Tables of the saved state.
const (
	tableCounters  = "counters"
	tableOrders    = "orders"
	tableRelations = "relations"
	tableProducts  = "products"
	tableGroups    = "groups"
	tableStock     = "stock"
	tableMovements = "movements"
	tableReceipts  = "receipts"
	tableInvoices  = "invoices"
	tableReplays   = "replays"
)

func openTill(opts Options) (*till, error) {
	zone, err := time.LoadLocation(zoneName)
	if err != nil {
		return nil, fmt.Errorf("find the time zone of the till: %w", err)
	}
	path := ""
	if opts.DataDir != "" {
		path = filepath.Join(opts.DataDir, "mplus.jsonl")
	}
	store, err := sandboxkit.OpenStore(path)
	if err != nil {
		return nil, err
	}
	t := &till{opts: opts, zone: zone, store: store, ownerOf: map[int64]int64{}}
	if err := t.load(); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	if len(t.counters) > 0 {
		return t, nil
	}
	if err := t.seed(); err != nil {
		return nil, errors.Join(fmt.Errorf("fill the till: %w", err), store.Close())
	}
	return t, nil
}

func (t *till) load() error {
	var errs [13]error
	t.counters, errs[0] = sandboxkit.Load[int64](t.store, tableCounters)
	t.orders, errs[1] = loadXML[string, orderXML](t.store, tableOrders, plainKey)
	t.relations, errs[2] = loadXML[int64, relationXML](t.store, tableRelations, numberKey)
	t.products, errs[3] = loadXML[int64, productXML](t.store, tableProducts, numberKey)
	t.receipts, errs[4] = loadXML[string, receiptXML](t.store, tableReceipts, plainKey)
	t.invoices, errs[5] = loadXML[string, invoiceXML](t.store, tableInvoices, plainKey)
	t.replays, errs[6] = sandboxkit.Load[replayRow](t.store, tableReplays)
	t.beside = map[string][]besideJSON{}
	t.cashCounts, errs[10] = loadXML[string, cashCountXML](t.store, tableCashCounts, plainKey)
	errs[11], errs[12] = t.loadImages()
	groups, err := sandboxkit.Load[groupRow](t.store, tableGroups)
	errs[7] = err
	stock, err := sandboxkit.Load[stockRow](t.store, tableStock)
	errs[8] = err
	movements, err := sandboxkit.Load[articleStockHistoryXML](t.store, tableMovements)
	errs[9] = err
	if err := errors.Join(errs[:]...); err != nil {
		return fmt.Errorf("load the till: %w", err)
	}
	t.groups = map[int32]*groupRow{}
	for _, g := range groups {
		t.groups[g.Number] = &g
	}
	t.stock = map[stockKey]stockRow{}
	for _, row := range stock {
		t.stock[stockKey{row.Branch, row.Article}] = row
	}
	t.movements = map[int64]articleStockHistoryXML{}
	for _, m := range movements {
		t.movements[m.StockID] = m
	}
	for number, p := range t.products {
		t.own(number, p)
	}
	return nil
}

func (t *till) own(number int64, p *productXML) {
	for _, a := range p.articles() {
		t.ownerOf[value(a.ArticleNumber)] = number
	}
}

func plainKey(key string) (string, error) { return key, nil }

func numberKey(key string) (int64, error) { return strconv.ParseInt(key, 10, 64) }

// loadXML reads records that were saved as the till would answer them.
func loadXML[K comparable, V any](s *sandboxkit.Store, table string, parse func(string) (K, error)) (map[K]*V, error) {
	texts, err := sandboxkit.Load[string](s, table)
	if err != nil {
		return nil, err
	}
	rows := make(map[K]*V, len(texts))
	for key, text := range texts {
		k, err := parse(key)
		if err != nil {
			return nil, fmt.Errorf("key of %s: %w", table, err)
		}
		rows[k] = new(V)
		if err := xml.Unmarshal([]byte(text), rows[k]); err != nil {
			return nil, fmt.Errorf("record of %s: %w", table, err)
		}
	}
	return rows, nil
}

// value is what a pointer points at, or the zero of its type: how the vendor means an absent element.
func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
