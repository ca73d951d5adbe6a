package sandbox

import (
	"encoding/xml"
	"errors"
	"fmt"
	"maps"
	"strconv"

	"github.com/koppel/koppel/internal/sandboxkit"
)

// batch gathers the changes of one call. They are saved, and then seen, together or not at all.
type batch struct {
	t        *till
	counters map[string]int64
	changes  []sandboxkit.Change
	stock    map[stockKey]stockRow // staged
	then     []func()
	err      error

	left map[int64]*productXML // products that articles were taken out of, as they are to be saved
}

func (t *till) begin() *batch { return &batch{t: t, counters: maps.Clone(t.counters)} }

// Sequences of markers, one for each kind of record, and of numbers.
const (
	markOrder    = "marker order"
	markRelation = "marker relation"
	markArticle  = "marker article"
	markGroup    = "marker group"
	markReceipt  = "marker receipt"
	markInvoice  = "marker invoice"
	markStock    = "marker stock"

	lastRelation = "number relation"
	lastProduct  = "number product"
	lastArticle  = "number article"
)

// marker gives the next value of a sequence. Values rise and leave gaps, as those of the till do: 1, 3, 4, 6, 7, 9.
func (b *batch) marker(sequence string) int64 {
	next := b.counters[sequence] + 1
	if b.counters[sequence]%3 == 1 {
		next++
	}
	b.counters[sequence] = next
	return next
}

// number gives the next value of a sequence without gaps.
func (b *batch) number(sequence string) int64 {
	b.counters[sequence]++
	return b.counters[sequence]
}

// claim makes sure that a sequence does not give this number again.
func (b *batch) claim(sequence string, number int64) {
	b.counters[sequence] = max(b.counters[sequence], number)
}

func (b *batch) save(table, key string, v any, then func()) {
	b.changes = append(b.changes, sandboxkit.Change{Table: table, Key: key, Value: v})
	b.then = append(b.then, then)
}

func (b *batch) saveXML(table, key string, v any, then func()) {
	text, err := xml.Marshal(v)
	if err != nil {
		b.err = errors.Join(b.err, fmt.Errorf("encode a record of %s: %w", table, err))
		return
	}
	b.save(table, key, string(text), then)
}

func (b *batch) order(o *orderXML) {
	b.saveXML(tableOrders, o.OrderID, o, func() { b.t.orders[o.OrderID] = o })
}

func (b *batch) relation(r *relationXML) {
	number := value(r.RelationNumber)
	b.saveXML(tableRelations, strconv.FormatInt(number, 10), r, func() { b.t.relations[number] = r })
}

func (b *batch) product(p *productXML) {
	number := value(p.ProductNumber)
	b.saveXML(tableProducts, strconv.FormatInt(number, 10), p, func() {
		b.t.products[number] = p
		b.t.own(number, p)
	})
}

func (b *batch) group(g groupRow) {
	b.save(tableGroups, strconv.Itoa(int(g.Number)), g, func() { b.t.groups[g.Number] = &g })
}

func (b *batch) stockRow(row stockRow) {
	key := stockKey{row.Branch, row.Article}
	if b.stock == nil {
		b.stock = map[stockKey]stockRow{}
	}
	b.stock[key] = row
	b.save(tableStock, key.text(), row, func() { b.t.stock[key] = row })
}

// stockOf is the stock of an article as it will be when the batch is saved.
func (b *batch) stockOf(key stockKey) stockRow {
	if row, staged := b.stock[key]; staged {
		return row
	}
	row := b.t.stock[key]
	row.Branch, row.Article = key.branch, key.article
	return row
}

func (b *batch) movement(m articleStockHistoryXML) {
	b.save(tableMovements, strconv.FormatInt(m.StockID, 10), m, func() { b.t.movements[m.StockID] = m })
}

func (b *batch) receipt(r *receiptXML) {
	b.saveXML(tableReceipts, r.ReceiptID, r, func() { b.t.receipts[r.ReceiptID] = r })
}

func (b *batch) invoice(i *invoiceXML) {
	id := value(i.InvoiceID)
	b.saveXML(tableInvoices, id, i, func() { b.t.invoices[id] = i })
}

func (b *batch) replay(key string, row replayRow) {
	b.save(tableReplays, key, row, func() { b.t.replays[key] = row })
}

// commit saves everything in one line of the journal, then lets it be seen.
func (b *batch) commit() error {
	if b.err != nil {
		return b.err
	}
	for name, n := range b.counters {
		if n != b.t.counters[name] {
			b.changes = append(b.changes, sandboxkit.Change{Table: tableCounters, Key: name, Value: n})
		}
	}
	if err := sandboxkit.Write(b.t.store, b.changes...); err != nil {
		return err
	}
	b.t.counters = b.counters
	for _, apply := range b.then {
		apply()
	}
	return nil
}
