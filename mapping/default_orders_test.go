package mapping_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/mapping"
)

// sold makes an order of these lines, with the VAT groups that the till would give.
func sold(c domain.Customer, lines ...domain.OrderLine) domain.Order {
	o := domain.Order{
		ID: "o-9", Number: "2026.900", Date: day("2026-05-01"), DeliveryDate: day("2026-05-04"), Customer: c, InvoiceAddress: c.Address,
		Employee: "1", DeliveryMethod: "BEZORGEN", VATMethod: domain.VATInclusive,
	}
	groups := map[string]*domain.VATGroup{}
	var codes []string
	for _, l := range lines {
		o.Lines = append(o.Lines, l)
		if groups[l.VATCode] == nil {
			groups[l.VATCode] = &domain.VATGroup{Code: l.VATCode, Percent: l.VATPercent}
			codes = append(codes, l.VATCode)
		}
		g := groups[l.VATCode]
		g.Excl, g.VAT = g.Excl.Add(l.TotalExcl), g.VAT.Add(l.TotalIncl.Sub(l.TotalExcl))
		o.TotalIncl, o.TotalExcl = o.TotalIncl.Add(l.TotalIncl), o.TotalExcl.Add(l.TotalExcl)
	}
	for _, code := range codes {
		o.VATGroups = append(o.VATGroups, *groups[code])
	}
	return o
}

// line is a line at a price including VAT, with a discount over all of it.
func line(sku, quantity, price, discount, code, percent string) domain.OrderLine {
	rate := decimal.NewFromInt(1).Add(dec(percent).Shift(-2))
	total := dec(quantity).Mul(dec(price)).Sub(dec(discount))
	return domain.OrderLine{
		ID: sku, SKU: sku, Quantity: dec(quantity), UnitPriceIncl: dec(price), UnitPriceExcl: dec(price).DivRound(rate, 2),
		TotalIncl: total, TotalExcl: total.DivRound(rate, 2), DiscountIncl: dec(discount), VATCode: code, VATPercent: dec(percent),
	}
}

// orderCases are the orders of the golden files, by business case.
func orderCases() map[string]domain.Order {
	person := domain.Customer{
		ID: "21", Name: "S. de Vries", Address: domain.Address{Street: "1e Jacob van Campenstraat 34-2", Postcode: "1072be", City: "Amsterdam", Country: "NL"},
		Email: "s@example.nl", Mobile: "06-12345678",
	}
	abroad := domain.Customer{
		ID: "22", Name: "Łukasz Müller", Address: domain.Address{Street: "Straße des 17. Juni 135", Postcode: "10623", City: "Berlin", Country: "Deutschland"},
	}
	belgian := domain.Customer{
		ID: "23", Name: "Maison Dupont", Company: "Maison Dupont SPRL", Contact: "Anne Dupont", VATNumber: "BE 0123.456.789",
		Address: domain.Address{Street: "12, rue de la Loi", Postcode: "1000", City: "Bruxelles", Country: "Belgique"},
	}
	pan, bread := line("100101", "2", "34.95", "0", "2", "21"), line("000102", "3", "4", "2", "1", "9")

	elsewhere := sold(company, pan, bread)
	elsewhere.DeliveryAddress = domain.Address{Company: "Magazijn De Korenaar", Street: "Kade 1 a", Postcode: "1011ab", City: "Amsterdam", Country: "Nederland"}
	text := sold(person, pan)
	text.Lines = append(text.Lines, domain.OrderLine{ID: "t", Text: "Ring twice"})
	shifted := sold(belgian, domain.OrderLine{
		ID: "100101", SKU: "100101", Quantity: dec("1"), UnitPriceIncl: dec("28.88"), UnitPriceExcl: dec("28.88"), TotalIncl: dec("28.88"), TotalExcl: dec("28.88"), VATCode: "2", VATPercent: dec("21"),
	})
	shifted.VATMethod = domain.VATShifted
	return map[string]domain.Order{
		"company-delivered-elsewhere": elsewhere, "person-with-a-note": text, "customer-abroad": sold(abroad, bread),
		"reverse-charge": shifted, "return": sold(person, line("100101", "-1", "34.95", "0", "2", "21")),
		"discount": sold(person, line("100101", "3", "34.95", "10.49", "2", "21")),
	}
}

