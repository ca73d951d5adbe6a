package mplus

import (
	"bytes"
	"encoding/xml"
	"fmt"
)

// elementOut is an element as it is written: with text, or with elements inside.
// Where the fields that are sent depend on the document, no struct can name them.
type elementOut struct {
	name   string
	text   string
	inside []elementOut
}

// MarshalXML writes the element under the name that is asked for.
func (e elementOut) MarshalXML(enc *xml.Encoder, start xml.StartElement) error {
	if err := enc.EncodeToken(start); err != nil {
		return fmt.Errorf("begin %s: %w", start.Name.Local, err)
	}
	if err := enc.EncodeToken(xml.CharData(e.text)); err != nil {
		return fmt.Errorf("fill %s: %w", start.Name.Local, err)
	}
	for _, child := range e.inside {
		if err := enc.EncodeElement(child, xml.StartElement{Name: xml.Name{Local: child.name}}); err != nil {
			return fmt.Errorf("fill %s: %w", start.Name.Local, err)
		}
	}
	if err := enc.EncodeToken(start.End()); err != nil {
		return fmt.Errorf("end %s: %w", start.Name.Local, err)
	}
	return nil
}

// elementFrom reads an element as it came, to be written again: names without
// prefixes, text where there are no elements inside.
func elementFrom(raw []byte) (elementOut, error) {
	decoder := xml.NewDecoder(bytes.NewReader(raw))
	for {
		token, err := decoder.Token()
		if err != nil {
			return elementOut{}, fmt.Errorf("read an element: %w", err)
		}
		if start, ok := token.(xml.StartElement); ok {
			return elementInside(decoder, start)
		}
	}
}

func elementInside(decoder *xml.Decoder, start xml.StartElement) (elementOut, error) {
	e := elementOut{name: start.Name.Local}
	for {
		token, err := decoder.Token()
		if err != nil {
			return e, fmt.Errorf("read an element: %w", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			child, err := elementInside(decoder, token)
			if err != nil {
				return e, err
			}
			e.inside = append(e.inside, child)
		case xml.CharData:
			e.text += string(token)
		case xml.EndElement:
			if len(e.inside) > 0 {
				e.text = ""
			}
			return e, nil
		}
	}
}
