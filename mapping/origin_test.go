package mapping_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
)

func originsOf(e mapping.Explained, line int, field string) mapping.Origin {
	for _, o := range e.Origins {
		if o.Line == line && o.Field == field {
			return o
		}
	}
	return mapping.Origin{}
}

func TestExplainOrder_TellsWhereEachFieldCameFrom(t *testing.T) {
	t.Parallel()
	m := demoMapper(t)
	order := sale()
	explained, err := m.ExplainOrder(order, orderContext, domain.Schema{})
	require.NoError(t, err)
	plain, booked, err := m.Order(order, orderContext, domain.Schema{})
	require.NoError(t, err)
	require.Equal(t, plain, explained.Draft, "the same pass makes both")
	require.Equal(t, booked, explained.Booked)

	require.Equal(t, mapping.Origin{
		Entity: domain.EntityOrderLine, Line: 2, Field: "VAT_CODE", Row: 3, Source: demoRules(t).Mapping.OrderLine[3].Source, Policy: domain.PolicyAlways,
		Lookups: []mapping.LookupHit{
			{Table: "vat_rule", Keys: []string{"1", "9", "inclusive", "NL", "business"}, Row: mapping.HitDefault}, {Table: "vat_code", Keys: []string{"1"}, Row: 0, Value: "2"},
		}, Given: true, Value: domain.TextValue("2"),
	}, originsOf(explained, 2, "VAT_CODE"))
	shipping := originsOf(explained, 0, "SHIP_MTH")
	require.False(t, shipping.Given)
	require.Equal(t, []mapping.LookupHit{{Table: "delivery_method", Keys: []string{""}, Row: mapping.HitNothing}}, shipping.Lookups)
	employee := originsOf(explained, 0, "EMP_NR")
	require.Equal(t, []mapping.LookupHit{{Table: "employee", Keys: []string{"7"}, Row: mapping.HitDefault}}, employee.Lookups)
	require.Empty(t, originsOf(explained, 1, "ART_PX").Lookups, "what one row asked does not stay for the next")
}

// TestExplain_TellsOfEveryFieldOfTheDraft: each field has exactly one origin that
// holds its very value, in the same order.
func TestExplain_TellsOfEveryFieldOfTheDraft(t *testing.T) {
	t.Parallel()
	m := demoMapper(t)
	order, err := m.ExplainOrder(sale(), orderContext, domain.Schema{})
	require.NoError(t, err)
	customer, err := m.ExplainCustomer(buying(company), customerSchema)
	require.NoError(t, err)
	address, err := m.ExplainDeliveryAddress(company.Address, "10001", company, sale().Date, domain.Schema{})
	require.NoError(t, err)
	for _, explained := range []mapping.Explained{order, customer, address} {
		var given []domain.Field
		for _, o := range explained.Origins {
			if o.Given {
				given = append(given, domain.Field{Name: o.Field, Value: o.Value})
			}
		}
		fields := explained.Draft.Fields
		for _, line := range explained.Draft.Lines {
			fields = append(fields, line.Fields...)
		}
		require.Equal(t, fields, given)
	}
}

func TestExplain_NamesTheRuleThatMadeItFit(t *testing.T) {
	t.Parallel()
	c := company
	c.Company = strings.Repeat("x", 50)
	explained, err := demoMapper(t).ExplainCustomer(buying(c), customerSchema)
	require.NoError(t, err)
	name := originsOf(explained, 0, "ACCT_NAME")
	require.Equal(t, []string{"cut to 40 characters"}, name.Rules)
	require.Equal(t, strings.Repeat("x", 40), name.Value.Text)
}

func TestExplain_AfterAnErrorTellsWhatWentWell(t *testing.T) {
	t.Parallel()
	order := sale()
	order.Lines[2].VATCode = "77"
	explained, err := demoMapper(t).ExplainOrder(order, orderContext, domain.Schema{})
	require.ErrorAs(t, err, new(*mapping.Unmapped))
	last := explained.Origins[len(explained.Origins)-1]
	require.Equal(t, "ART_PX", last.Field)
	require.Equal(t, 2, last.Line)
	require.Equal(t, "1", originsOf(explained, 1, "VAT_CODE").Value.Text)
}

// BenchmarkExplainOrder_FiveLines is BenchmarkOrder_FiveLines with the origin of
// every field.
func BenchmarkExplainOrder_FiveLines(b *testing.B) {
	m, order, header := fiveLines(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.ExplainOrder(order, orderContext, header); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "orders/s")
}