// TestDefaultRows_GoldenOrders maps each business case by the default rows: the
// debtor, the address to deliver to, and the order, whose VAT must be proved.
func TestDefaultRows_GoldenOrders(t *testing.T) {
	t.Parallel()
	m := demoMapper(t)
	windows := customerSchema
	windows.CharacterSet = domain.CharactersWindows1252
	for name, order := range orderCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			customer, err := m.Customer(order, windows)
			require.NoError(t, err)
			page := "debtor\n" + shown(customer)
			if !order.DeliveryAddress.IsZero() {
				address, err := m.DeliveryAddress(order.DeliveryAddress, "10001", order.Customer, order.Date, domain.Schema{CharacterSet: domain.CharactersWindows1252})
				require.NoError(t, err)
				page += "\ndelivery address\n" + shown(address)
			}
			draft, booked, err := m.Order(order, mapping.OrderContext{CustomerNumber: "10001", Reference: "MPLUS " + order.Number}, domain.Schema{})
			require.NoError(t, err)
			require.Empty(t, reconcile.VATProof(order, booked))
			page += "\norder\n" + shown(draft)

			file := filepath.Join("testdata/orders", name+".txt")
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(page), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Equal(t, string(want), page)
		})
	}
}

// TestDefaultRows_FillTheOrderSideAsPromised walks the fields of the product page.
func TestDefaultRows_FillTheOrderSideAsPromised(t *testing.T) {
	t.Parallel()
	m := demoMapper(t)
	order := orderCases()["company-delivered-elsewhere"]
	customer, err := m.Customer(order, customerSchema)
	require.NoError(t, err)
	address, err := m.DeliveryAddress(order.DeliveryAddress, "10001", order.Customer, order.Date, domain.Schema{})
	require.NoError(t, err)
	draft, _, err := m.Order(order, orderContext, domain.Schema{})
	require.NoError(t, err)
	for promise, c := range map[string]struct {
		draft domain.Draft
		field string
		want  domain.Value
	}{
		"customer name":                    {customer, "ACCT_NAME", domain.TextValue("Bakkerij De Korenaar B.V.")},
		"billing street and house number":  {customer, "ADDRESS1", domain.TextValue("Hoofdstraat 12-A")},
		"billing postcode":                 {customer, "POST_CODE", domain.TextValue("1234 AB")},
		"billing city":                     {customer, "CITY", domain.TextValue("Delft")},
		"billing country":                  {customer, "CNT_CODE", domain.TextValue("NL")},
		"shipping name":                    {address, "DEL_NAME", domain.TextValue("Magazijn De Korenaar")},
		"shipping street and house number": {address, "ADDRESS1", domain.TextValue("Kade 1 a")},
		"shipping postcode":                {address, "POST_CODE", domain.TextValue("1011 AB")},
		"shipping city":                    {address, "CITY", domain.TextValue("Amsterdam")},
		"shipping country":                 {address, "CNT_CODE", domain.TextValue("NL")},
		"order date":                       {draft, "ORD_DATE", domain.DateValue(order.Date)},
		"product code":                     {draft.Lines[1], "ART_CODE", domain.TextValue("000102")},
		"quantity":                         {draft.Lines[1], "ORD_QTY", domain.NumberValue(dec("3"))},
		"price":                            {draft.Lines[1], "ART_PX", domain.NumberValue(dec("3.333"))},
		"VAT code":                         {draft.Lines[1], "VAT_CODE", domain.TextValue("2")},
	} {
		got, given := c.draft.Get(c.field)
		require.True(t, given, promise)
		require.True(t, c.want.Equal(got), "%s is %+v", promise, got)
	}
}

// TestDefaultRows_AddressesCanBeTakenApart: AccountView also has fields for
// street, house number and addition. The rows that fill them stand in the
// example document; they are not in the default, because no source says whether
// AccountView makes its address line of them.
func TestDefaultRows_AddressesCanBeTakenApart(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../configs/examples/shop.yaml")
	require.NoError(t, err)
	rules := demoRules(t)
	for _, row := range []domain.MappingRow{
		{Target: "ST_STREET", Source: "split_address(customer.street).street", TooLong: domain.TooLongTruncate},
		{Target: "ST_NR", Source: "split_address(customer.street).number"},
		{Target: "ST_EXTRA", Source: "split_address(customer.street).addition", TooLong: domain.TooLongTruncate},
	} {
		require.True(t, strings.Contains(string(text), row.Target+", source: "+row.Source), row.Target)
		rules.Mapping.Customer = append(rules.Mapping.Customer, row)
	}
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	customer, err := m.Customer(orderCases()["person-with-a-note"], domain.Schema{})
	require.NoError(t, err)
	require.Contains(t, shown(customer), "ADDRESS1=1e Jacob van Campenstraat 34-2\n")
	require.Contains(t, shown(customer), "ST_STREET=1e Jacob van Campenstraat\nST_NR=34\nST_EXTRA=2\n")
}
