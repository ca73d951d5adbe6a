// Package soap reads and writes SOAP 1.1 envelopes, document/literal, one element in the body.
//
// It knows the envelope and nothing of any service, so a client and the sandbox it is tested against can share it
// without sharing a misreading. It reads what the outside world sends: any prefixes, unknown elements, a byte order
// mark, old encodings; and it refuses what can only be an accident or an attack: a document type, deep nesting, a body
// over the limit. No error text of this package quotes the document, because envelopes carry names and addresses.
package soap

// EnvelopeNamespace is the namespace of a SOAP 1.1 envelope (W3C note of 8 May 2000).
const EnvelopeNamespace = "http://schemas.xmlsoap.org/soap/envelope/"

// MaxDepth is how deep elements may nest in a document that is read. Order lines nest by three levels for each
// preparation; a real answer stays far below this.
const MaxDepth = 100
