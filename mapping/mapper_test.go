package mapping_test

import (
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/mapping"
	"github.com/koppel/koppel/settings"
)

func dec(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// demoRules are those of the example document for the sandboxes.
func demoRules(t testing.TB) domain.MappingRules {
	t.Helper()
	text, err := os.ReadFile("../configs/examples/demo.yaml")
	require.NoError(t, err)
	doc, err := settings.Parse(text)
	require.NoError(t, err)
	return doc.MappingRules()
}

func demoMapper(t testing.TB) *mapping.Mapper {
	t.Helper()
	m, err := mapping.Compile(demoRules(t))
	require.NoError(t, err)
	return m
}

// text is a schema of text fields with these lengths; numbers and dates by suffix.
func schema(entity domain.Entity, fields ...domain.FieldSpec) domain.Schema {
	return domain.Schema{Entity: entity, Fields: fields}
}

func spec(name string, length int) domain.FieldSpec {
	return domain.FieldSpec{Name: name, Kind: domain.KindText, Length: length, Updatable: true}
}

var customerSchema = schema(domain.EntityCustomer,
	spec("ACCT_NR", 10), spec("ACCT_NAME", 40), spec("SRC_CODE", 10), spec("MAIN_CONT", 40), spec("ADDRESS1", 80),
	spec("POST_CODE", 10), spec("CITY", 35), spec("CNT_CODE", 2), spec("MAIL_BUS", 50), spec("TEL_BUS", 20),
	spec("TEL_MOB", 20), spec("VAT_NR", 14), spec("COC_CODE", 15), spec("DEB_NR", 10),
)

var company = domain.Customer{
	ID: "0012", Name: "Bakkerij De Korenaar B.V.", Company: "Bakkerij De Korenaar B.V.", Contact: "Jan Jansen",
	Address: domain.Address{Street: "Hoofdstraat 12-A", Postcode: "1234ab", City: "Delft", Country: "Nederland"},
	Email:   "info@example.nl", Phone: "015-1234567", VATNumber: "nl 0012.34.567.b01", CommerceNumber: "30114500",
}

func sale() domain.Order {
	return domain.Order{
		ID: "o-1", Number: "2026.123", Date: domain.Date{Year: 2026, Month: 5, Day: 1}, Customer: company,
		Employee: "7", VATMethod: domain.VATInclusive,
		Lines: []domain.OrderLine{
			{ID: "a", SKU: "100101", Quantity: dec("2"), UnitPriceIncl: dec("12.10"), TotalIncl: dec("24.20"), UnitPriceExcl: dec("10"), TotalExcl: dec("20"), VATCode: "2", VATPercent: dec("21")},
			{ID: "b", Text: "Deliver before noon"},
			{ID: "c", SKU: "000102", Quantity: dec("3"), UnitPriceIncl: dec("4"), TotalIncl: dec("10.00"), UnitPriceExcl: dec("3.67"), TotalExcl: dec("9.17"), VATCode: "1", VATPercent: dec("9")},
			{ID: "d", SKU: "100103", Quantity: decimal.Zero, UnitPriceIncl: dec("4"), VATCode: "1", VATPercent: dec("9")},
		},
		VATGroups: []domain.VATGroup{
			{Code: "2", Percent: dec("21"), Excl: dec("20.00"), VAT: dec("4.20")},
			{Code: "1", Percent: dec("9"), Excl: dec("9.17"), VAT: dec("0.83")},
		},
		TotalIncl: dec("34.20"), TotalExcl: dec("29.17"),
	}
}

// buying is a sale to a customer.
func buying(c domain.Customer) domain.Order {
	order := sale()
	order.Customer = c
	return order
}

var orderContext = mapping.OrderContext{CustomerNumber: "10001", AddressCode: "77", Reference: "MPLUS 2026.123"}

// shown writes a draft as lines, for comparing at a glance.
func shown(d domain.Draft) string {
	var b strings.Builder
	for _, f := range d.Fields {
		value := f.Value.Text
		switch f.Value.Kind {
		case domain.KindNumber:
			value = f.Value.Number.String()
		case domain.KindDate:
			value = f.Value.Date.String()
		case domain.KindBool:
			value = map[bool]string{true: "yes", false: "no"}[f.Value.Bool]
		}
		b.WriteString(f.Name + "=" + value + "\n")
	}
	for _, l := range d.Lines {
		b.WriteString("- " + strings.ReplaceAll(strings.TrimSpace(shown(l)), "\n", " ") + "\n")
	}
	return b.String()
}

func TestCustomer_CompanyWithContact(t *testing.T) {
	t.Parallel()
	draft, err := demoMapper(t).Customer(buying(company), customerSchema)
	require.NoError(t, err)
	require.Equal(t, domain.EntityCustomer, draft.Entity)
	require.Equal(t, "0012", draft.Key)
	require.Equal(t, `ACCT_NR=1300
ACCT_NAME=Bakkerij De Korenaar B.V.
SRC_CODE=BAKKERIJ D
MAIN_CONT=Jan Jansen
ADDRESS1=Hoofdstraat 12-A
POST_CODE=1234 AB
CITY=Delft
CNT_CODE=NL
MAIL_BUS=info@example.nl
TEL_BUS=015-1234567
VAT_NR=NL001234567B01
COC_CODE=30114500
DEB_NR=0012
`, shown(draft))
	require.Empty(t, customerSchema.Check(draft))
}

func TestCustomer_PersonAbroadSendsOnlyWhatIsKnown(t *testing.T) {
	t.Parallel()
	draft, err := demoMapper(t).Customer(buying(domain.Customer{
		ID: "13", Name: " Anna Müller ", Contact: "not sent for a person", Mobile: "+49 170 1234567",
		Address: domain.Address{Street: "Hauptstraße 3", Postcode: " 80331 ", City: "München", Country: "Deutschland"},
	}), customerSchema)
	require.NoError(t, err)
	require.Equal(t, "ACCT_NR=1300\nACCT_NAME=Anna Müller\nSRC_CODE=ANNA MÜLLE\nADDRESS1=Hauptstraße 3\nPOST_CODE=80331\nCITY=München\nCNT_CODE=DE\nTEL_MOB=+49 170 1234567\nDEB_NR=13\n", shown(draft))
}

func TestCustomer_UnknownCountryIsRefusedWithoutNamingIt(t *testing.T) {
	t.Parallel()
	c := company
	c.Address.Country = "Atlantis"
	_, err := demoMapper(t).Customer(buying(c), customerSchema)
	var refused *mapping.Refused
	require.ErrorAs(t, err, &refused)
	require.Equal(t, mapping.CodeCountryUnknown, refused.Code())
	require.NotContains(t, err.Error(), "Atlantis")
}

func TestCustomer_LengthRules(t *testing.T) {
	t.Parallel()
	c := company
	c.Company = strings.Repeat("é", 39) + " x"
	draft, err := demoMapper(t).Customer(buying(c), customerSchema)
	require.NoError(t, err)
	name, _ := draft.Get("ACCT_NAME")
	require.Equal(t, strings.Repeat("é", 39), name.Text, "cut to 40 characters, and no blank at the end")

	c.Email = strings.Repeat("secret", 10) + "@example.nl"
	_, err = demoMapper(t).Customer(buying(c), customerSchema)
	var refused *mapping.Refused
	require.ErrorAs(t, err, &refused)
	require.Equal(t, mapping.CodeTooLong, refused.Code())
	require.EqualError(t, err, "mapping.customer MAIL_BUS: is longer than 50 characters")
}

func TestDeliveryAddress(t *testing.T) {
	t.Parallel()
	draft, err := demoMapper(t).DeliveryAddress(
		domain.Address{Street: "Dorpsstraat 1", Postcode: "2345 cd", City: "Leiden"}, "10001", company, sale().Date,
		schema(domain.EntityDeliveryAddress, spec("SUB_NR", 10)))
	require.NoError(t, err)
	require.Equal(t, "SUB_NR=10001\nDEL_NAME=Bakkerij De Korenaar B.V.\nADDRESS1=Dorpsstraat 1\nPOST_CODE=2345 CD\nCITY=Leiden\nMAIL_BUS=info@example.nl\nTEL_BUS=015-1234567\n", shown(draft))
}

func TestOrder_MapsWhatIsSoldAndProvesIt(t *testing.T) {
	t.Parallel()
	order := sale()
	draft, booked, err := demoMapper(t).Order(order, orderContext, domain.Schema{})
	require.NoError(t, err)
	require.Equal(t, "2026.123", draft.Key)
	require.Equal(t, `RPL_INV=10001
RPL_DEL=10001
ORD_DATE=2026-05-01
COMMENT1=MPLUS 2026.123
DEL_CODE=77
- ART_CODE=100101 ORD_QTY=2 ART_PX=12.1 VAT_CODE=1
- ART_CODE=000102 ORD_QTY=3 ART_PX=3.333 VAT_CODE=2
`, shown(draft))
	require.Len(t, booked, 2)
	require.Empty(t, reconcile.VATProof(order, booked))
	require.Equal(t, "2", booked[0].VATCode)
	require.True(t, booked[0].PriceIncludesVAT)
}

func TestOrder_PricesWithoutVAT(t *testing.T) {
	t.Parallel()
	rules := demoRules(t)
	rules.Settings.Sale.PricesInclusive = false
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	order := sale()
	draft, booked, err := m.Order(order, orderContext, domain.Schema{})
	require.NoError(t, err)
	price, _ := draft.Lines[1].Get("ART_PX")
	require.Equal(t, "3.057", price.Number.String())
	require.Empty(t, reconcile.VATProof(order, booked))
}

func TestOrder_ProofSeesAWrongRowOfTheVATTable(t *testing.T) {
	t.Parallel()
	rules := demoRules(t)
	rows := rules.Lookups["vat_code"].Rows
	rows[0].Value, rows[1].Value = rows[1].Value, rows[0].Value
	rows[0].Percent, rows[1].Percent = rows[1].Percent, rows[0].Percent
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	order := sale()
	_, booked, err := m.Order(order, orderContext, domain.Schema{})
	require.NoError(t, err)
	require.Len(t, reconcile.VATProof(order, booked), 2)
}

func TestOrder_ProofSeesMoneyThatIsLeftOut(t *testing.T) {
	t.Parallel()
	order := sale()
	order.Lines[1].TotalIncl, order.Lines[1].VATCode = dec("5.00"), "2" // a text line with an amount
	order.VATGroups[0].Excl, order.VATGroups[0].VAT = dec("24.13"), dec("5.07")
	_, booked, err := demoMapper(t).Order(order, orderContext, domain.Schema{})
	require.NoError(t, err)
	require.Len(t, reconcile.VATProof(order, booked), 1)
}

func TestOrder_ProofReadsWhatTheDraftHolds(t *testing.T) {
	t.Parallel()
	rules := demoRules(t)
	for i, r := range rules.Mapping.OrderLine {
		if r.Proof == domain.ProofQuantity {
			rules.Mapping.OrderLine[i].Source = "line.sku == '100101' ? nil : line.quantity * 2"
		}
	}
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	order := sale()
	_, booked, err := m.Order(order, orderContext, domain.Schema{})
	require.NoError(t, err)
	require.True(t, booked[0].Quantity.IsZero(), "a quantity that is not sent books nothing")
	require.Equal(t, "6", booked[1].Quantity.String())
	require.Len(t, reconcile.VATProof(order, booked), 2)
}

func TestOrder_OtherVATIsNeverBookedUnderTheUsualCode(t *testing.T) {
	t.Parallel()
	for key, change := range map[string]func(*domain.Order){
		"none":  func(o *domain.Order) { o.VATMethod = domain.VATNone },
		"DEU:2": func(o *domain.Order) { o.VATCountry = "DEU" },
	} {
		order := sale()
		change(&order)
		_, _, err := demoMapper(t).Order(order, orderContext, domain.Schema{})
		var unmapped *mapping.Unmapped
		require.ErrorAs(t, err, &unmapped, key)
		require.Equal(t, mapping.Unmapped{Table: "vat_code", Key: domain.LookupKey{key}}, *unmapped)
		require.Equal(t, "unmapped_vat_code", unmapped.Code())
		require.NotContains(t, err.Error(), key)
	}
}

// TestOrder_ReverseCharge: the till writes 21 % on the line and no VAT in the
// group; the books charge what their own code says.
func TestOrder_ReverseCharge(t *testing.T) {
	t.Parallel()
	order := sale()
	order.VATMethod = domain.VATShifted
	order.Lines = order.Lines[:1]
	order.Lines[0].TotalIncl, order.Lines[0].UnitPriceIncl = dec("20"), dec("10")
	order.VATGroups = []domain.VATGroup{{Code: "2", Percent: dec("21"), Excl: dec("20")}}
	draft, booked, err := demoMapper(t).Order(order, orderContext, domain.Schema{})
	require.NoError(t, err)
	code, _ := draft.Lines[0].Get("VAT_CODE")
	require.Equal(t, "4", code.Text)
	require.Empty(t, reconcile.VATProof(order, booked))

	rules := demoRules(t)
	for i := range rules.Lookups["vat_code"].Rows {
		rules.Lookups["vat_code"].Rows[i].Percent = nil
	}
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	_, booked, err = m.Order(order, orderContext, domain.Schema{})
	require.NoError(t, err)
	require.Len(t, reconcile.VATProof(order, booked), 1, "without a percentage in the table nothing proves that no VAT is charged")
}

func TestOrder_NothingSoldIsRefused(t *testing.T) {
	t.Parallel()
	order := sale()
	order.Lines = order.Lines[1:2]
	_, _, err := demoMapper(t).Order(order, orderContext, domain.Schema{})
	var refused *mapping.Refused
	require.ErrorAs(t, err, &refused)
	require.Equal(t, mapping.CodeNothingSold, refused.Code())
}

func TestOrder_RefusesByLine(t *testing.T) {
	t.Parallel()
	lines := schema(domain.EntityOrderLine, spec("art_code", 3))
	_, _, err := demoMapper(t).Order(sale(), orderContext, domain.Schema{Lines: &lines})
	require.EqualError(t, err, "mapping.order_line art_code (line 1): is longer than 3 characters")
}

func TestLookup_Policies(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		table domain.Lookup
		key   string
		want  string
		fails bool
	}{
		"row":                       {domain.Lookup{Rows: []domain.LookupRow{{Key: domain.LookupKey{"a"}, Value: "1"}, {Key: domain.LookupKey{"*"}, Value: "2"}}}, "a", "1", false},
		"wildcard":                  {domain.Lookup{Rows: []domain.LookupRow{{Key: domain.LookupKey{"a"}, Value: "1"}, {Key: domain.LookupKey{"*"}, Value: "2"}}}, "b", "2", false},
		"no key, wildcard or not":   {domain.Lookup{Rows: []domain.LookupRow{{Key: domain.LookupKey{"*"}, Value: "2"}}}, "", "", false},
		"no key with a row for it":  {domain.Lookup{Rows: []domain.LookupRow{{Key: domain.LookupKey{""}, Value: "3"}}}, "", "3", false},
		"default":                   {domain.Lookup{Unmapped: domain.UnmappedDefault, Default: "9"}, "x", "9", false},
		"default that is nothing":   {domain.Lookup{Unmapped: domain.UnmappedDefault}, "x", "", false},
		"park":                      {domain.Lookup{Unmapped: domain.UnmappedPark}, "x", "", true},
		"park is what nobody chose": {domain.Lookup{}, "x", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rules := demoRules(t)
			rules.Lookups["delivery_method"] = c.table
			m, err := mapping.Compile(rules)
			require.NoError(t, err)
			order := sale()
			order.DeliveryMethod = c.key
			draft, _, err := m.Order(order, orderContext, domain.Schema{})
			if c.fails {
				require.Error(t, err)
				return
			}
			require.NoError(t, err)
			value, given := draft.Get("SHIP_MTH")
			require.Equal(t, c.want != "", given)
			require.Equal(t, c.want, value.Text)
		})
	}
}

