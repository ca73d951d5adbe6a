package soap

import "errors"

// What can be wrong with a document. ReadEnvelope wraps one of these; test with errors.Is.
var (
	// ErrTooLarge: the document is longer than the limit of the caller.
	ErrTooLarge = errors.New("soap: the document is larger than the limit")
	// ErrTruncated: the document ends before it is complete. The far side did answer, so a write may have been done.
	ErrTruncated = errors.New("soap: the document is truncated")
	// ErrHTML: a web page came instead of an envelope, as proxies send it.
	ErrHTML = errors.New("soap: the document is HTML, not an envelope")
	// ErrMalformed: the document is not well-formed XML.
	ErrMalformed = errors.New("soap: the document is not well-formed XML")
	// ErrNotEnvelope: well-formed XML, but not a SOAP 1.1 envelope with one element in its body.
	ErrNotEnvelope = errors.New("soap: the document is not a SOAP 1.1 envelope with one element in its body")
	// ErrRefused: the document uses what no service needs: a document type or extreme nesting.
	ErrRefused = errors.New("soap: the document is refused")
	// ErrValue: an element holds a value that does not fit the type it is read into.
	ErrValue = errors.New("soap: a value does not fit its type")
)
