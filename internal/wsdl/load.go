package wsdl

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

const (
	schemaNamespace   = "http://www.w3.org/2001/XMLSchema"
	encodingNamespace = "http://schemas.xmlsoap.org/soap/encoding/"
)

// Load reads a service description from a file: what a server answers to a GET with ?wsdl.
func Load(path string) (*Schema, error) {
	document, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the service description: %w", err)
	}
	s, err := Parse(document)
	if err != nil {
		return nil, fmt.Errorf("service description %s: %w", path, err)
	}
	return s, nil
}

// Parse reads a service description.
func Parse(document []byte) (*Schema, error) {
	var in xmlDefinitions
	if err := xml.Unmarshal(bytes.TrimPrefix(document, []byte("\xef\xbb\xbf")), &in); err != nil {
		return nil, fmt.Errorf("parse: %w", err)
	}
	l := loader{
		schema: &Schema{
			namespace: in.TargetNamespace, elements: map[string]typeRef{}, complex: map[string]*complexType{},
			simple: map[string]*simpleType{}, operations: map[string]operation{},
		},
		prefixes: map[string]string{},
	}
	l.bind(in.Attrs)
	for _, schema := range in.Schemas {
		l.bind(schema.Attrs)
		if err := l.load(schema); err != nil {
			return nil, err
		}
	}
	if err := l.loadOperations(in); err != nil {
		return nil, err
	}
	if err := l.schema.check(); err != nil {
		return nil, err
	}
	return l.schema, nil
}

type xmlDefinitions struct {
	TargetNamespace string      `xml:"targetNamespace,attr"`
	Attrs           []xml.Attr  `xml:",any,attr"`
	Schemas         []xmlSchema `xml:"types>schema"`
	Messages        []struct {
		Name  string `xml:"name,attr"`
		Parts []struct {
			Element string `xml:"element,attr"`
		} `xml:"part"`
	} `xml:"message"`
	Operations []struct {
		Name  string `xml:"name,attr"`
		Input struct {
			Message string `xml:"message,attr"`
		} `xml:"input"`
		Output struct {
			Message string `xml:"message,attr"`
		} `xml:"output"`
	} `xml:"portType>operation"`
}

type xmlSchema struct {
	Attrs    []xml.Attr   `xml:",any,attr"`
	Elements []xmlElement `xml:"element"`
	Complex  []xmlComplex `xml:"complexType"`
	Simple   []xmlSimple  `xml:"simpleType"`
	Other    []xmlUnknown `xml:",any"`
}

type xmlElement struct {
	Name    string       `xml:"name,attr"`
	Type    string       `xml:"type,attr"`
	Min     string       `xml:"minOccurs,attr"`
	Max     string       `xml:"maxOccurs,attr"`
	Attrs   []xml.Attr   `xml:",any,attr"`
	Complex *xmlComplex  `xml:"complexType"`
	Note    *struct{}    `xml:"annotation"`
	Other   []xmlUnknown `xml:",any"`
}

type xmlComplex struct {
	Name     string       `xml:"name,attr"`
	Attrs    []xml.Attr   `xml:",any,attr"`
	Sequence *xmlSequence `xml:"sequence"`
	Content  *struct {
		Extension *struct {
			Base     string       `xml:"base,attr"`
			Sequence *xmlSequence `xml:"sequence"`
			Other    []xmlUnknown `xml:",any"`
		} `xml:"extension"`
		Other []xmlUnknown `xml:",any"`
	} `xml:"complexContent"`
	Note  *struct{}    `xml:"annotation"`
	Other []xmlUnknown `xml:",any"`
}

type xmlSequence struct {
	Attrs    []xml.Attr   `xml:",any,attr"`
	Elements []xmlElement `xml:"element"`
	Note     *struct{}    `xml:"annotation"`
	Other    []xmlUnknown `xml:",any"`
}

type xmlSimple struct {
	Name        string `xml:"name,attr"`
	Restriction *struct {
		Base   string `xml:"base,attr"`
		Values []struct {
			Value string `xml:"value,attr"`
		} `xml:"enumeration"`
		Other []xmlUnknown `xml:",any"`
	} `xml:"restriction"`
	Note  *struct{}    `xml:"annotation"`
	Other []xmlUnknown `xml:",any"`
}

type xmlUnknown struct{ XMLName xml.Name }

type loader struct {
	schema   *Schema
	prefixes map[string]string
}

func (l *loader) bind(attrs []xml.Attr) {
	for _, a := range attrs {
		if a.Name.Space == "xmlns" {
			l.prefixes[a.Name.Local] = a.Value
		}
	}
}

