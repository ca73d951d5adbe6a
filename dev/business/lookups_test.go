package business

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

// row gives a lookup table of the document a row: what the keys become.
func row(d *settings.Document, table, value string, keys ...string) {
	addRow(d, table, domain.LookupRow{Key: keys, Value: value})
}

// vatRow gives it a row with the percentage that the books charge.
func vatRow(d *settings.Document, table, value string, percent int64, keys ...string) *domain.LookupRow {
	p := decimal.NewFromInt(percent)
	return addRow(d, table, domain.LookupRow{Key: keys, Value: value, Percent: &p})
}

func addRow(d *settings.Document, table string, row domain.LookupRow) *domain.LookupRow {
	t := d.Lookups[table]
	t.Rows = append(slices.Clone(t.Rows), row)
	d.Lookups[table] = t
	return &t.Rows[len(t.Rows)-1]
}

// otherwise is what a lookup table gives for what no row fits.
func otherwise(d *settings.Document, table, value string) {
	t := d.Lookups[table]
	t.Unmapped, t.Default = domain.UnmappedDefault, value
	d.Lookups[table] = t
}
