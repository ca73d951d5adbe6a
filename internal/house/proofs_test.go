package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

// provenFlows are the flows whose pages have a row for each of their settings.
var provenFlows = []string{domain.FlowOrders, domain.FlowCategories, domain.FlowProducts, domain.FlowCustomers, domain.FlowStock, domain.FlowPrices}

// TestFlows_EverySettingNamesWhatProvesIt: a setting that nobody proves may do
// nothing. The page of each flow has a row for each, with tests and stories of the
// business suite that are there.
func TestFlows_EverySettingNamesWhatProvesIt(t *testing.T) {
	t.Parallel()
	known := provers(t)
	for _, flow := range provenFlows {
		name, prefix := "docs/"+flow+".md", "flows."+flow+"."
		page, err := os.ReadFile("../../" + name)
		require.NoError(t, err)
		rows := proofRows(string(page))
		settingsOf := map[string]bool{}
		for _, f := range settings.Fields() {
			settingsOf[f.Path] = true // a page may prove a setting of a connection as well
			if path, ofFlow := strings.CutPrefix(f.Path, prefix); ofFlow && f.Kind != settings.KindSection {
				settingsOf[path] = true
				require.NotEmpty(t, rows[path], "%s has no row for %s", name, f.Path)
			}
		}
		for _, table := range domain.LookupTables() {
			settingsOf["lookups."+table.Name] = true
			if flow == domain.FlowOrders && orderTables[table.Name] {
				require.NotEmpty(t, rows["lookups."+table.Name], "%s has no row for the lookup table %s", name, table.Name)
			}
		}
		for setting, named := range rows {
			for _, prover := range named {
				require.True(t, known[prover], "%s: %s is proved by %q, which is not there", name, setting, prover)
			}
			if flow != domain.FlowOrders { // whose page has rows of its tables and of its mapping as well
				require.True(t, settingsOf[setting], "%s has a row for %s, which is no setting", name, setting)
			}
		}
	}
}

// orderTables are the lookup tables that orders go by.
var orderTables = map[string]bool{
	domain.LookupVATCode: true, domain.LookupVATRule: true, domain.LookupTarget: true, domain.LookupDefaultDebtor: true, domain.LookupArticle: true,
	domain.LookupShippingArticle: true, "revenue_account": true, "payment_account": true, "daybook": true, "payment_term": true,
	"delivery_method": true, "employee": true,
}

var (
	proofRow = regexp.MustCompile("(?m)^\\| `([a-z_.]+)` \\|(.*)\\|$")
	prover   = regexp.MustCompile("`(Test[A-Za-z0-9_]+)`|\"([^\"]+)\"")
)

// proofRows reads the rows "| `setting` | `TestName`, "story" |".
func proofRows(page string) map[string][]string {
	rows := map[string][]string{}
	for _, row := range proofRow.FindAllStringSubmatch(page, -1) {
		for _, named := range prover.FindAllStringSubmatch(row[2], -1) {
			rows[row[1]] = append(rows[row[1]], named[1]+named[2])
		}
	}
	return rows
}

// provers are the names of all tests, and of the stories of the business suite.
func provers(t *testing.T) map[string]bool {
	t.Helper()
	known := map[string]bool{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, declared := range file.Decls {
			if f, ok := declared.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") {
				known[f.Name.Name] = true
			}
		}
		if strings.Contains(filepath.ToSlash(path), "dev/business/") {
			stories(file, known)
		}
		return nil
	})
	require.NoError(t, err)
	return known
}

func stories(file *ast.File, known map[string]bool) {
	ast.Inspect(file, func(n ast.Node) bool {
		pair, ok := n.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		key, isName := pair.Key.(*ast.Ident)
		text, isText := pair.Value.(*ast.BasicLit)
		if isName && isText && key.Name == "name" {
			if name, err := strconv.Unquote(text.Value); err == nil {
				known[name] = true
			}
		}
		return true
	})
}
