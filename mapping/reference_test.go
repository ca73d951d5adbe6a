package mapping_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
	"github.com/koppel/koppel/settings"
)

// The page is made of the source model, the functions and the tables, so it is
// right as long as it is fresh: go test ./mapping -run Reference -update.
func TestReference_TheMappingPageIsFresh(t *testing.T) {
	t.Parallel()
	const file = "../docs/mapping.md"
	page := referencePage()
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(page), 0o644))
	}
	written, err := os.ReadFile(file)
	require.NoError(t, err)
	require.True(t, page == string(written), "docs/mapping.md is stale; write it anew: go test ./mapping -run Reference -update")
}

func TestSourceFields_AreExplained(t *testing.T) {
	t.Parallel()
	for _, entity := range append(domain.MappedEntities(), mapping.FilterPath) {
		fields := mapping.SourceFields(entity)
		require.NotEmpty(t, fields, entity)
		for _, f := range fields {
			require.NotEmpty(t, f.Help, "%s: %s", entity, f.Path)
			require.NotEmpty(t, f.Type, "%s: %s", entity, f.Path)
			require.NotContains(t, f.Path, "the run")
		}
	}
	require.Contains(t, mapping.SourceFields(domain.EntityOrder), mapping.SourceField{Path: "order.lines[].sku", Type: "text", Help: "article number"})
	require.Contains(t, mapping.SourceFields(domain.EntityOrder), mapping.SourceField{Path: "order.delivery_address.city", Type: "text", Help: "place"})
	require.Nil(t, mapping.SourceFields("nothing"))
}

// TestSourceFields_CanBeSaid compiles every field that is listed.
func TestSourceFields_CanBeSaid(t *testing.T) {
	t.Parallel()
	rules := demoRules(t)
	lists := map[domain.Entity]*[]domain.MappingRow{
		domain.EntityCustomer: &rules.Mapping.Customer, domain.EntityDeliveryAddress: &rules.Mapping.DeliveryAddress,
		domain.EntityOrder: &rules.Mapping.Order, domain.EntityOrderLine: &rules.Mapping.OrderLine,
		domain.EntityJournal: &rules.Mapping.Journal, domain.EntityJournalLine: &rules.Mapping.JournalLine, domain.EntityProduct: &rules.Mapping.Product,
		domain.EntityCategory: &rules.Mapping.Category, domain.EntityRelation: &rules.Mapping.Relation, domain.EntityStock: &rules.Mapping.Stock, domain.EntityPrice: &rules.Mapping.Price,
	}
	for _, entity := range domain.MappedEntities() {
		require.Contains(t, lists, entity)
		for _, f := range mapping.SourceFields(entity) {
			source := strings.ReplaceAll(f.Path, "[]", "[0]")
			switch f.Type {
			case "record":
				source += " == nil"
			case "list":
				source = "len(" + source + ")"
			case "texts by name":
				source += "['x']"
			}
			*lists[entity] = append(*lists[entity], domain.MappingRow{Target: f.Path, Source: source})
		}
	}
	_, err := mapping.Compile(rules)
	require.NoError(t, err)
}

const mappingPreface = `# Mapping and lookup tables

A mapping says how the fields of one system are filled from a record of the other. It is a list of rows for each kind of
record, in the integration document (` + "`docs/settings.md`" + ` lists every key):

` + "```yaml" + `
mapping:
  customer:
    - {target: ACCT_NAME, source: "coalesce(customer.company, customer.name)", too_long: truncate}
    - {target: VAT_NR, source: compact(customer.vat_number), policy: if_empty, characters: reject}
` + "```" + `

The target is a field in the target's own name. The source is an expression. It is checked when the document is saved: a name
that does not exist, a wrong type or a lookup table that is not there is refused with its place. An expression is a function
of the record: it knows no clock and asks no system, and how long it may take is bounded.

This page is generated from the program. The tests run every example on it.

## Expressions

- Text stands in single or double quotes; ` + "`+`" + ` puts texts together.
- Numbers are exact. Whole numbers are written as they are, others as ` + "`decimal(\"1.21\")`" + `. ` + "`+ - * /`" + ` compute, and the
  comparisons ` + "`== != < <= > >=`" + ` compare, numbers with numbers and days with days.
- ` + "`and`, `or`, `not`, `in [...]`" + `, ` + "`matches \"pattern\"`" + ` and ` + "`condition ? this : that`" + ` decide. ` + "`nil`" + ` is nothing.
- ` + "`order.lines[0].sku`" + ` is a field of the first line; ` + "`any(order.lines, .sku == \"1\")`" + ` walks the lines.
- Nothing, and empty text, leave the field out. Blanks at the ends of a text are taken off.

`

var entityWords = map[domain.Entity]string{
	domain.EntityCustomer: "Customers, to the books", domain.EntityDeliveryAddress: "Delivery addresses, to the books",
	domain.EntityOrder: "Orders, to the books", domain.EntityOrderLine: "Order lines, to the books",
	domain.EntityJournal: "Invoices, to the books", domain.EntityJournalLine: "Invoice lines, to the books",
	domain.EntityProduct: "Products, to the till", domain.EntityCategory: "Categories, to the till",
	domain.EntityStock: "Stock, to the till", domain.EntityPrice: "Prices, to the till",
	mapping.FilterPath: "The filter of the orders",
}

func referencePage() string {
	var page strings.Builder
	page.WriteString(mappingPreface)
	writeRules(&page)
	writeFunctions(&page)
	writeSources(&page)
	writeTables(&page)
	return page.String()
}

// cell writes text so that a table of Markdown keeps it.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

