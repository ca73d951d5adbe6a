package soap

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// Body is the one element inside an envelope's body. The zero Body is empty and cannot be decoded.
type Body struct {
	document []byte
	name     xml.Name
	begin    int64
}

// Root is the local name of the element: the operation in a request, mostly the operation and "Response" in an answer.
func (b Body) Root() string { return b.name.Local }

// Namespace is the namespace of the element.
func (b Body) Namespace() string { return b.name.Space }

// Document is the whole envelope in UTF-8. The caller must not change it.
func (b Body) Document() []byte { return b.document }

// Decode reads the element into v by local names, whatever their prefixes; elements that v does not know are skipped.
// A value that does not fit wraps ErrValue and names the element, never the value.
func (b Body) Decode(v any) error {
	d, start, err := b.seek()
	if err != nil {
		return err
	}
	if err := d.DecodeElement(v, &start); err != nil {
		return fmt.Errorf("%w: element %s", ErrValue, b.pathAt(d.InputOffset()))
	}
	return nil
}

// Decoder stands just behind the start of the element, which it also returns, for a caller that reads tokens itself.
func (b Body) Decoder() (*xml.Decoder, xml.StartElement, error) { return b.seek() }

// seek reads from the top, so that prefixes bound on the envelope are known.
func (b Body) seek() (*xml.Decoder, xml.StartElement, error) {
	d := newDecoder(b.document)
	for {
		before := d.InputOffset()
		t, err := d.Token()
		if err != nil {
			return nil, xml.StartElement{}, ErrNotEnvelope
		}
		if start, ok := t.(xml.StartElement); ok && before == b.begin {
			return d, start, nil
		}
	}
}

// pathAt names the elements that lead to an offset in the document: first the root of the body, last the element that
// was being read, or had just ended, there.
func (b Body) pathAt(offset int64) string {
	d, start, err := b.seek()
	if err != nil {
		return "?"
	}
	path := []string{printableName(start.Name.Local)}
	for d.InputOffset() < offset {
		t, err := d.Token()
		if err != nil {
			break
		}
		switch t := t.(type) {
		case xml.StartElement:
			path = append(path, printableName(t.Name.Local))
		case xml.EndElement:
			if d.InputOffset() >= offset || len(path) == 1 {
				return strings.Join(path, "/")
			}
			path = path[:len(path)-1]
		}
	}
	return strings.Join(path, "/")
}

func printableName(s string) string {
	if !isName(s) {
		return "?"
	}
	return s
}
