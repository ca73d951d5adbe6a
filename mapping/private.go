package mapping

import (
	"reflect"

	"github.com/expr-lang/expr/ast"
)

// private reports whether a text that an expression computes may say something
// about a person. Only fields of the source model that are marked as codes do
// not; and a country's ISO code, however it was typed, does not.
func private(node ast.Node) bool {
	switch n := node.(type) {
	case *ast.MemberNode:
		return privateMember(n)
	case *ast.CallNode:
		callee, ok := n.Callee.(*ast.IdentifierNode)
		return (!ok || callee.Value != "country_iso2") && anyPrivate(n.Arguments)
	case *ast.BuiltinNode:
		return anyPrivate(n.Arguments)
	case *ast.ArrayNode:
		return anyPrivate(n.Nodes)
	case *ast.ConditionalNode:
		return anyPrivate([]ast.Node{n.Exp1, n.Exp2})
	case *ast.BinaryNode:
		return anyPrivate([]ast.Node{n.Left, n.Right})
	case *ast.UnaryNode:
		return private(n.Node)
	case *ast.ChainNode:
		return private(n.Node)
	case *ast.PredicateNode:
		return private(n.Node)
	default:
		return false
	}
}

func anyPrivate(nodes []ast.Node) bool {
	for _, n := range nodes {
		if private(n) {
			return true
		}
	}
	return false
}

// privateMember looks at a field of a record, or at an entry of a table of texts
// by the field that holds the table.
func privateMember(n *ast.MemberNode) bool {
	if n.Type() == nil || n.Type().Kind() != reflect.String {
		return false
	}
	if field, ok := fieldOf(n); ok {
		return !isCode(field)
	}
	table, ok := n.Node.(*ast.MemberNode)
	if !ok {
		return true
	}
	field, ok := fieldOf(table)
	return !ok || !isCode(field)
}

func isCode(field reflect.StructField) bool { return field.Tag.Get("code") == "true" }

// fieldOf finds the field of the source model that an expression names.
func fieldOf(n *ast.MemberNode) (reflect.StructField, bool) {
	name, ok := n.Property.(*ast.StringNode)
	of := n.Node.Type()
	if !ok || of == nil {
		return reflect.StructField{}, false
	}
	if of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	if of.Kind() != reflect.Struct {
		return reflect.StructField{}, false
	}
	for i := range of.NumField() {
		if of.Field(i).Tag.Get("expr") == name.Value {
			return of.Field(i), true
		}
	}
	return reflect.StructField{}, false
}
