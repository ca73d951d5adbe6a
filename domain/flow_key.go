package domain

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of what one run may be asked for.
const (
	// MostKeys is how many records may be named.
	MostKeys = 500
	// MostKeyCharacters is how long the key of one may be.
	MostKeyCharacters = 100
)

// IsRecordKey reports whether a text may name a record: an article code, a debtor
// number, an order number. Such a key enters histories and workflow inputs.
func IsRecordKey(text string) bool {
	if text == "" || !utf8.ValidString(text) || utf8.RuneCountInString(text) > MostKeyCharacters || strings.TrimSpace(text) != text {
		return false
	}
	return !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) })
}
