package mapping_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
)

// oneRow is the demo document with one more row in mapping.order.
func oneRow(t testing.TB, source string) domain.MappingRules {
	t.Helper()
	rules := demoRules(t)
	rules.Mapping.Order = []domain.MappingRow{{Target: "X", Source: source}}
	return rules
}

// result maps the sample sale by one expression.
func result(t testing.TB, source string) (domain.Value, error) {
	t.Helper()
	m, err := mapping.Compile(oneRow(t, source))
	require.NoError(t, err, source)
	draft, _, err := m.Order(sale(), orderContext, domain.Schema{})
	value, _ := draft.Get("X")
	return value, err
}

func TestExpressions_Give(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]domain.Value{
		`'a' + "b"`:                    domain.TextValue("ab"),
		`"  padded "`:                  domain.TextValue("padded"),
		`upper("é") + lower("Ä")`:      domain.TextValue("Éä"),
		`coalesce("", "  ", "x", "y")`: domain.TextValue("x"),
		`join(", ", customer.city, "", customer.country)`:  domain.TextValue("Delft, Nederland"),
		`truncate("€uro", 2)`:                              domain.TextValue("€u"),
		`truncate("abc", 0 - 1)`:                           {},
		`digits("NL 12-34")`:                               domain.TextValue("1234"),
		`compact("nl.12 34-b01")`:                          domain.TextValue("NL1234B01"),
		`country_iso2("belgique")`:                         domain.TextValue("BE"),
		`country_iso2("")`:                                 {},
		`postcode("1234ab", "NL")`:                         domain.TextValue("1234 AB"),
		`postcode("1234 ab", "")`:                          domain.TextValue("1234 AB"),
		`postcode("b-1000", "BE")`:                         domain.TextValue("B-1000"),
		`postcode("0123ab", "NL")`:                         domain.TextValue("0123AB"),
		`order.total_incl - order.total_excl`:              domain.NumberValue(dec("5.03")),
		`order.total_incl * 2`:                             domain.NumberValue(dec("68.40")),
		`100 - order.total_incl`:                           domain.NumberValue(dec("65.80")),
		`round(order.total_incl / 3, 2)`:                   domain.NumberValue(dec("11.40")),
		`round(decimal("-0.005"), 2)`:                      domain.NumberValue(dec("-0.01")),
		`order.total_incl * decimal("1.21")`:               domain.NumberValue(dec("41.382")),
		`order.total_incl == decimal("34.2")`:              domain.BoolValue(true),
		`order.total_incl > 34 and order.total_excl <= 29`: domain.BoolValue(false),
		`1 + 2`:                                           domain.NumberValue(dec("3")),
		`len(order.lines)`:                                domain.NumberValue(dec("2")),
		`any(order.lines, .sku == "000102")`:              domain.BoolValue(true),
		`count(order.lines, .vat_code == "1")`:            domain.NumberValue(dec("1")),
		`order.lines[0].sku`:                              domain.TextValue("100101"),
		`order.number matches "^2026" ? order.date : nil`: domain.DateValue(domain.Date{Year: 2026, Month: 5, Day: 1}),
		`order.delivery_date`:                             {},
		`nil`:                                             {},
		`not customer.is_company`:                         domain.BoolValue(false),
		`order.payment_method in ["PIN", "CASH"] ? "A" : "B"`:   domain.TextValue("B"),
		`order.delivery_address.city ?? "x"`:                    {},
		`settings.control_account`:                              domain.TextValue("1300"),
		`order.vat_method == "inclusive" ? reference : "other"`: domain.TextValue("MPLUS 2026.123"),
	} {
		t.Run(source, func(t *testing.T) {
			t.Parallel()
			got, err := result(t, source)
			require.NoError(t, err)
			require.True(t, want.Equal(got), "gives %+v", got)
		})
	}
}