func TestExamples_Compile(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"demo.yaml", "shop.yaml"} {
		text, err := os.ReadFile("../configs/examples/" + file)
		require.NoError(t, err)
		_, err = settings.Parse(text, func(doc settings.Document) error {
			_, err := mapping.Compile(doc.MappingRules())
			return err
		})
		require.NoError(t, err, file)
	}
	_, err := mapping.Compile(settings.Default("new").MappingRules())
	require.NoError(t, err)
}

func TestMapper_IsSafeForManyAtOnce(t *testing.T) {
	t.Parallel()
	m := demoMapper(t)
	want, _, err := m.Order(sale(), orderContext, domain.Schema{})
	require.NoError(t, err)
	var wg sync.WaitGroup
	hashes := make([]string, 16)
	for i := range hashes {
		wg.Go(func() {
			for range 50 {
				draft, _, err := m.Order(sale(), orderContext, domain.Schema{})
				if err == nil {
					hashes[i] = draft.Hash()
				}
			}
		})
	}
	wg.Wait()
	for _, hash := range hashes {
		require.Equal(t, want.Hash(), hash)
	}
}

// fiveLines is what the benchmarks map: an order of five lines, for a target
// that knows its fields.
func fiveLines(b *testing.B) (*mapping.Mapper, domain.Order, domain.Schema) {
	b.Helper()
	order := sale()
	line := order.Lines[0]
	order.Lines = []domain.OrderLine{line, line, order.Lines[2], line, order.Lines[2]}
	lines := schema(domain.EntityOrderLine, spec("ART_CODE", 15), spec("VAT_CODE", 2))
	header := schema(domain.EntityOrder, spec("RPL_INV", 10), spec("COMMENT1", 40))
	header.Lines = &lines
	return demoMapper(b), order, header
}

// BenchmarkOrder_FiveLines is the pure mapping of a five-line order, proof values included.
func BenchmarkOrder_FiveLines(b *testing.B) {
	m, order, header := fiveLines(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := m.Order(order, orderContext, header); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "orders/s")
}
