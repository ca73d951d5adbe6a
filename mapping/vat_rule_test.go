package mapping_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

const vatRules = `
lookups:
  vat_code: {rows: [{key: "2", value: "H", percent: 21}]}
  vat_rule:
    keys: [code, rate, method, country, buyer]
    unmapped: default
    rows:
      - {key: ["*", "*", shifted, "*", business], value: ICL, percent: 0}
      - {key: ["*", "19", "*", DE, consumer], value: D19, percent: 19}
      - {key: ["*", "*", none, CH, "*"], value: EXP, percent: 0}
      - {key: ["3", "*", "*", NL, "*"], value: L9, percent: 9, valid_until: 2026-12-31}
      - {key: ["3", "*", "*", NL, "*"], value: L12, percent: 12, valid_from: 2027-01-01}
`

func TestVATRule_DecidesByRateMethodCountryBuyerAndDate(t *testing.T) {
	t.Parallel()
	m := mapperOf(t, vatRules)
	withoutVAT := func(o domain.Order, method domain.VATMethod) domain.Order {
		o.VATMethod = method
		for i := range o.Lines {
			l := &o.Lines[i]
			l.UnitPriceIncl, l.TotalIncl = l.UnitPriceExcl, l.TotalExcl
		}
		for i := range o.VATGroups {
			o.VATGroups[i].VAT = decimal.Zero
		}
		return o
	}
	belgian := domain.Customer{ID: "1", Company: "Dupont SPRL", VATNumber: "BE 0123.456.789", Address: domain.Address{Country: "Belgique"}}
	german := domain.Customer{ID: "2", Name: "Müller", Address: domain.Address{Country: "Deutschland"}}
	swiss := domain.Customer{ID: "3", Name: "Frei", Address: domain.Address{Country: "CH"}}
	sold2027 := sold(company, line("1", "1", "11.20", "0", "3", "12"))
	sold2027.Date = day("2027-01-01")
	oss := sold(german, line("1", "1", "119", "0", "2", "19"))
	oss.VATCountry = "DEU"
	counter := sold(german, line("1", "1", "121", "0", "2", "21"))
	counter.Source = domain.SourceReceipt
	for name, c := range map[string]struct {
		order domain.Order
		want  string
	}{
		"a Belgian company with a valid VAT number, shifted": {withoutVAT(sold(belgian, line("1", "1", "121", "0", "2", "21")), domain.VATShifted), "ICL"},
		"a German consumer, at the German rate":              {oss, "D19"},
		"a German consumer over the counter":                 {counter, "H"},
		"an export":                                          {withoutVAT(sold(swiss, line("1", "1", "121", "0", "2", "21")), domain.VATNone), "EXP"},
		"before the rate changed":                            {sold(company, line("1", "1", "10.90", "0", "3", "9")), "L9"},
		"after it":                                           {sold2027, "L12"},
		"what no rule fits goes by its code":                 {sold(company, line("1", "1", "121", "0", "2", "21")), "H"},
	} {
		draft, booked, err := m.Order(c.order, orderContext, domain.Schema{})
		require.NoError(t, err, name)
		code, _ := draft.Lines[0].Get("VAT_CODE")
		require.Equal(t, c.want, code.Text, name)
		require.Empty(t, reconcile.VATProof(c.order, booked), name)
	}
}

func TestOrder_ACountryThatCannotBeReadDecidesNoVAT(t *testing.T) {
	t.Parallel()
	order := sold(domain.Customer{ID: "1"}, line("1", "1", "121", "0", "2", "21"))
	order.DeliveryAddress = domain.Address{Street: "Weg 1", Country: "Atlantis"}
	_, _, err := mapperOf(t, vatRules).Order(order, orderContext, domain.Schema{})
	require.ErrorContains(t, err, "country")
}
