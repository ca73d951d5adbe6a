package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCode_ExplainsEveryExportedName(t *testing.T) {
	t.Parallel()
	for name, text := range files(t) {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || generated(name) {
			continue
		}
		for _, bare := range unexplained(t, name, text) {
			t.Errorf("%s: %s has no comment that says what it is for", name, bare)
		}
	}
}

func TestCode_TheSearchFindsNamesWithoutComment(t *testing.T) {
	t.Parallel()
	const source = `package p
func Bare() {}
// Told says.
func Told() {}
type Thing struct{}
func (Thing) Do() {}
type hidden struct{}
func (hidden) Do() {}
const Loose = 1
// Several belong together.
const (
	One = 1
	Two = 2
)
`
	require.ElementsMatch(t, []string{"Bare", "Thing", "Thing.Do", "Loose"}, unexplained(t, "p.go", []byte(source)))
}

// unexplained lists the exported names of a file that have no comment, neither
// their own nor one of the group they stand in.
func unexplained(t *testing.T, name string, text []byte) (bare []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments|parser.SkipObjectResolution)
	require.NoError(t, err)
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			owner, exported := receiver(decl)
			if decl.Name.IsExported() && exported && decl.Doc == nil {
				bare = append(bare, owner+decl.Name.Name)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				bare = append(bare, bareNames(decl, spec)...)
			}
		}
	}
	return bare
}

func bareNames(decl *ast.GenDecl, spec ast.Spec) (bare []string) {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		if spec.Name.IsExported() && decl.Doc == nil && spec.Doc == nil && spec.Comment == nil {
			bare = append(bare, spec.Name.Name)
		}
	case *ast.ValueSpec:
		for _, id := range spec.Names {
			if id.IsExported() && decl.Doc == nil && spec.Doc == nil && spec.Comment == nil {
				bare = append(bare, id.Name)
			}
		}
	}
	return bare
}

func receiver(decl *ast.FuncDecl) (prefix string, exported bool) {
	if decl.Recv == nil {
		return "", true
	}
	of := decl.Recv.List[0].Type
	for {
		switch inner := of.(type) {
		case *ast.StarExpr:
			of = inner.X
		case *ast.IndexExpr:
			of = inner.X
		case *ast.IndexListExpr:
			of = inner.X
		case *ast.Ident:
			return inner.Name + ".", inner.IsExported()
		default:
			return "", false
		}
	}
}

// sleepers may wait for the clock in a test, each for its reason.
var sleepers = map[string]string{
	"connectors/accountview/parts_test.go": "stands for the settle time of the flow",
	"db/gate_test.go":                      "plays a remote call that takes its time",
}

func TestTests_WaitForWhatTheyWantNotForTheClock(t *testing.T) {
	t.Parallel()
	var found []string
	for name, text := range files(t) {
		if !strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && isName(sel.X, "time") && sel.Sel.Name == "Sleep" {
				found = append(found, name)
			}
			return true
		})
	}
	for _, name := range found {
		require.Contains(t, sleepers, name, "poll with a deadline instead of time.Sleep")
	}
	for name := range sleepers {
		require.True(t, slices.Contains(found, name), "%s sleeps no more: take it off the list", name)
	}
}
