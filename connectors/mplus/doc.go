// Package mplus speaks to a MplusKASSA administration: the till whose orders
// Koppel brings to the books. It plays connectors.OrderSource for one connection
// and offers the other reads that a connection test and a set-up screen need.
//
// The API ("MplusQAPI") is SOAP 1.1, document/literal, namespace urn:mplusqapi,
// one TCP port per administration. Credentials travel in the query of every
// call, so a URL of this package is never printed. The types here are written by
// hand for the operations in use, in the order of the schema of release 67.1.3;
// a contract test holds every request against the official schema.
//
// Files: wire_*.go hold what travels, in the vendor's words; map_*.go turn it
// into canonical values and are pure; the other files join the two. MAPPING.md
// is the table of fields, states, markers and assumptions. What no source
// confirms about the till is a setting, marked ASSUMED in settings.go.
//
// Sources of facts: the schema (WSDL) served by the till at ?wsdl, the vendor's
// developer pages (https://developers.mpluskassa.nl) and the vendor's public PHP
// clients.
package mplus
