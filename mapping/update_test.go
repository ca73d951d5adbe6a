package mapping_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
)

func textField(name, value string) domain.Field {
	return domain.Field{Name: name, Value: domain.TextValue(value)}
}

// updateMapper maps a customer by one row of each policy.
func updateMapper(t *testing.T) *mapping.Mapper {
	t.Helper()
	rules := demoRules(t)
	rules.Mapping.Customer = []domain.MappingRow{
		{Target: "NAME", Source: "customer.name", Policy: domain.PolicyAlways},
		{Target: "ACCOUNT", Source: "settings.control_account", Policy: domain.PolicyOnCreate},
		{Target: "VAT", Source: "customer.vat_number", Policy: domain.PolicyIfEmpty},
		{Target: "FIXED", Source: "customer.id", Policy: domain.PolicyAlways},
		{Target: "PHONE", Source: "customer.phone", Policy: domain.PolicyAlways},
	}
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	return m
}

var updateSchema = schema(domain.EntityCustomer, spec("NAME", 0), spec("ACCOUNT", 0), spec("VAT", 0),
	domain.FieldSpec{Name: "FIXED", Kind: domain.KindText}, spec("PHONE", 0))

func TestUpdate_FollowsTheFieldPolicies(t *testing.T) {
	t.Parallel()
	m := updateMapper(t)
	customer := domain.Customer{ID: "1", Name: "New name", VATNumber: "NL1"}
	for name, c := range map[string]struct {
		existing []domain.Field
		want     string
	}{
		"all differ":                 {[]domain.Field{textField("NAME", "Old"), textField("ACCOUNT", "9"), textField("VAT", "NL9"), textField("FIXED", "9"), textField("PHONE", "015")}, "NAME=New name\n"},
		"empty is filled":            {[]domain.Field{textField("NAME", "New name"), textField("VAT", "  ")}, "VAT=NL1\n"},
		"what is not held is filled": {nil, "NAME=New name\nVAT=NL1\n"},
		"nothing differs":            {[]domain.Field{textField("name", "New name  "), textField("VAT", "NL1")}, ""},
		"capitals of the column":     {[]domain.Field{textField("NAME", "NEW NAME"), textField("VAT", "NL1")}, ""},
		"another spelling":           {[]domain.Field{textField("NAME", "new name"), textField("VAT", "NL1")}, "NAME=New name\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			draft, err := m.Customer(customer, sale().Date, updateSchema)
			require.NoError(t, err)
			changes := m.Update(c.existing, draft, updateSchema)
			require.Equal(t, c.want, shown(changes))
			require.Equal(t, domain.EntityCustomer, changes.Entity)
			require.Empty(t, updateSchema.CheckUpdate(changes))
		})
	}
}

// TestUpdate_TwiceGivesNothingToDo: what was written is what the record then holds.
func TestUpdate_TwiceGivesNothingToDo(t *testing.T) {
	t.Parallel()
	m := demoMapper(t)
	draft, err := m.Customer(company, sale().Date, customerSchema)
	require.NoError(t, err)
	held := []domain.Field{textField("ACCT_NAME", "Old name"), textField("DEB_NR", "")}
	first := m.Update(held, draft, customerSchema)
	require.NotEmpty(t, first.Fields)
	for _, f := range first.Fields {
		held = append([]domain.Field{}, held...)
		for i := range held {
			if held[i].Name == f.Name {
				held[i] = f
				f.Name = ""
				break
			}
		}
		if f.Name != "" {
			held = append(held, f)
		}
	}
	require.Empty(t, m.Update(held, draft, customerSchema).Fields)
	require.Empty(t, m.Update(draft.Fields, draft, customerSchema).Fields)
}

func TestUpdate_NumbersCompareByAmount(t *testing.T) {
	t.Parallel()
	numbers := schema(domain.EntityCustomer, domain.FieldSpec{Name: "N", Kind: domain.KindNumber, Updatable: true})
	draft := domain.Draft{Entity: domain.EntityCustomer, Fields: []domain.Field{{Name: "N", Value: domain.NumberValue(dec("1.50"))}}}
	m := demoMapper(t)
	require.Empty(t, m.Update([]domain.Field{{Name: "N", Value: domain.NumberValue(dec("1.5"))}}, draft, numbers).Fields)
	require.Len(t, m.Update([]domain.Field{{Name: "N", Value: domain.NumberValue(dec("1.51"))}}, draft, numbers).Fields, 1)
}
