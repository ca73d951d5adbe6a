package mapping

import (
	"strings"

	"github.com/koppel/koppel/domain"
)

// StockBranches are the branches of the till that sell from a location of the books,
// as the table of locations says: their numbers, or * for all. A document without
// the table keeps nothing apart.
func (m *Mapper) StockBranches(location string, on domain.Date) ([]string, error) {
	if m.tables[domain.LookupStockLocation] == nil {
		return []string{domain.AnyKey}, nil
	}
	if location == "" { // a blank key is no key: the row for any location serves the books that tell none apart
		location = domain.AnyKey
	}
	value, err := m.tables.lookup(&run{on: on}, domain.LookupStockLocation, location)
	if err != nil {
		return nil, err
	}
	return strings.FieldsFunc(value.(string), func(r rune) bool { return r == ' ' || r == ',' }), nil
}
