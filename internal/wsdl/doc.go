// Package wsdl checks SOAP envelopes against a service description, for contract tests.
//
// It knows the subset of WSDL 1.1 and XML Schema that document/literal services of the till's kind use: sequences with
// occurrence bounds, extension of complex types, enumerations and the simple types. A description that uses more is
// refused when it is loaded, so that nothing passes unchecked in silence. It shares no code with the envelope reader of
// the client and the sandbox: it is the third pair of eyes.
package wsdl
