package mapping_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
)

// relationMapper has the default rows and a price list.
func relationMapper(t *testing.T, change func(*domain.MappingRules)) *mapping.Mapper {
	t.Helper()
	rules := catalogueRules(t)
	rules.Settings.ExternalNumber = "ext_relation_id"
	lists := rules.Lookups["price_list"]
	lists.Rows = []domain.LookupRow{{Key: domain.LookupKey{"HOREC"}, Value: "2"}}
	rules.Lookups["price_list"] = lists
	days := rules.Lookups["payment_days"]
	days.Rows = []domain.LookupRow{{Key: domain.LookupKey{"30"}, Value: "30"}, {Key: domain.LookupKey{"X"}, Value: "soon"}}
	rules.Lookups["payment_days"] = days
	if change != nil {
		change(&rules)
	}
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	return m
}

func wholesaler() domain.Debtor {
	return domain.Debtor{
		Number: "1001", Name: "De Korenaar", Contact: "Jan", Address: domain.Address{Street: "Dam 1", Postcode: "1012ab", City: "Delft", Country: "Nederland"},
		VATNumber: "nl 0012.34.567.B01", PriceList: "HOREC", PaymentTerm: "30", DiscountPercent: decimal.NewFromInt(5), CreditLimit: decimal.NewFromInt(500),
	}
}

func TestRelation_TheDefaultRowsFitTheTill(t *testing.T) {
	t.Parallel()
	m := relationMapper(t, nil)
	require.Empty(t, m.Misfits(domain.EntityRelation, mplus.RelationSchema(mplus.OwnFields{})))
	draft, err := m.Relation(wholesaler(), tillDay, mplus.RelationSchema(mplus.OwnFields{}))
	require.NoError(t, err)
	require.Empty(t, mplus.RelationSchema(mplus.OwnFields{}).Check(draft))
	got := map[string]string{}
	for _, f := range draft.Fields {
		got[f.Name] = f.Value.Words()
	}
	for field, want := range map[string]string{
		"extRelationId": "1001", "companyName": "De Korenaar", "contact": "Jan", "zipcode": "1012 AB", "vatNumber": "NL001234567B01", "priceGroupNumber": "2",
		"paymentWithinDays": "30", "discountPercentage": "5", "creditLimit": "500", "defaultVatMethod": "exclusive",
	} {
		require.Equal(t, want, got[field], field)
	}
	require.NotContains(t, got, "relationNumber", "the till numbers")
}

func TestRelation_ATermThatIsNoNumberOfDaysIsRefused(t *testing.T) {
	t.Parallel()
	d := wholesaler()
	d.PaymentTerm = "X"
	_, err := relationMapper(t, nil).Relation(d, tillDay, mplus.RelationSchema(mplus.OwnFields{}))
	var coded interface{ Code() string }
	require.ErrorAs(t, err, &coded)
	require.Equal(t, mapping.CodeNoNumber, coded.Code())
}

func TestCompany_TheRuleMustGiveYesOrNo(t *testing.T) {
	t.Parallel()
	for _, rule := range []string{"debtor.name", "nil", "customer.name != ''"} {
		rules := catalogueRules(t)
		rules.Company = rule
		_, err := mapping.Compile(rules)
		require.ErrorContains(t, err, mapping.CompanyPath, rule)
	}
}

func TestRevenueAccounts_EveryCodeAndGroupOfACountry(t *testing.T) {
	t.Parallel()
	m := relationMapper(t, func(rules *domain.MappingRules) {
		accounts := rules.Lookups[domain.LookupRevenueAccount]
		accounts.Rows = []domain.LookupRow{{Key: domain.LookupKey{"BE", "1", "*"}, Value: "8010"}}
		rules.Lookups[domain.LookupRevenueAccount] = accounts
	})
	accounts, err := m.RevenueAccounts("BE", []string{"1", "2"}, []string{"10"}, tillDay)
	require.NoError(t, err)
	require.Equal(t, []mapping.Revenue{{"1", "10", "8010"}, {VATCode: "2", TurnoverGroup: "10"}}, accounts)
}