// choices writes what a key of a mapping row may hold, as settings tells it.
func choices(page *strings.Builder, path string) {
	for _, field := range settings.Fields() {
		if field.Path != path {
			continue
		}
		fmt.Fprintf(page, "%s\n\n| | |\n|---|---|\n", field.Help)
		for _, choice := range field.Choices {
			if choice.Value != "" {
				fmt.Fprintf(page, "| `%s` | %s |\n", choice.Value, cell(choice.Help))
			}
		}
		page.WriteString("\n")
	}
}

func writeRules(page *strings.Builder) {
	for _, rule := range [][2]string{
		{"policy", "## Policies: a record that exists"}, {"too_long", "## Text that is too long"}, {"characters", "## Characters"},
	} {
		page.WriteString(rule[1] + "\n\n")
		choices(page, "mapping.customer[]."+rule[0])
	}
	page.WriteString(`What does not fit with ` + "`overflow`" + ` goes to the field that ` + "`overflow_to`" + ` names: the target of another row of the same
list (` + "`source: nil`" + ` makes one that holds nothing else). Each text stands on a line of its own behind the name of its field,
in the order of the rows. Whether the note may be cut says its own row. Which fields the books have, and how long each is, shows
` + "`koppel lists accountview.fields -i INTEGRATION`" + `: there a note field with room enough can be found.

Characters come before length: plain letters may be more of them. Letters and accents that stand apart are always put
together. What a target can store is part of what it tells about itself (` + "`accountview.assumptions.character_set`" + `).

`)
}

func writeFunctions(page *strings.Builder) {
	page.WriteString("## Functions\n\n| function | | example | gives |\n|---|---|---|---|\n")
	for _, f := range mapping.Functions() {
		fmt.Fprintf(page, "| `%s` | %s | `%s` | `%s` |\n", f.Signature, cell(f.Help), f.Example, f.Gives)
	}
	page.WriteString("\n")
}

func writeSources(page *strings.Builder) {
	page.WriteString("## What an expression can name\n\n")
	for _, entity := range append(domain.MappedEntities(), mapping.FilterPath) {
		key := "mapping." + string(entity)
		if entity == mapping.FilterPath {
			key = string(entity)
		}
		fmt.Fprintf(page, "### %s\n\n`%s`\n\n| name | holds | |\n|---|---|---|\n", entityWords[entity], key)
		for _, f := range mapping.SourceFields(entity) {
			fmt.Fprintf(page, "| `%s` | %s | %s |\n", f.Path, f.Type, cell(f.Help))
		}
		page.WriteString("\n")
	}
}

const tablePreface = `## Lookup tables

A table turns a code of one system into one of the other. A row has a key, a value and, in tables of VAT codes, the percentage
that the books charge under the value.

` + "```yaml" + `
lookups:
  vat_rule:
    keys: [code, rate, method, country, buyer]
    unmapped: default
    rows:
      - {key: ["*", "*", shifted, "*", business], value: "9", percent: 0}
      - {key: ["2", "19", "*", DE, consumer], value: "7", percent: 19, valid_until: 2026-12-31}
      - {key: ["2", "21", "*", NL, "*"], value: "1", percent: 21}
` + "```" + `

- **Keys.** ` + "`keys`" + ` names the columns; a table that names none has one. ` + "`*`" + ` stands for any. Of the rows that fit, the one with
  the most exact keys wins; of two with as many, earlier keys count more.
- **Days.** A row may hold from a day on, until a day, or both, the days included. The day looked at is the record's own (an order's
  financial date, also for its customer and address), never today's. A record without a date is served by rows without days only.
  Two rows with the same keys may not hold on one day.
- **Blank keys.** In a table of one key, no code gives nothing, unless a row has the key ` + "`\"\"`" + `; ` + "`*`" + ` does not stand for it. In a
  table of several keys a blank is a key like any other and ` + "`*`" + ` stands for it too, because a customer without country is still
  a customer; only when all keys are blank is there nothing to look up.
- **Percentages.** One code of the books has one percentage on a day, over ` + "`vat_code`" + ` and ` + "`vat_rule`" + ` together.

### A code without a row

`

func writeTables(page *strings.Builder) {
	page.WriteString(tablePreface)
	choices(page, "lookups.<name>.unmapped")
	page.WriteString(`Coverage compares each table with the lists that the last connection test fetched: codes in use without a row, rows whose key is
gone, and values that the other system does not know. A row counts whatever its days.

### As a spreadsheet

A table is written as CSV and read back: the first line names the key columns and ` + "`value`, `percent`, `valid_from`, `valid_until`" + `,
in any order; the last three may be left out. Columns are separated by ` + "`;` or `,`" + `. The text is UTF-8. A decimal comma and days
written 31-1-2026 are understood. Reading replaces all rows; every problem is reported with its line, and then nothing changes.

### Tables of the trade

Any other table is yours to add and name. One that no row reads changes nothing.

`)
	for _, t := range domain.LookupTables() {
		fmt.Fprintf(page, "#### `%s`: %s\n\n%s\n\n| key | holds | list |\n|---|---|---|\n", t.Name, t.Title, t.Help)
		for _, column := range t.Keys {
			fmt.Fprintf(page, "| `%s` | %s | %s |\n", column.Name, cell(column.Help), listName(column.List))
		}
		fmt.Fprintf(page, "| value | %s | %s |\n\n", t.Value, listName(t.Values))
	}
}

func listName(kind domain.ListKind) string {
	if kind == "" {
		return ""
	}
	return "`" + string(kind) + "`"
}
