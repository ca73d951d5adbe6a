package sandbox

import (
	"encoding/xml"

	"github.com/koppel/koppel/internal/soap"
)

// element is one element of a request with what is in it, before it has a type.
type element struct {
	name     xml.Name
	text     string
	children []*element
}

// elementOf reads the payload of a request into a tree. The envelope reader has bounded its depth and size.
func elementOf(body soap.Body) (*element, error) {
	d, start, err := body.Decoder()
	if err != nil {
		return nil, err
	}
	root := &element{name: start.Name}
	open := []*element{root}
	for len(open) > 0 {
		t, err := d.Token()
		if err != nil {
			return nil, soap.ErrMalformed
		}
		switch t := t.(type) {
		case xml.StartElement:
			child := &element{name: t.Name}
			parent := open[len(open)-1]
			parent.children = append(parent.children, child)
			open = append(open, child)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			open[len(open)-1].text += string(t)
		}
	}
	return root, nil
}
