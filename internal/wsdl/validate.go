package wsdl

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Problem is one way in which an envelope breaks the description.
type Problem struct {
	Path string // element names from the root of the body, "/" between them, "[2]" for the second of its name
	What string
}

// Error names the element and what the schema says against it.
func (p Problem) Error() string { return p.Path + ": " + p.What }

const (
	envelopeNamespace = "http://schemas.xmlsoap.org/soap/envelope/"
	instanceNamespace = "http://www.w3.org/2001/XMLSchema-instance"
	maxDepth          = 200
)

// ValidateRequest checks what a client sends for an operation. The error joins a Problem for everything that is wrong.
func (s *Schema) ValidateRequest(operation string, envelope []byte) error {
	op, ok := s.operations[operation]
	if !ok {
		return fmt.Errorf("the description has no operation %q", operation)
	}
	return s.validate(op.input, envelope)
}

// ValidateResponse checks what a server answers to an operation. A fault is a problem here: see ValidateFault.
func (s *Schema) ValidateResponse(operation string, envelope []byte) error {
	op, ok := s.operations[operation]
	if !ok {
		return fmt.Errorf("the description has no operation %q", operation)
	}
	return s.validate(op.output, envelope)
}

func (s *Schema) validate(root string, envelope []byte) error {
	payload, err := payloadOf(envelope)
	if err != nil {
		return err
	}
	if payload.name.Local != root || payload.name.Space != s.namespace {
		return Problem{payload.name.Local, fmt.Sprintf("want element %s of namespace %s, got namespace %q",
			root, s.namespace, payload.name.Space)}
	}
	v := validation{schema: s}
	v.element(root, payload, s.elements[root])
	return errors.Join(v.problems...)
}

// ValidateFault checks the shape of a SOAP 1.1 fault: its parts, unqualified and in order.
func ValidateFault(envelope []byte) error {
	fault, err := payloadOf(envelope)
	if err != nil {
		return err
	}
	if fault.name != (xml.Name{Space: envelopeNamespace, Local: "Fault"}) {
		return Problem{fault.name.Local, "want a SOAP fault"}
	}
	parts := &complexType{name: "Fault", own: []particle{
		{name: "faultcode", ref: typeRef{builtin: "string"}, min: 1, max: 1},
		{name: "faultstring", ref: typeRef{builtin: "string"}, min: 1, max: 1},
		{name: "faultactor", ref: typeRef{builtin: "string"}, max: 1},
		{name: "detail", ref: typeRef{builtin: "string"}, max: 1},
	}}
	v := validation{schema: &Schema{}}
	v.element("Fault", fault, typeRef{inline: parts})
	for _, part := range fault.children {
		if part.name.Local == "faultcode" {
			_, code, qualified := strings.Cut(strings.TrimSpace(part.text), ":")
			class, _, _ := strings.Cut(code, ".")
			if !qualified || class != "Client" && class != "Server" && class != "VersionMismatch" && class != "MustUnderstand" {
				v.report("Fault/faultcode", "want a qualified SOAP 1.1 fault code")
			}
		}
	}
	return errors.Join(v.problems...)
}

type validation struct {
	schema   *Schema
	problems []error
}

func (v *validation) report(path, format string, args ...any) {
	v.problems = append(v.problems, Problem{path, fmt.Sprintf(format, args...)})
}

func (v *validation) element(path string, n *node, ref typeRef) {
	for _, a := range n.attrs {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" && a.Name.Space != instanceNamespace {
			v.report(path, "unexpected attribute %s", a.Name.Local)
		}
	}
	switch {
	case ref.inline != nil:
		v.complex(path, n, ref.inline)
	case ref.builtin != "":
		v.simple(path, n, &simpleType{builtin: ref.builtin})
	case v.schema.complex[ref.named] != nil:
		v.complex(path, n, v.schema.complex[ref.named])
	default:
		v.simple(path, n, v.schema.simple[ref.named])
	}
}

