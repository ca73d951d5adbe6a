package domain

import (
	"encoding/json"
	"slices"
	"strings"
)

// LookupKey is the key of a row: one text for each key column of its table. One
// text is written plainly, several as a list.
type LookupKey []string

// String is for people and logs; it does not read back.
func (k LookupKey) String() string { return strings.Join(k, ", ") }

// Equal compares place by place, exactly as written.
func (k LookupKey) Equal(other LookupKey) bool { return slices.Equal(k, other) }

// MarshalYAML writes one text plainly.
func (k LookupKey) MarshalYAML() (any, error) {
	if len(k) == 1 {
		return k[0], nil
	}
	return []string(k), nil
}

// MarshalJSON writes one text plainly.
func (k LookupKey) MarshalJSON() ([]byte, error) {
	if len(k) == 1 {
		return json.Marshal(k[0])
	}
	return json.Marshal([]string(k))
}

// UnmarshalJSON reads a text or a list of texts.
func (k *LookupKey) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil {
		*k = LookupKey{one}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(k))
}
