// Package business holds the business suite: named sales as shops make them, rung
// up at the sandbox till, carried by the real workflows, and asserted field by
// field in the sandbox books. One document makes one group, with a till and books
// of its own; all groups run in one stack.
package business
