package api

import (
	"encoding/json"
	"path"
	"reflect"
	"strings"
	"time"
)

// schema is a JSON Schema, as OpenAPI 3.1 uses it.
type schema map[string]any

// schemas collects the schemas of named types, so that each stands once.
type schemas struct {
	known map[string]schema
	types map[string]reflect.Type
}

func newSchemas() schemas {
	return schemas{known: map[string]schema{}, types: map[string]reflect.Type{}}
}

// of gives the schema of a type, or the reference to it. The Go types that are
// answered and read are its source: json names the key, doc explains it, enum
// ("a|b") lists its values.
func (s schemas) of(t reflect.Type) schema {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return schema{"type": "string", "format": "date-time"}
	case t == reflect.TypeFor[json.RawMessage](): // an object that is written elsewhere
		return schema{"type": "object"}
	case t.Kind() == reflect.Pointer:
		return nullable(s.of(t.Elem()))
	case t.Kind() == reflect.Struct:
		return s.named(t)
	}
	switch t.Kind() {
	case reflect.Slice:
		return schema{"type": "array", "items": s.of(t.Elem())}
	case reflect.Map:
		if t.Elem().Kind() == reflect.Interface {
			return schema{"type": "object"}
		}
		return schema{"type": "object", "additionalProperties": s.of(t.Elem())}
	case reflect.Bool:
		return schema{"type": "boolean"}
	case reflect.Int, reflect.Int32, reflect.Int64:
		return schema{"type": "integer"}
	case reflect.Float64:
		return schema{"type": "number"}
	case reflect.String:
		return schema{"type": "string"}
	default:
		return schema{}
	}
}

func nullable(of schema) schema {
	if kind, plain := of["type"].(string); plain {
		of["type"] = []string{kind, "null"}
		return of
	}
	return schema{"anyOf": []schema{of, {"type": "null"}}}
}

func (s schemas) named(t reflect.Type) schema {
	name := t.Name()
	if other := s.types[name]; other != nil && other != t { // of another package
		from := path.Base(t.PkgPath())
		name = strings.ToUpper(from[:1]) + from[1:] + name
	}
	reference := schema{"$ref": "#/components/schemas/" + name}
	if s.types[name] != nil {
		return reference
	}
	s.types[name] = t // before its fields: a type that holds itself must end
	properties, required := map[string]schema{}, []string{}
	for _, field := range reflect.VisibleFields(t) { // those of an embedded type stand beside the others
		key, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if key == "-" || key == "" {
			continue
		}
		properties[key] = s.property(field)
		if options != "omitempty" && options != "omitzero" {
			required = append(required, key)
		}
	}
	s.known[name] = schema{"type": "object", "properties": properties, "required": required}
	return reference
}

func (s schemas) property(field reflect.StructField) schema {
	of := s.of(field.Type)
	if values := field.Tag.Get("enum"); values != "" {
		of["enum"] = strings.Split(values, "|")
	}
	if text := field.Tag.Get("doc"); text != "" {
		of["description"] = text
	}
	return of
}
