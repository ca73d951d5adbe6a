package accountview

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

var debtorTarget = target{object: objectDebtor, table: tableDebtor, key: fieldDebtorNumber}

// CustomerSchema describes what a debtor may hold.
func (b *Books) CustomerSchema(ctx context.Context) (domain.Schema, error) {
	known, err := b.dictionary.of(ctx, tableDebtor)
	return b.settings.storing(known.schema(domain.EntityCustomer, fieldDebtorNumber)), err
}

// FindCustomers looks debtors up by one key, with all their columns. The key is
// never part of a fault: it may be an e-mail address.
func (b *Books) FindCustomers(ctx context.Context, by connectors.CustomerKey, value string) ([]connectors.CustomerRecord, error) {
	field, err := b.debtorField(by)
	if err != nil || strings.TrimSpace(value) == "" {
		return nil, err
	}
	if by == connectors.ByVATNumber && compact(value) == "" { // a dash where a number belongs is nobody's
		return nil, nil
	}
	known, err := b.dictionary.of(ctx, tableDebtor)
	if err != nil {
		return nil, err
	}
	look := Query{Object: objectDebtor, Table: tableDebtor}
	spelled, holds := spellings(value), func(text string) bool { return same(text, value) }
	if by == connectors.ByVATNumber {
		spelled, holds = vatSpellings(value), func(text string) bool { return compact(text) == compact(value) }
	}
	rows, err := b.findSpelled(ctx, look, field, spelled, holds)
	if err != nil {
		return nil, err
	}
	var found []connectors.CustomerRecord
	for _, r := range rows {
		found = append(found, b.settings.customerFromDebtor(r, known, b.zone))
	}
	return found, nil
}

func (b *Books) debtorField(by connectors.CustomerKey) (string, error) {
	switch by {
	case connectors.ByNumber:
		return fieldDebtorNumber, nil
	case connectors.ByExternalNumber:
		return b.settings.DebtorExternalField, nil
	case connectors.ByVATNumber:
		return fieldDebtorVATNumber, nil
	case connectors.ByEmail:
		return fieldDebtorEmail, nil
	default:
		return "", fmt.Errorf("customers are not looked up by %q in accountview", string(by))
	}
}

// CreateCustomer writes a debtor. Without a number in the draft AccountView
// gives it one.
func (b *Books) CreateCustomer(ctx context.Context, draft domain.Draft) (connectors.CustomerRecord, error) {
	ready, err := b.fitNew(ctx, debtorTarget, draft)
	if err != nil {
		return connectors.CustomerRecord{}, err
	}
	stored, err := b.create(ctx, ready.target.newRecord(ready.draft, b.bookDate()), fieldDebtorNumber)
	if err != nil {
		return connectors.CustomerRecord{}, about(err, draft.Key)
	}
	known, err := b.dictionary.of(ctx, tableDebtor)
	if err != nil {
		known = columns{list: b.settings.debtorColumns()} // the debtor is there: its number must not be lost over this
	}
	record := b.settings.customerFromDebtor(stored, known, b.zone)
	if record.ExternalNumber == "" { // an answer may hold no more than the key
		record.ExternalNumber = textOf(ready.draft, b.settings.DebtorExternalField)
	}
	return record, nil
}

// UpdateCustomer changes the given fields of a debtor. A field given as empty
// text is emptied.
func (b *Books) UpdateCustomer(ctx context.Context, number string, draft domain.Draft) error {
	number = strings.TrimSpace(number)
	if number == "" {
		return fault.New(fault.Invalid, codeNumberRequired, system+" PUT "+objectDebtor).About(draft.Key)
	}
	if len(draft.Fields) == 0 {
		return nil
	}
	ready, err := b.fitChange(ctx, debtorTarget, draft)
	if err != nil {
		return err
	}
	e := ready.target.change(withText(ready.draft, fieldDebtorNumber, number), b.bookDate())
	if b.settings.PutSendID {
		e.ID = number
	}
	_, err = b.write(ctx, http.MethodPut, e)
	return about(err, number)
}

// CustomersWrittenSince lists debtors changed since then that carry an external number.
func (b *Books) CustomersWrittenSince(ctx context.Context, since time.Time) ([]connectors.CustomerRecord, error) {
	rows, err := b.rows(ctx, Query{
		Object: objectDebtor, Table: tableDebtor,
		Fields: distinct(b.settings.pageKey(tableDebtor), fieldDebtorNumber, b.settings.DebtorExternalField,
			fieldDebtorBlocked, fieldDebtorOrdersBlocked),
		Filters: []Filter{b.changedSince(since)},
	})
	if err != nil {
		return nil, err
	}
	var found []connectors.CustomerRecord
	for _, r := range rows {
		if c := b.settings.customerFromDebtor(r, columns{list: b.settings.debtorColumns()}, b.zone); c.ExternalNumber != "" {
			found = append(found, c)
		}
	}
	return found, nil
}
