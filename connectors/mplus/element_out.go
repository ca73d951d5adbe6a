package mplus

import (
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
