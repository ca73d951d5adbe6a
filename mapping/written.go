package mapping

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"strconv"
	"strings"

	"github.com/koppel/koppel/domain"
)

// Written is what we last wrote to a record, by field: a fingerprint of the
// value, so that the value itself is not kept. Names of fields are in capitals.
type Written map[string]string

// WrittenFrom is what a draft writes.
func WrittenFrom(draft domain.Draft) Written {
	w := make(Written, len(draft.Fields))
	for _, f := range draft.Fields {
		w[fieldKey(f.Name)] = fingerprints(f.Value)
	}
	return w
}

// After is what to remember once an update is written: what the draft has, but
// for fields that were left alone. Of those stays what was known before, so that
// writing goes on when the other side puts our value back.
func (w Written) After(draft domain.Draft, kept []Kept) Written {
	next := WrittenFrom(draft)
	for _, k := range kept {
		delete(next, fieldKey(k.Field))
	}
	merged := maps.Clone(w)
	if merged == nil {
		merged = Written{}
	}
	maps.Copy(merged, next)
	return merged
}

// holds reports whether a record still holds what we wrote in a field, and
// whether we know what that was.
func (w Written) holds(name string, value domain.Value, has bool) (ours, known bool) {
	prints, known := w[fieldKey(name)]
	if !known || !has {
		return false, known
	}
	held := fingerprint(value)
	for print := range strings.FieldsSeq(prints) {
		if print == held {
			return true, true
		}
	}
	return false, true
}

// fingerprints are those by which a value is known again: its own, and that of
// its capitals, because some columns hold their text so.
func fingerprints(v domain.Value) string {
	own := fingerprint(v)
	if v.Kind != domain.KindText || v.Text == strings.ToUpper(v.Text) {
		return own
	}
	return own + " " + fingerprint(domain.TextValue(strings.ToUpper(v.Text)))
}

// fingerprintBytes is enough to tell values of one field apart.
const fingerprintBytes = 8

// fingerprint is the same for values that Update takes for equal.
func fingerprint(v domain.Value) string {
	text := ""
	switch v.Kind {
	case domain.KindNumber:
		text = v.Number.String() // without zeros at the end
	case domain.KindDate:
		text = v.Date.String()
	case domain.KindBool:
		text = strconv.FormatBool(v.Bool)
	default:
		text = strings.TrimSpace(v.Text)
	}
	sum := sha256.Sum256([]byte(string(v.Kind) + "\x00" + text))
	return hex.EncodeToString(sum[:fingerprintBytes])
}
