package mapping

import (
	"fmt"

	"github.com/expr-lang/expr/ast"

	"github.com/koppel/koppel/domain"
)

// UnknownColumns holds the columns that rows read by name, as in
// product.custom['K1_QDPX'], against those that the books have. Which columns
// exist differs by installation, so no type can know them: without a list that
// was fetched nothing can be said, and a misspelt name would silently hold
// nothing.
func (m *Mapper) UnknownColumns(columns []string) domain.DocumentProblems {
	known := make(map[string]bool, len(columns))
	for _, name := range columns {
		known[name] = true
	}
	var problems domain.DocumentProblems
	for _, part := range []struct {
		entity domain.Entity
		rows   []row
	}{{domain.EntityProduct, m.product}, {domain.EntityStock, m.stock}} {
		for _, r := range part.rows {
			found := &customColumns{}
			root := r.program.Node()
			ast.Walk(&root, found)
			for _, use := range found.uses {
				if !known[use.name] {
					problems = append(problems, domain.DocumentProblem{
						Path: fmt.Sprintf("mapping.%s[%d].source", part.entity, r.place),
						Text: atCharacter("the books have no column "+use.name+" of articles", use.at),
					})
				}
			}
		}
	}
	return problems
}

// customColumns finds what an expression reads of a table named custom.
type customColumns struct{ uses []columnUse }

type columnUse struct {
	name string
	at   int
}

// Visit looks at one node.
func (c *customColumns) Visit(node *ast.Node) {
	member, ok := (*node).(*ast.MemberNode)
	if !ok {
		return
	}
	table, ok := member.Node.(*ast.MemberNode)
	if !ok {
		return
	}
	if of, ok := table.Property.(*ast.StringNode); !ok || of.Value != "custom" {
		return
	}
	if name, ok := member.Property.(*ast.StringNode); ok {
		c.uses = append(c.uses, columnUse{name.Value, member.Property.Location().From})
	}
}
