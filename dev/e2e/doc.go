// Package e2e holds the end-to-end tests: PostgreSQL, Temporal, both sandboxes
// over HTTP and a worker, driven as people and systems drive them, and asserted
// in the target system. One file, one subject.
package e2e
