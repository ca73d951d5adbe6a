// Package bench measures the product beside a bare loop that makes the same remote
// calls and keeps nothing: make bench.
package bench
