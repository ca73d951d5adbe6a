package mapping_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
)

func TestUnmapped_TellsCodesFromWhatMayNameAPerson(t *testing.T) {
	t.Parallel()
	for key, private := range map[string]bool{
		"order.branch":                                  false,
		"order.lines[0].sku":                            false,
		"customer.id":                                   false,
		"customer_number":                               false,
		"upper(order.payment_method)":                   false,
		"country_iso2(customer.country)":                false,
		"customer.is_company ? 'business' : 'consumer'": false,
		"format(order.date, 'YYYY')":                    false,
		"customer.city":                                 true,
		"customer.custom['klantsoort']":                 true,
		"customer.custom.klantsoort":                    true,
		"customer.country":                              true,
		"order.reference":                               true,
		"order.delivery_address.postcode":               true,
		"order.lines[0].text":                           true,
		"lower(trim(customer.email))":                   true,
		"order.branch + customer.name":                  true,
		"customer.is_company ? customer.company : ''":   true,
		"join(' ', order.branch, customer.name)":        true,
		"coalesce(customer?.phone, 'none')":             true,
	} {
		rules := demoRules(t)
		rules.Lookups["own"] = domain.Lookup{Unmapped: domain.UnmappedPark}
		rules.Mapping.Order = append(rules.Mapping.Order, domain.MappingRow{Target: "X", Source: `lookup("own", ` + key + ` + "-")`, Policy: domain.PolicyAlways})
		m, err := mapping.Compile(rules)
		require.NoError(t, err, key)
		order := sale()
		order.DeliveryAddress = domain.Address{Postcode: "1234 AB"}
		_, _, err = m.Order(order, mapping.OrderContext{CustomerNumber: "1", Reference: "R"}, domain.Schema{})
		unmapped, ok := errors.AsType[*mapping.Unmapped](err)
		require.True(t, ok, "%s: %v", key, err)
		require.Equal(t, private, unmapped.Private, key)
	}
}
