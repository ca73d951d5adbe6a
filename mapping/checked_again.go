package mapping

import (
	"reflect"

	"github.com/expr-lang/expr/ast"
)

// checkedAgain makes the language look into every call once more, after all else
// was patched. It checks an expression several times and does not look again into
// a call whose result it knows, so a name that does not exist would pass unseen
// inside the arguments of a function. It must be the last of the patchers.
type checkedAgain struct{}

// Visit takes the type of a call away.
func (checkedAgain) Visit(node *ast.Node) {
	if call, ok := (*node).(*ast.CallNode); ok {
		call.SetType(reflect.TypeFor[any]())
	}
}

// Reset and ShouldRepeat put it among the patchers that run after all others.
func (checkedAgain) Reset() {}

// ShouldRepeat says that one time is enough.
func (checkedAgain) ShouldRepeat() bool { return false }