func (l *loader) load(in xmlSchema) error {
	for _, o := range in.Other {
		if o.XMLName.Local != "import" && o.XMLName.Local != "annotation" {
			return unsupported("the schema", o.XMLName)
		}
	}
	for _, s := range in.Simple {
		simple, err := l.simpleType(s)
		if err != nil {
			return err
		}
		l.schema.simple[s.Name] = simple
	}
	for _, c := range in.Complex {
		complex, err := l.complexType(c)
		if err != nil {
			return fmt.Errorf("type %s: %w", c.Name, err)
		}
		l.schema.complex[c.Name] = complex
	}
	for _, e := range in.Elements {
		p, err := l.particle(e)
		if err != nil {
			return fmt.Errorf("element %s: %w", e.Name, err)
		}
		l.schema.elements[e.Name] = p.ref
	}
	return nil
}

func (l *loader) loadOperations(in xmlDefinitions) error {
	elements := map[string]string{}
	for _, m := range in.Messages {
		if len(m.Parts) != 1 || m.Parts[0].Element == "" {
			return fmt.Errorf("message %s: only one part with an element is supported", m.Name)
		}
		elements[m.Name] = local(m.Parts[0].Element)
	}
	for _, op := range in.Operations {
		l.schema.operations[op.Name] = operation{
			input: elements[local(op.Input.Message)], output: elements[local(op.Output.Message)],
		}
	}
	if len(l.schema.operations) == 0 {
		return errors.New("it has no operations")
	}
	return nil
}

func (l *loader) simpleType(in xmlSimple) (*simpleType, error) {
	if in.Restriction == nil || len(in.Other) > 0 || len(in.Restriction.Other) > 0 {
		return nil, fmt.Errorf("simple type %s: only a restriction by enumeration is supported", in.Name)
	}
	ref, err := l.ref(in.Restriction.Base)
	if err != nil || ref.builtin == "" {
		return nil, fmt.Errorf("simple type %s: base %q is not supported", in.Name, in.Restriction.Base)
	}
	s := &simpleType{builtin: ref.builtin}
	for _, v := range in.Restriction.Values {
		s.values = append(s.values, v.Value)
	}
	return s, nil
}

func (l *loader) complexType(in xmlComplex) (*complexType, error) {
	c := &complexType{name: in.Name}
	for _, o := range in.Other {
		return nil, unsupported("it", o.XMLName)
	}
	sequence := in.Sequence
	if in.Content != nil {
		for _, o := range in.Content.Other {
			return nil, unsupported("it", o.XMLName)
		}
		if in.Content.Extension == nil {
			return nil, errors.New("complex content without extension is not supported")
		}
		for _, o := range in.Content.Extension.Other {
			return nil, unsupported("its extension", o.XMLName)
		}
		c.base = local(in.Content.Extension.Base)
		sequence = in.Content.Extension.Sequence
	}
	if sequence == nil {
		return c, nil
	}
	for _, o := range sequence.Other {
		return nil, unsupported("its sequence", o.XMLName)
	}
	for _, e := range sequence.Elements {
		p, err := l.particle(e)
		if err != nil {
			return nil, fmt.Errorf("element %s: %w", e.Name, err)
		}
		c.own = append(c.own, p)
	}
	return c, nil
}

func (l *loader) particle(in xmlElement) (particle, error) {
	p := particle{name: in.Name, min: 1, max: 1}
	for _, o := range in.Other {
		return p, unsupported("it", o.XMLName)
	}
	for _, a := range in.Attrs {
		if a.Name.Space != "xmlns" {
			return p, fmt.Errorf("attribute %s is not supported", a.Name.Local)
		}
	}
	if in.Name == "" {
		return p, errors.New("an element without a name is not supported")
	}
	var err error
	if in.Min != "" {
		if p.min, err = strconv.Atoi(in.Min); err != nil {
			return p, fmt.Errorf("minOccurs %q", in.Min)
		}
	}
	if in.Max == "unbounded" {
		p.max = unbounded
	} else if in.Max != "" {
		if p.max, err = strconv.Atoi(in.Max); err != nil {
			return p, fmt.Errorf("maxOccurs %q", in.Max)
		}
	}
	if in.Complex != nil {
		p.ref.inline, err = l.complexType(*in.Complex)
		return p, err
	}
	p.ref, err = l.ref(in.Type)
	return p, err
}

func (l *loader) ref(qualified string) (typeRef, error) {
	prefix, name, found := strings.Cut(qualified, ":")
	if !found {
		prefix, name = "", qualified
	}
	switch l.prefixes[prefix] {
	case schemaNamespace, encodingNamespace:
		return typeRef{builtin: name}, nil
	case l.schema.namespace:
		return typeRef{named: name}, nil
	}
	return typeRef{}, fmt.Errorf("type %q is of an unknown namespace", qualified)
}

func local(qualified string) string {
	return qualified[strings.LastIndexByte(qualified, ':')+1:]
}

func unsupported(where string, name xml.Name) error {
	return fmt.Errorf("%s has <%s>, which is not supported", where, name.Local)
}
