package mapping

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// guard refuses what the expression language can do and a mapping must not:
// numbers that are not exact, methods of Go values, names made at run time, and
// anything whose cost is not bounded by the record at hand.
type guard struct {
	lookups domain.Lookups
	depth   int // of predicates around the node
	found   string
	at      int
	private bool // a table is asked for what may say something about a person
}

// check gives the first thing that is refused and the character it stands at.
func (g *guard) check(root ast.Node) (text string, at int, bad bool) {
	g.node(root)
	return g.found, g.at, g.found != ""
}

func (g *guard) refuse(node ast.Node, format string, args ...any) {
	if g.found == "" {
		g.found, g.at = fmt.Sprintf(format, args...), node.Location().From
	}
}

func (g *guard) node(node ast.Node) {
	if node == nil || g.found != "" {
		return
	}
	if isFloat(node.Type()) {
		g.refuse(node, `gives a number that is not exact; write decimal("1.21") for 1.21`)
		return
	}
	switch n := node.(type) {
	case *ast.NilNode, *ast.IntegerNode, *ast.BoolNode, *ast.StringNode, *ast.PointerNode:
	case *ast.IdentifierNode:
		if n.Value == "$env" {
			g.refuse(n, "$env cannot be used; name the field")
		}
	case *ast.UnaryNode:
		g.node(n.Node)
	case *ast.BinaryNode:
		g.binary(n)
	case *ast.ChainNode:
		g.node(n.Node)
	case *ast.MemberNode:
		g.member(n)
	case *ast.CallNode:
		g.call(n)
	case *ast.BuiltinNode:
		if !slices.Contains(allowedBuiltins, n.Name) { // the parser knows some that cannot be switched off
			g.refuse(n, "unknown name %s", n.Name)
		}
		g.all(n.Arguments)
	case *ast.PredicateNode:
		g.predicate(n)
	case *ast.ConditionalNode:
		g.all([]ast.Node{n.Cond, n.Exp1, n.Exp2})
	case *ast.ArrayNode:
		g.all(n.Nodes)
	default:
		g.refuse(n, "uses a form that mappings do not have")
	}
}

func (g *guard) all(nodes []ast.Node) {
	for _, n := range nodes {
		g.node(n)
	}
}

func (g *guard) binary(n *ast.BinaryNode) {
	switch n.Operator {
	case "..", "**":
		g.refuse(n, "%s cannot be used", n.Operator)
	case "matches":
		if _, constant := n.Right.(*ast.StringNode); !constant {
			g.refuse(n, "matches needs a pattern written out")
		}
	}
	g.node(n.Left)
	g.node(n.Right)
}

func (g *guard) member(n *ast.MemberNode) {
	switch n.Property.(type) {
	case *ast.StringNode, *ast.IntegerNode:
	default:
		g.refuse(n, "a field or a place in a list must be written out")
	}
	if n.Method || n.Type().Kind() == reflect.Func {
		g.refuse(n, "methods cannot be called; use a function")
	}
	g.node(n.Node)
}

func (g *guard) call(n *ast.CallNode) {
	callee, ok := n.Callee.(*ast.IdentifierNode)
	if !ok {
		g.refuse(n, "methods cannot be called; use a function")
		return
	}
	switch callee.Value {
	case "lookup":
		g.lookup(n)
	case "date":
		if text, constant := n.Arguments[0].(*ast.StringNode); constant {
			if _, err := domain.ParseDate(text.Value); err != nil {
				g.refuse(n, "date needs a day such as 2026-01-31")
			}
		}
	case "decimal":
		text, constant := n.Arguments[0].(*ast.StringNode)
		if !constant {
			g.refuse(n, "decimal needs a number written out")
		} else if _, err := parseDecimal(text.Value); err != nil {
			g.refuse(n, "decimal needs a plain number such as 1.21")
		}
	}
	g.all(n.Arguments)
}

// lookup checks what is asked of a table; the first argument is the run.
func (g *guard) lookup(n *ast.CallNode) {
	name, constant := n.Arguments[1].(*ast.StringNode)
	if !constant {
		g.refuse(n, "lookup needs the name of a table written out")
		return
	}
	table, ok := g.lookups[name.Value]
	if !ok {
		g.refuse(n, "there is no lookup table %q in this document", name.Value)
		return
	}
	g.private = g.private || anyPrivate(n.Arguments[2:])
	if columns, given := table.Columns(), len(n.Arguments)-2; given != len(columns) || given > domain.MaxLookupKeys {
		g.refuse(n, "lookup table %q has %d key(s): %s; %d given", name.Value, len(columns), strings.Join(columns, ", "), given)
	}
}

// predicate allows one pass over a list, not a pass within a pass.
func (g *guard) predicate(n *ast.PredicateNode) {
	if g.depth++; g.depth > 1 {
		g.refuse(n, "a list cannot be walked inside another walk")
	}
	g.node(n.Node)
	g.depth--
}

func isFloat(t reflect.Type) bool {
	return t != nil && (t.Kind() == reflect.Float64 || t.Kind() == reflect.Float32)
}

// resultKinds are the types a row may give and what they are in a draft.
var resultKinds = map[reflect.Type]domain.ValueKind{
	reflect.TypeFor[string]():          domain.KindText,
	reflect.TypeFor[decimal.Decimal](): domain.KindNumber,
	reflect.TypeFor[int]():             domain.KindNumber,
	reflect.TypeFor[bool]():            domain.KindBool,
	reflect.TypeFor[domain.Date]():     domain.KindDate,
}

// resultKind is what a row gives. A row that is nil gives nothing of any kind.
func resultKind(root ast.Node) (kind domain.ValueKind, ok bool) {
	if _, nothing := root.(*ast.NilNode); nothing {
		return "", true
	}
	kind, ok = resultKinds[root.Type()]
	return kind, ok
}
