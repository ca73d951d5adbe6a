package mapping

import (
	"errors"
	"strings"

	"github.com/koppel/koppel/domain"
)

// Revenue is a ledger account that what a customer buys is booked on.
type Revenue struct {
	VATCode       string // of the till
	TurnoverGroup string // of the till
	Account       string // of the books; empty: the table has none, and such a sale would be parked
}

// RevenueAccounts says on which accounts sales to a country are booked, by VAT code
// and turnover group. A document without the table books none.
func (m *Mapper) RevenueAccounts(country string, vatCodes, turnoverGroups []string, on domain.Date) ([]Revenue, error) {
	asked := m.tables[domain.LookupRevenueAccount]
	if asked == nil {
		return nil, nil
	}
	var all []Revenue
	for _, code := range vatCodes {
		for _, group := range turnoverGroups {
			args := []any{&run{on: on}, domain.LookupRevenueAccount}
			for _, name := range asked.names { // a document's table may have fewer columns
				args = append(args, map[string]string{"country": country, "vat_code": code, "turnover_group": group}[name])
			}
			value, err := m.tables.lookup(args...)
			if _, unmapped := errors.AsType[*Unmapped](err); err != nil && !unmapped {
				return nil, err
			}
			account, _ := value.(string)
			all = append(all, Revenue{VATCode: code, TurnoverGroup: group, Account: account})
		}
	}
	return all, nil
}

// DebtorCountry is the country that sales to a debtor count for, by its address: an
// ISO code, empty when it is not understood.
func (m *Mapper) DebtorCountry(d domain.Debtor) string {
	if strings.TrimSpace(d.Address.Country) == "" {
		return m.rules.Said.HomeCountry
	}
	country, _ := domain.CountryISO2(d.Address.Country)
	return country
}
