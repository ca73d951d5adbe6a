package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/configs/examples"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

// What one administration calls its fields, accounts, codes and people is the
// document's matter: code that names any would have to change for the next one.
func TestCode_HoldsNothingThatTheDocumentDecides(t *testing.T) {
	t.Parallel()
	words := wordsOfDocuments(t)
	require.Greater(t, len(words), 30, "the documents must have been read")
	for name, text := range files(t) {
		if mayNameWords(name) {
			continue
		}
		for _, hit := range namedIn(t, name, text, words) {
			t.Errorf("%s names %s: that belongs in the document, or in the connector", name, hit)
		}
	}
}

func TestCode_TheSearchFindsWhatTheDocumentDecides(t *testing.T) {
	t.Parallel()
	const source = "package p\n" +
		"// In a comment COMMENT1 harms nobody.\n" +
		"type row struct { A string `yaml:\"a\" help:\"Such as RPL_INV.\"` }\n" +
		"const field = \"COMMENT1\"\n" +
		"var query = \"HST_AH.ORD_NR eq 1\"\n" +
		"var object, account, employee = `AR1`, \"1300\", 999999\n" +
		"var price = \"article.priceIncl\"\n" +
		"var harmless = []any{\"COMMENT1X\", \"13000\", 1300.5, \"ar1\"}\n"
	require.Equal(t, []string{"RPL_INV", "COMMENT1", "HST_AH", "ORD_NR", "AR1", "1300", "999999", "priceIncl"}, namedIn(t, "p.go", []byte(source), wordsOfDocuments(t)))

	require.True(t, mayNameWords("connectors/accountview/orders.go"))
	require.True(t, mayNameWords("internal/sandboxkit/shop.go"))
	require.False(t, mayNameWords("activities/orders_confirm.go"))
	require.False(t, mayNameWords("domain/reason.go"))
}

// mayNameWords reports whether a file is about one of the systems, or a made-up
// administration, and so may name what is found there.
func mayNameWords(file string) bool {
	if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
		return true
	}
	return slices.ContainsFunc([]string{"connectors/accountview/", "connectors/mplus/", "internal/sandboxkit/", "dev/demo/", "dev/outside/", "dev/replay/"}, func(room string) bool {
		return strings.HasPrefix(file, room)
	})
}

// systemCode is how the books write names of fields, tables and objects, how the
// till writes names of fields, and what people number: upper case, several words
// in one, or three digits and more. A shorter number is too common to look for.
var systemCode = regexp.MustCompile(`^([A-Z][A-Z0-9_]{2,}|[a-z]+[A-Z][A-Za-z]+|[0-9]{3,})$`)

// wordsOfDocuments is what the default document and the example say about the
// systems, and some more that one finds in administrations.
func wordsOfDocuments(t *testing.T) map[string]bool {
	t.Helper()
	words := map[string]bool{}
	note := func(text string) {
		for _, word := range wordsIn(text) {
			if systemCode.MatchString(word) && word != http.MethodPost { // a shipping method of the example
				words[word] = true
			}
		}
	}
	for _, word := range []string{"AR1", "AK1", "VA1", "SO1", "COMMENT2", "DEB_CODE", "999999"} {
		note(word)
	}
	demo, err := settings.Parse(examples.Demo)
	require.NoError(t, err)
	for _, doc := range []settings.Document{settings.Default("shop"), demo} {
		for _, rows := range mappings(doc.Mapping) {
			for _, row := range rows {
				note(row.Target)
			}
		}
		for _, table := range doc.Lookups {
			for _, row := range table.Rows {
				note(row.Value)
			}
		}
		note(doc.Flows.Orders.ControlAccount)
		note(doc.Flows.Orders.DefaultDebtor)
		for table, column := range doc.AccountView.Assumptions.PageKeys {
			note(table)
			note(column)
		}
		assumed := reflect.ValueOf(doc.AccountView.Assumptions)
		for i := range assumed.NumField() {
			if text, ok := assumed.Field(i).Interface().(string); ok {
				note(text)
			}
		}
	}
	return words
}

// mappings are the rows of every kind of record.
func mappings(m domain.Mapping) (all [][]domain.MappingRow) {
	v := reflect.ValueOf(m)
	for i := range v.NumField() {
		if rows, ok := v.Field(i).Interface().([]domain.MappingRow); ok {
			all = append(all, rows)
		}
	}
	return all
}

var wordPattern = regexp.MustCompile(`[A-Za-z0-9_]+`)

func wordsIn(text string) []string { return wordPattern.FindAllString(text, -1) }

// namedIn lists the words that stand in literals of a file, in order.
func namedIn(t *testing.T, name string, text []byte, words map[string]bool) (hits []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
	require.NoError(t, err)
	ast.Inspect(file, func(n ast.Node) bool {
		literal, ok := n.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING && literal.Kind != token.INT {
			return true
		}
		for _, word := range wordsIn(literal.Value) {
			if words[word] {
				hits = append(hits, word)
			}
		}
		return true
	})
	return hits
}
