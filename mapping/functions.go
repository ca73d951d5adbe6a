package mapping

import (
	"slices"

	"github.com/expr-lang/expr"
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// Function is something that an expression can call. The documentation and the
// tests read the same list.
type Function struct {
	Name      string
	Signature string
	Help      string
	Example   string // an expression over an order
	Gives     string // what the example gives, as the documentation shows it

	call  func(...any) (any, error) // nil: the expression language's own
	types []any
}

// Functions lists all that expressions can call, lookup first. None makes its
// result much larger than its input, and none knows anything but its input.
func Functions() []Function { return allFunctions(tables{}) }

func allFunctions(t tables) []Function {
	return slices.Concat([]Function{lookupFunction(t)}, fixedFunctions, catalogueFunctions, languageFunctions)
}

func lookupFunction(t tables) Function {
	return Function{
		Name: "lookup", Signature: "lookup(table, key, ...) text",
		Help:    "The value of a row of a lookup table: one key for each key column. The table and the number of keys are checked when the document is saved.",
		Example: `lookup("delivery_method", "POST")`, Gives: "POST",
		call: t.lookup, types: []any{new(func(run *run, table string, keys ...string) string)},
	}
}

var fixedFunctions = []Function{
	{
		Name: "coalesce", Signature: "coalesce(text, ...) text", Help: "The first text that is not blank.",
		Example: `coalesce("", "  ", "Delft")`, Gives: "Delft", call: coalesce, types: []any{new(func(...string) string)},
	},
	{
		Name: "join", Signature: "join(separator, text, ...) text", Help: "The texts that are not blank, with the separator between them.",
		Example: `join(", ", "Delft", "", "NL")`, Gives: "Delft, NL", call: joinTexts, types: []any{new(func(separator string, texts ...string) string)},
	},
	{
		Name: "truncate", Signature: "truncate(text, length) text", Help: "The first characters of a text.",
		Example: `truncate("Korenaar", 5)`, Gives: "Koren", call: truncate, types: []any{new(func(string, int) string)},
	},
	{
		Name: "digits", Signature: "digits(text) text", Help: "The digits of a text, and nothing else.",
		Example: `digits("NL 12-34")`, Gives: "1234", call: digits, types: []any{new(func(string) string)},
	},
	{
		Name: "compact", Signature: "compact(text) text", Help: "A number of an authority as registers write it: in capitals, without blanks, dots, hyphens and slashes.",
		Example: `compact("nl 0012.34.567.b01")`, Gives: "NL001234567B01", call: compact, types: []any{new(func(string) string)},
	},
	{
		Name: "split_address", Signature: "split_address(text) with .street, .number and .addition",
		Help:    "Takes a line of street and house number apart, as it is written in the Netherlands, Belgium, Germany and France. What cannot be taken apart stays whole in .street.",
		Example: `split_address("1e Jacob van Campenstraat 34-2 hs").number`, Gives: "34", call: splitAddress, types: []any{new(func(string) *addressPartsSource)},
	},
	{
		Name: "join_address", Signature: "join_address(street, number, addition) text", Help: "Puts a line of street and house number together.",
		Example: `join_address("Dorpsstraat", "12", "A")`, Gives: "Dorpsstraat 12A", call: joinAddress, types: []any{new(func(street, number, addition string) string)},
	},
	{
		Name: "postcode", Signature: "postcode(text, iso2) text", Help: "A postcode as its country writes it. One without country that looks Dutch is taken for Dutch.",
		Example: `postcode("1234ab", "NL")`, Gives: "1234 AB", call: postcode, types: []any{new(func(text, iso2 string) string)},
	},
	{
		Name: "country_iso2", Signature: "country_iso2(text) text", Help: "ISO 3166 alpha-2 of a country as people write it, in Dutch, English, German or French. A country that is not understood parks the record; no country gives nothing.",
		Example: `country_iso2("België")`, Gives: "BE", call: countryISO2, types: []any{new(func(string) string)},
	},
	{
		Name: "phone", Signature: "phone(text, iso2) text", Help: "A telephone number as +31612345678. The country is that of the customer, and none stands for the Netherlands. What is not understood stays as it is.",
		Example: `phone("06-12 34 56 78", "NL")`, Gives: "+31612345678", call: phone, types: []any{new(func(text, iso2 string) string)},
	},
	{
		Name: "ean_valid", Signature: "ean_valid(text) true or false", Help: "Whether a text is a GTIN of 8, 12, 13 or 14 digits whose check digit is right.",
		Example: `ean_valid("8710398500120")`, Gives: "true", call: eanValid, types: []any{new(func(string) bool)},
	},
	{
		Name: "decimal", Signature: "decimal(text) number", Help: "An exact number, written out. 1.21 by itself would not be exact, and is refused.",
		Example: `decimal("1.21")`, Gives: "1.21", call: decimalOf, types: []any{new(func(string) decimal.Decimal)},
	},
	{
		Name: "round", Signature: "round(number, decimals) number", Help: "Rounds half away from zero.",
		Example: `round(decimal("2.345"), 2)`, Gives: "2.35", call: round, types: []any{new(func(decimal.Decimal, int) decimal.Decimal)},
	},
	{
		Name: "incl_to_excl", Signature: "incl_to_excl(amount, percent) number", Help: "Takes VAT off an amount, to twelve decimals. Round it yourself.",
		Example: `incl_to_excl(decimal("24.20"), 21)`, Gives: "20", call: inclToExcl, types: []any{new(func(amount, percent decimal.Decimal) decimal.Decimal), new(func(amount decimal.Decimal, percent int) decimal.Decimal)},
	},
	{
		Name: "excl_to_incl", Signature: "excl_to_incl(amount, percent) number", Help: "Puts VAT on an amount, exactly.",
		Example: `excl_to_incl(decimal("20"), 21)`, Gives: "24.2", call: exclToIncl, types: []any{new(func(amount, percent decimal.Decimal) decimal.Decimal), new(func(amount decimal.Decimal, percent int) decimal.Decimal)},
	},
	{
		Name: "date", Signature: "date(text) date", Help: "A date from YYYY-MM-DD; no text gives no date.",
		Example: `date("2026-01-31")`, Gives: "2026-01-31", call: dateOf, types: []any{new(func(string) domain.Date)},
	},
	{
		Name: "format", Signature: "format(date, pattern) text, format(number, decimals) text", Help: "Writes a date by a pattern of DD, D, MM, M, YYYY and YY, or a number with so many decimals and a point.",
		Example: `format(date("2026-01-31"), "DD-MM-YYYY")`, Gives: "31-01-2026", call: format,
		types: []any{new(func(domain.Date, string) string), new(func(decimal.Decimal, int) string), new(func(int, int) string)},
	},
}

// languageFunctions are the expression language's own.
var languageFunctions = []Function{
	{Name: "trim", Signature: "trim(text) text", Help: "A text without blanks at its ends.", Example: `trim("  Delft ")`, Gives: "Delft"},
	{Name: "upper", Signature: "upper(text) text", Help: "A text in capitals.", Example: `upper("delft")`, Gives: "DELFT"},
	{Name: "lower", Signature: "lower(text) text", Help: "A text in small letters.", Example: `lower("DELFT")`, Gives: "delft"},
	{Name: "len", Signature: "len(list or text) number", Help: "How many there are in a list, or characters in a text.", Example: `len("Delft")`, Gives: "5"},
	{Name: "any", Signature: "any(list, condition) true or false", Help: "Whether the condition holds for one item at least; .field is a field of the item.", Example: `any(order.lines, .quantity < 0)`, Gives: "false"},
	{Name: "all", Signature: "all(list, condition) true or false", Help: "Whether the condition holds for all items.", Example: `all(order.lines, .quantity > 0)`, Gives: "true"},
	{Name: "none", Signature: "none(list, condition) true or false", Help: "Whether the condition holds for no item.", Example: `none(order.lines, .sku == "")`, Gives: "true"},
	{Name: "count", Signature: "count(list, condition) number", Help: "For how many items the condition holds.", Example: `count(order.lines, .quantity > 2)`, Gives: "1"},
}

// allowedBuiltins are the functions of the expression language itself that a
// row may use.
var allowedBuiltins = func() (names []string) {
	for _, f := range languageFunctions {
		names = append(names, f.Name)
	}
	return names
}()

// functions makes ours known to the expression language.
func functions(lookups domain.Lookups) []expr.Option {
	var options []expr.Option
	for _, f := range allFunctions(tablesFrom(lookups)) {
		if f.call != nil {
			options = append(options, expr.Function(f.Name, f.call, f.types...))
		}
	}
	return options
}
