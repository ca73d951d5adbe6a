package domain

import (
	"fmt"
	"strings"
)

// DocumentProblem is one thing that is wrong with an integration document.
type DocumentProblem struct {
	Path string // where, in the document's own keys: "flows.orders.every"
	Line int    // line in the text; 0 when it is not known
	Text string // what is wrong and, where it helps, what to write
}

// String words the problem as people read it.
func (p DocumentProblem) String() string {
	switch {
	case p.Path == "" && p.Line == 0:
		return p.Text
	case p.Path == "":
		return fmt.Sprintf("line %d: %s", p.Line, p.Text)
	case p.Line == 0:
		return p.Path + ": " + p.Text
	default:
		return fmt.Sprintf("%s (line %d): %s", p.Path, p.Line, p.Text)
	}
}

// DocumentProblems is all that is wrong with a document, as one error.
type DocumentProblems []DocumentProblem

// Error lists every problem on a line of its own.
func (p DocumentProblems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String()
	}
	return strings.Join(lines, "\n")
}
