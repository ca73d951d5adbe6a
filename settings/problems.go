package settings

import "github.com/koppel/koppel/domain"

// Problem is one thing that is wrong with a document: where, on which line, what.
type Problem = domain.DocumentProblem

// Problems is all that is wrong with a document, as one error.
type Problems = domain.DocumentProblems
