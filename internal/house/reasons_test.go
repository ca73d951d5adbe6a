package house

import (
	"go/ast"
	"go/parser"
	"go/token"
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
