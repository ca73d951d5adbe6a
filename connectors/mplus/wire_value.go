package mplus

// The values of an answer stay the text that was sent until a mapper needs them.
// So a field that we do not use can hold anything, and one that we use and cannot
// read is named, without stopping the records beside it.
type (
	wireInt  string // xsd:int, xsd:long or xsd:short
	wireBool string // xsd:boolean: true, false, 1 or 0
	wireEnum string // upper-case words with hyphens
)
