package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

// Whoever meets a fault must be told what happened and what to do.
func TestFaults_EachCodeIsExplained(t *testing.T) {
	t.Parallel()
	codes := map[string]string{}
	for name, text := range files(t) {
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !strings.Contains(name, "/sandbox/") {
			collect(t, name, text, codes)
		}
	}
	require.Greater(t, len(codes), 30, "the search itself must find codes")
	unforeseen := domain.ReasonFor("unforeseen").Words
	for code, where := range codes {
		if code != "unforeseen" && domain.ReasonFor(code).Words == unforeseen {
			t.Errorf("fault code %q (%s) has no explanation in domain/reason.go", code, where)
		}
	}
}

// carriers are functions that take a code on its way to fault.New.
var carriers = []string{"unclear", "unavailable", "uncertain", "refused"}

func TestFaults_TheSearchFindsCodesOnTheirWay(t *testing.T) {
	t.Parallel()
	codes := map[string]string{}
	collect(t, "connectors/x/faults.go", []byte(`package x
import "github.com/koppel/koppel/internal/fault"
const codeOne = "one"
func f() error {
	kind, code := fault.Rejected, "two"
	_ = unclear(op, "three")
	_ = fault.New(fault.Invalid, "four", op)
	code = "five"
	return fault.New(kind, code, "operation")
}`), codes)
	require.Equal(t, []string{"five", "four", "one", "three", "two"}, slices.Sorted(maps.Keys(codes)))
}

func faultsIn(file *ast.File) bool {
	return slices.ContainsFunc(file.Imports, func(i *ast.ImportSpec) bool {
		return i.Path.Value == strconv.Quote(module+"/internal/fault")
	})
}

// collect finds the codes of fault.New, and the constants and arguments named code.
func collect(t *testing.T, name string, text []byte, codes map[string]string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
	require.NoError(t, err)
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "New" && len(n.Args) == 3 && isName(sel.X, "fault") {
				note(n.Args[1], name, codes)
			}
			if id, ok := n.Fun.(*ast.Ident); ok && slices.Contains(carriers, id.Name) {
				for _, arg := range n.Args {
					note(arg, name, codes)
				}
			}
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				if isName(left, "code") && len(n.Lhs) == len(n.Rhs) && faultsIn(file) {
					note(n.Rhs[i], name, codes)
				}
			}
		case *ast.ValueSpec:
			for i, id := range n.Names {
				if strings.HasPrefix(id.Name, "code") && i < len(n.Values) && strings.HasPrefix(name, "connectors/") {
					note(n.Values[i], name, codes)
				}
			}
		}
		return true
	})
}

func isName(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}

func note(e ast.Expr, where string, codes map[string]string) {
	if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
		if code, err := strconv.Unquote(lit.Value); err == nil {
			codes[code] = where
		}
	}
}

func TestReasons_SayWhatHappenedAndWhatToDo(t *testing.T) {
	t.Parallel()
	for _, code := range domain.ReasonCodes() {
		r := domain.ReasonFor(code)
		require.True(t, strings.HasSuffix(r.Words, "."), "%s: %s", code, r.Words)
		require.True(t, strings.HasSuffix(r.Fix, "."), "%s: %s", code, r.Fix)
	}
}
