// Package sandbox is a MplusKASSA till that is not there: an http.Handler that answers SOAP calls as the vendor's API
// does (service version 67.1.3, namespace urn:mplusqapi), so that a client written for the real one uses it unchanged.
//
// It keeps a small shop: branches, employees, relations, products, stock, orders, receipts and invoices, with the
// vendor's markers, counters and result codes. State is saved in a folder and survives a restart. It is strict: a
// request that breaks the schema is a Client fault. What no source tells about the real till is a switch in Options
// with the assumed answer as default.
//
// It shares the envelope with the client (internal/soap) and nothing else: its types are its own, so no misreading can
// sit on both sides.
//
// Beside the API: /till is a page to ring up a sale by hand, /_sandbox/orders and /_sandbox/relations do the same for
// programs, /_sandbox/faults switches faults on and /_sandbox/calls counts calls.
package sandbox
