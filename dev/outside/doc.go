// Package outside is how people use the two outside systems in tests and in the
// demo: the till at which they ring up, the books in which they look and type.
// It goes past our own clients, so that no misreading sits on both sides.
package outside