func (v *validation) simple(path string, n *node, t *simpleType) {
	if len(n.children) > 0 {
		v.report(path, "unexpected element %s inside a simple value", n.children[0].name.Local)
		return
	}
	text := n.text
	if t.builtin != "string" {
		text = strings.TrimSpace(text)
	}
	if !builtins[t.builtin](text) {
		v.report(path, "the text is not a valid %s", t.builtin)
	}
	if len(t.values) > 0 && !slices.Contains(t.values, text) {
		v.report(path, "the text is not one of the %d listed values (%s, ...)", len(t.values), t.values[0])
	}
}

// complex walks the children along the sequence. An element before its place is reported once and does not move the
// place, so that one swap gives one problem.
func (v *validation) complex(path string, n *node, t *complexType) {
	if strings.TrimSpace(n.text) != "" {
		v.report(path, "unexpected text between elements")
	}
	sequence := v.schema.sequence(t)
	count := make([]int, len(sequence))
	seen := map[string]int{}
	place := 0
	for _, child := range n.children {
		name := child.name.Local
		seen[name]++
		at := path + "/" + name
		if seen[name] > 1 {
			at = fmt.Sprintf("%s[%d]", at, seen[name])
		}
		i := slices.IndexFunc(sequence, func(p particle) bool { return p.name == name })
		if i < 0 {
			v.report(at, "unknown element")
			continue
		}
		if v.schema.namespace != child.name.Space {
			v.report(at, "wrong namespace %q", child.name.Space)
		}
		if i < place {
			v.report(at, "wrong order: it must come before %s", sequence[place].name)
		} else {
			place = i
		}
		count[i]++
		if count[i] == sequence[i].max+1 && sequence[i].max != unbounded {
			v.report(at, "more than %d of it", sequence[i].max)
		}
		v.element(at, child, sequence[i].ref)
	}
	for i, p := range sequence {
		if count[i] < p.min {
			v.report(path+"/"+p.name, "missing element")
		}
	}
}

// node is one element with what is in it.
type node struct {
	name     xml.Name
	attrs    []xml.Attr
	text     string
	children []*node
}

// payloadOf reads the one element in the body of an envelope.
func payloadOf(envelope []byte) (*node, error) {
	root, err := tree(envelope)
	if err != nil {
		return nil, err
	}
	if root.name != (xml.Name{Space: envelopeNamespace, Local: "Envelope"}) {
		return nil, Problem{root.name.Local, "want a SOAP 1.1 envelope"}
	}
	for i, child := range root.children {
		switch {
		case child.name == xml.Name{Space: envelopeNamespace, Local: "Header"} && i == 0:
		case child.name == xml.Name{Space: envelopeNamespace, Local: "Body"} && i == len(root.children)-1:
			if len(child.children) != 1 {
				return nil, Problem{"Envelope/Body", fmt.Sprintf("want one element, got %d", len(child.children))}
			}
			return child.children[0], nil
		default:
			return nil, Problem{"Envelope/" + child.name.Local, "unexpected element"}
		}
	}
	return nil, Problem{"Envelope/Body", "missing element"}
}

func tree(document []byte) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(document, []byte("\xef\xbb\xbf"))))
	var root *node
	var open []*node
	for {
		t, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("the envelope is not well-formed: %w", err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			n := &node{name: t.Name, attrs: t.Attr}
			switch {
			case len(open) >= maxDepth:
				return nil, errors.New("the envelope nests too deep")
			case len(open) > 0:
				parent := open[len(open)-1]
				parent.children = append(parent.children, n)
			case root != nil:
				return nil, errors.New("the envelope has a second root")
			default:
				root = n
			}
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				open[len(open)-1].text += string(t)
			}
		}
	}
	if root == nil {
		return nil, errors.New("the envelope is empty")
	}
	return root, nil
}
