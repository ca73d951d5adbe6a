package accountview

import (
	"context"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/fault"
)

var _ connectors.DebtorSource = (*Books)(nil)

// Debtors reads a page of debtors.
func (b *Books) Debtors(ctx context.Context, part connectors.Part) (connectors.Page[connectors.DebtorRecord], error) {
	var page connectors.Page[connectors.DebtorRecord]
	known, err := b.dictionary.of(ctx, tableDebtor)
	if err != nil {
		return page, err
	}
	q := Query{Object: objectDebtor, Table: tableDebtor}
	rows, next, err := b.part(ctx, q, part, b.settings.Debtors.ChangedField)
	if err != nil {
		return page, err
	}
	if err := debtorsShow(q, rows); err != nil {
		return page, err
	}
	page.Next = next
	for _, r := range rows {
		if at := b.changedAt(r, b.settings.Debtors.ChangedField); at.After(page.Newest) {
			page.Newest = at
		}
		page.Records = append(page.Records, b.settings.debtorRecord(r, known, b.zone))
	}
	return page, nil
}

// DebtorsByNumber reads debtors by number. An unknown number is not in the answer.
func (b *Books) DebtorsByNumber(ctx context.Context, numbers []string) ([]connectors.DebtorRecord, error) {
	known, err := b.dictionary.of(ctx, tableDebtor)
	if err != nil {
		return nil, err
	}
	wanted, sent := map[string]bool{}, []string{}
	for _, number := range numbers {
		if key := upperName(number); key != "" && !wanted[key] {
			wanted[key] = true
			sent = append(sent, spellings(number)...)
		}
	}
	var found []connectors.DebtorRecord
	seen := map[string]bool{}
	for _, asked := range b.anyOf(Query{Object: objectDebtor, Table: tableDebtor}, fieldDebtorNumber, sent) {
		rows, err := b.rows(ctx, asked)
		if err != nil {
			return nil, err
		}
		if err := debtorsShow(asked, rows); err != nil {
			return nil, err
		}
		rows = slices.DeleteFunc(rows, func(r row) bool { return !wanted[upperName(r.text(fieldDebtorNumber))] })
		for _, r := range unseen(rows, byColumn(fieldDebtorNumber), seen) {
			found = append(found, b.settings.debtorRecord(r, known, b.zone))
		}
	}
	return found, nil
}

// debtorsShow reports rows without a column that a debtor cannot be without: that
// is a wrong table, not a debtor without a name.
func debtorsShow(q Query, rows []row) error {
	for _, name := range []string{fieldDebtorNumber, fieldDebtorName} {
		if slices.ContainsFunc(rows, func(r row) bool { return !r.has(name) }) {
			return fault.New(fault.Misconfigured, codeColumnMissing, system+" "+q.op()+": "+name)
		}
	}
	return nil
}