func TestCompile_RefusesWithPosition(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		`order.nothing`: "order has no field nothing (at character 7)",
		`nothing`:       "unknown name nothing (at character 1)",
		`line.sku`:      "unknown name line (at character 1)",

		// Inside the arguments of a function, also of one that is inside another.
		`coalesce(customer.nothing, customer.name)`:         "customer has no field nothing (at character 19)",
		`coalesce(nothing.name, "x")`:                       "unknown name nothing (at character 10)",
		`join(" ", customer.city, customer.nothing)`:        "customer has no field nothing (at character 35)",
		`truncate(customer.nothing, 3)`:                     "customer has no field nothing",
		`lookup("employee", customer.nothing)`:              "customer has no field nothing (at character 29)",
		`coalesce(upper(customer.nothing), "x")`:            "customer has no field nothing",
		`coalesce("x", lookup("employee", nothing))`:        "unknown name nothing",
		`coalesce(split_address(customer.street).nothing)`:  "split_address has no field nothing",
		`coalesce(upper(order.total_incl))`:                 "upper needs text here, and is given decimal",
		`round(max(order.total_incl, order.number), 2)`:     "max needs",
		`coalesce(order.branch == 1 ? "a" : customer.nope)`: "",
		`coalesce(5)`: "coalesce needs text here, and is given a whole number (at character 10)",

		`order.number * 2`:                     "(at character 14)",
		`order.total_incl + order.number`:      "(at character 18)",
		`truncate(order.number)`:               "not enough arguments",
		`upper(order.total_incl)`:              "upper needs text here, and is given decimal (at character 13)",
		`order.`:                               "unexpected end of expression (at character 6)",
		``:                                     "the expression ends too early",
		`1.5`:                                  `not exact; write decimal("1.21")`,
		`7 / 2`:                                "not exact",
		`2 ** 3`:                               "not exact",
		`order.total_incl * 1.21`:              `write decimal("1.21") for 1.21 (at character 18)`,
		`order.total_incl.InexactFloat64()`:    "not exact",
		`order.total_incl.Shift(1000000000)`:   "methods cannot be called",
		`order.date.String()`:                  "methods cannot be called",
		`order.lines`:                          "must give text, a number, a date, or true or false",
		`order`:                                "must give text",
		`$env`:                                 "$env cannot be used",
		`$env["order"]`:                        "$env cannot be used",
		`customer[order.number]`:               "customer[text] is undefined",
		`true ? "a" : 1`:                       "must give text",
		`len(1..1000000)`:                      ".. cannot be used",
		`let a = "x"; a + a`:                   "a form that mappings do not have",
		`{"a": 1}`:                             "a form that mappings do not have",
		`order.number[0:2]`:                    "a form that mappings do not have",
		`order.number matches order.reference`: "matches needs a pattern written out",
		`any(order.lines, any(order.lines, true))`: "inside another walk",
		`lookup(order.number, "x")`:                "name of a table written out",
		`lookup("missing", "x")`:                   `there is no lookup table "missing" in this document (at character 1)`,
		`decimal(order.number)`:                    "decimal needs a number written out",
		`decimal("1e9")`:                           "decimal needs a plain number",
		`decimal("ten")`:                           "decimal needs a plain number",
		`repeat("x", 1000)`:                        "unknown name repeat",
		`string(1)`:                                "unknown name string",
		`now()`:                                    "unknown name now",
		`map(order.lines, .sku)`:                   "unknown name map",
		`filter(order.lines, true)`:                "unknown name filter",
		`toJSON(customer)`:                         "unknown name toJSON",
		strings.Repeat("not ", 400) + "true":       "exceeds maximum allowed nodes",
	} {
		t.Run(source, func(t *testing.T) {
			t.Parallel()
			_, err := mapping.Compile(oneRow(t, source))
			var problems domain.DocumentProblems
			require.ErrorAs(t, err, &problems)
			require.Len(t, problems, 1)
			require.Equal(t, "mapping.order[0].source", problems[0].Path)
			require.Contains(t, problems[0].Text, want)
			require.NotContains(t, problems[0].Text, "\n")
		})
	}
}

func TestCompile_ReportsEveryProblemAtOnce(t *testing.T) {
	t.Parallel()
	rules := demoRules(t)
	rules.Mapping.Customer = []domain.MappingRow{{Target: "A", Source: "x"}, {Target: "B", Source: "customer.name"}, {Target: "C", Source: "y"}}
	rules.Mapping.OrderLine = []domain.MappingRow{
		{Target: "Q", Source: "line.quantity", Proof: domain.ProofQuantity},
		{Target: "R", Source: "line.sku", Proof: domain.ProofQuantity},
	}
	_, err := mapping.Compile(rules)
	require.EqualError(t, err, strings.Join([]string{
		"mapping.customer[0].source: unknown name x (at character 1)",
		"mapping.customer[2].source: unknown name y (at character 1)",
		"mapping.order_line[1].source: must give a number, because proof: quantity reads it",
		"mapping.order_line: must mark one field only with proof: quantity",
		"mapping.order_line: must mark a field with proof: unit_price, or the VAT of an order cannot be proved",
	}, "\n"))
}

func TestExpressions_FailWithoutValues(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		`order.total_incl / (order.total_incl - order.total_incl)`,
		`order.lines[7].sku`,
		`order.number + coalesce(order.lines[7].sku, customer.name)`,
	} {
		_, err := result(t, source)
		var failed *mapping.ExpressionError
		require.ErrorAs(t, err, &failed, source)
		require.Equal(t, "mapping_failed", failed.Code())
		require.EqualError(t, err, "mapping.order X: the expression failed on this record")
	}
}

// TestExpressions_CannotGrowWithoutBound doubles a text and squares a number as
// often as an expression allows.
func TestExpressions_CannotGrowWithoutBound(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		strings.Repeat(`"`+strings.Repeat("x", 900)+`" + `, 5) + "customer.name",
		strings.Repeat("(order.total_incl + 1) * ", 40) + "1",
		`join("` + strings.Repeat("x", 900) + `", ` + strings.TrimSuffix(strings.Repeat(`"y", `, 100), ", ") + `)`,
	} {
		_, err := result(t, source)
		require.Error(t, err)
	}
}

func FuzzCompile(f *testing.F) {
	for _, source := range []string{
		"order.number", `lookup("vat_code", "2")`, "order.total_incl / 0", `any(order.lines, .sku matches "[")`, "1.5", "order.lines[0 - 1]",
		"a ?? b ?. c", "\x00", `"\u0000"`, "order.lines[9223372036854775807].sku", `truncate("x", 99999999999)`, "0x7fffffffffffffff + 1", "#", ".sku",
		`"a" in "b"`, `order.lines?.[0]`, "order.date.Month % 0", "if true {1} else {2}", "order | upper()", "-order.total_incl", `customer.name | upper`,
	} {
		f.Add(source)
	}
	rules := demoRules(f)
	f.Fuzz(func(t *testing.T, source string) {
		r := rules
		r.Mapping.Order = []domain.MappingRow{{Target: "X", Source: source}}
		m, err := mapping.Compile(r)
		if err != nil {
			var problems domain.DocumentProblems
			require.ErrorAs(t, err, &problems)
			return
		}
		first, _, firstErr := m.Order(sale(), orderContext, domain.Schema{})
		second, _, secondErr := m.Order(sale(), orderContext, domain.Schema{})
		require.Equal(t, firstErr, secondErr)
		require.Equal(t, first.Hash(), second.Hash(), "a mapping is pure")
		if firstErr != nil {
			require.NotContains(t, firstErr.Error(), "Korenaar")
		}
	})
}
