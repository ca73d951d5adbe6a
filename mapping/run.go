package mapping

import (
	"slices"

	"github.com/expr-lang/expr/ast"

	"github.com/koppel/koppel/domain"
)

// run is one mapping of one record: the date it goes by, and where each field
// came from when somebody asks. It belongs to one goroutine.
type run struct {
	on      domain.Date
	explain bool
	hits    []LookupHit // of the row at work
	origins []Origin
}

// hit remembers an answer of a lookup table, and gives its value.
func (r *run) hit(table string, keys []string, row int, value string) string {
	answer := func(h LookupHit) bool { return h.Table == table && slices.Equal(h.Keys, keys) }
	if r.explain && !slices.ContainsFunc(r.hits, answer) { // an expression may ask and then take the answer
		r.hits = append(r.hits, LookupHit{Table: table, Keys: slices.Clone(keys), Row: row, Value: value})
	}
	return value
}

// tell remembers where a field came from.
func (r *run) tell(origin func() Origin) {
	if r.explain {
		r.origins = append(r.origins, origin())
	}
}

// runName is how a scope holds its run. No expression can say it.
const runName = "the run"

// withRun hands the run to every lookup as a first argument that nobody wrote:
// an expression stays a function of the record, and yet what it asked is known.
type withRun struct{}

// Visit rewrites lookup(table, key) to lookup(run, table, key).
func (withRun) Visit(node *ast.Node) {
	call, ok := (*node).(*ast.CallNode)
	if !ok {
		return
	}
	callee, ok := call.Callee.(*ast.IdentifierNode)
	if !ok || callee.Value != "lookup" {
		return
	}
	hidden := &ast.IdentifierNode{Value: runName}
	hidden.SetLocation(call.Location())
	ast.Patch(node, &ast.CallNode{Callee: call.Callee, Arguments: append([]ast.Node{hidden}, call.Arguments...)})
}
