package wsdl

import (
	"fmt"
	"math"
	"slices"
	"sort"
)

// Schema is a loaded service description, ready to check envelopes. It is safe for concurrent use.
type Schema struct {
	namespace  string
	elements   map[string]typeRef
	complex    map[string]*complexType
	simple     map[string]*simpleType
	operations map[string]operation
}

// operation names the elements that an operation takes and answers.
type operation struct{ input, output string }

// typeRef points at the type of an element: a built-in simple type, a named type of the schema, or a type written in
// place.
type typeRef struct {
	builtin string
	named   string
	inline  *complexType
}

// complexType is a sequence of elements, after those of its base.
type complexType struct {
	name string
	base string
	own  []particle
}

// particle is one element of a sequence.
type particle struct {
	name     string
	ref      typeRef
	min, max int // max is math.MaxInt when unbounded
}

// simpleType is an enumeration of strings, or a plain restriction of a built-in type when it lists no values.
type simpleType struct {
	builtin string
	values  []string
}

const unbounded = math.MaxInt

// Namespace is the target namespace of the description.
func (s *Schema) Namespace() string { return s.namespace }

// Operations lists the operations of the description by name, sorted.
func (s *Schema) Operations() []string {
	names := make([]string, 0, len(s.operations))
	for name := range s.operations {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// ResponseElement is the root element of the answer to an operation, empty when there is no such operation.
func (s *Schema) ResponseElement(operation string) string { return s.operations[operation].output }

// sequence is the whole sequence of a type: its base's elements first.
func (s *Schema) sequence(c *complexType) []particle {
	if c.base == "" {
		return c.own
	}
	return append(slices.Clone(s.sequence(s.complex[c.base])), c.own...)
}

// check makes sure that every reference leads somewhere, so that validation cannot stumble.
func (s *Schema) check() error {
	for name, ref := range s.elements {
		if err := s.checkRef("element "+name, ref); err != nil {
			return err
		}
	}
	for name, c := range s.complex {
		if err := s.checkComplex(name, c); err != nil {
			return err
		}
	}
	for name, op := range s.operations {
		for _, element := range []string{op.input, op.output} {
			if _, ok := s.elements[element]; !ok {
				return fmt.Errorf("operation %s uses element %q, which the schema lacks", name, element)
			}
		}
	}
	return nil
}

func (s *Schema) checkComplex(name string, c *complexType) error {
	seen := map[string]bool{}
	for base := c.base; base != ""; {
		if seen[base] || base == name {
			return fmt.Errorf("type %s extends itself", name)
		}
		seen[base] = true
		b, ok := s.complex[base]
		if !ok {
			return fmt.Errorf("type %s extends %q, which the schema lacks", name, base)
		}
		base = b.base
	}
	names := map[string]bool{}
	for _, p := range s.sequence(c) {
		if names[p.name] {
			return fmt.Errorf("type %s has element %s twice, which is not supported", name, p.name)
		}
		names[p.name] = true
		if err := s.checkRef("type "+name+", element "+p.name, p.ref); err != nil {
			return err
		}
	}
	return nil
}

func (s *Schema) checkRef(where string, ref typeRef) error {
	switch {
	case ref.inline != nil:
		return s.checkComplex(where, ref.inline)
	case ref.builtin != "":
		if _, ok := builtins[ref.builtin]; !ok {
			return fmt.Errorf("%s: simple type %s is not supported", where, ref.builtin)
		}
	case s.complex[ref.named] == nil && s.simple[ref.named] == nil:
		return fmt.Errorf("%s: the schema lacks type %q", where, ref.named)
	}
	return nil
}
