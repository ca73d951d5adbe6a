// Package conformance is one suite of tests for everything that can play a sink
// role. It runs against a sandbox always, and may run against a vendor's test
// company: where the two differ, the sandbox is wrong.
//
// The suite holds what the flows build on: a record is found by exactly its
// reference, an answer that is not clear is never taken for a refusal or a
// success, looking before each write makes one record out of any number of
// tries, and what does not fit never leaves.
package conformance
