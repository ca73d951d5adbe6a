package api

import (
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
)

func TestSchemas_FollowTheGoTypes(t *testing.T) {
	t.Parallel()
	type inner struct {
		Name string `json:"name" doc:"a name"`
	}
	type outer struct {
		inner
		Kind   string         `json:"kind,omitempty" enum:"a|b"`
		When   *time.Time     `json:"when"`
		More   []inner        `json:"more"`
		Counts map[string]int `json:"counts"`
		Self   *outer         `json:"self,omitempty"`
		Hidden string         `json:"-"`
	}
	s := newSchemas()
	require.Equal(t, schema{"$ref": "#/components/schemas/outer"}, s.of(reflect.TypeFor[outer]()))
	require.Equal(t, schema{
		"type": "object", "required": []string{"name", "when", "more", "counts"},
		"properties": map[string]schema{
			"name":   {"type": "string", "description": "a name"},
			"kind":   {"type": "string", "enum": []string{"a", "b"}},
			"when":   {"type": []string{"string", "null"}, "format": "date-time"},
			"more":   {"type": "array", "items": schema{"$ref": "#/components/schemas/inner"}},
			"counts": {"type": "object", "additionalProperties": schema{"type": "integer"}},
			"self":   {"anyOf": []schema{{"$ref": "#/components/schemas/outer"}, {"type": "null"}}},
		},
	}, s.known["outer"])
}

func TestSchemas_TwoTypesOfOneNameStandApart(t *testing.T) {
	t.Parallel()
	s := newSchemas()
	require.Equal(t, schema{"$ref": "#/components/schemas/Version"}, s.of(reflect.TypeFor[Version]()))
	require.Equal(t, schema{"$ref": "#/components/schemas/DbVersion"}, s.of(reflect.TypeFor[db.Version]()))
	require.Equal(t, schema{"$ref": "#/components/schemas/DbVersion"}, s.of(reflect.TypeFor[db.Version]()))
}
