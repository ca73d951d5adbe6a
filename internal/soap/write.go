package soap

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
)

const (
	head = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<SOAP-ENV:Envelope xmlns:SOAP-ENV="` + EnvelopeNamespace + `" xmlns:ns="`
	bodyBegin = `"><SOAP-ENV:Body>`
	bodyEnd   = `</SOAP-ENV:Body></SOAP-ENV:Envelope>`
)

// Marshal writes an envelope whose body is one element called root, filled from content. Prefixes are SOAP-ENV and ns,
// the latter bound to namespace; the payload has no attributes and writes empty elements with an end tag, because a
// client of the till looks for exactly that.
//
// Struct tags of content carry local names only (`xml:"orderId"`); every element gets the prefix ns. A nil content
// writes an empty element. Fields tagged as attribute, comment, cdata or innerxml are refused.
func Marshal(namespace, root string, content any) ([]byte, error) {
	if !isName(root) {
		return nil, fmt.Errorf("soap: write envelope: %q is not an element name", root)
	}
	var payload bytes.Buffer
	start := xml.StartElement{Name: xml.Name{Local: root}}
	enc := xml.NewEncoder(&payload)
	if content == nil {
		content = struct{}{}
	}
	if err := enc.EncodeElement(content, start); err != nil {
		return nil, fmt.Errorf("soap: write %s: %w", root, err)
	}
	if payload.Len() == 0 { // a nil pointer
		fmt.Fprintf(&payload, "<%s></%s>", root, root)
	}
	var out bytes.Buffer
	out.Grow(len(head) + len(namespace) + len(bodyBegin) + payload.Len()*5/4 + len(bodyEnd))
	out.WriteString(head)
	if err := xml.EscapeText(&out, []byte(namespace)); err != nil {
		return nil, fmt.Errorf("soap: write namespace: %w", err)
	}
	out.WriteString(bodyBegin)
	if err := prefixElements(&out, payload.Bytes()); err != nil {
		return nil, fmt.Errorf("soap: write %s: %w", root, err)
	}
	out.WriteString(bodyEnd)
	return out.Bytes(), nil
}

// prefixElements copies what encoding/xml wrote and puts "ns:" before each element name. The encoder escapes every "<"
// that is not a tag, so a "<" always begins one.
func prefixElements(out *bytes.Buffer, plain []byte) error {
	for {
		i := bytes.IndexByte(plain, '<')
		if i < 0 || i+1 >= len(plain) {
			out.Write(plain)
			return nil
		}
		i++
		if plain[i] == '/' {
			i++
		}
		end := i
		for end < len(plain) && plain[end] != '>' && plain[end] != ' ' {
			end++
		}
		if end >= len(plain) || plain[end] != '>' || !isName(string(plain[i:end])) {
			return errors.New("the content must consist of plain elements: no attributes, namespaces, comments or raw XML")
		}
		out.Write(plain[:i])
		out.WriteString("ns:")
		out.Write(plain[i:end])
		plain = plain[end:]
	}
}

// isName holds for the element names that services of this kind use: letters, digits, underscore and hyphen.
func isName(s string) bool {
	if s == "" || len(s) > 128 {
		return false
	}
	for i, c := range []byte(s) {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
		if !letter && (i == 0 || (c < '0' || c > '9') && c != '-') {
			return false
		}
	}
	return true
}
