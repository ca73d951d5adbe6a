package sandbox

import (
	"strings"
	"unicode"
)

// highCP1252 are the characters that Windows-1252 has between 0x80 and 0x9F; five places are empty.
const highCP1252 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"

// inCP1252 tells whether the books can hold a character.
func inCP1252(r rune) bool {
	switch {
	case r < 0x80, r >= 0xA0 && r <= 0xFF:
		return true
	default:
		return strings.ContainsRune(highCP1252, r)
	}
}

// toCP1252 is what becomes of a text in the books: a character they do not have turns into a question mark.
func toCP1252(s string) string {
	return strings.Map(func(r rune) rune {
		if inCP1252(r) {
			return r
		}
		return '?'
	}, s)
}

// upper upper-cases within the character set: the few letters whose capital is not in it stay as they are.
func upper(s string) string {
	return strings.Map(func(r rune) rune {
		if capital := unicode.ToUpper(r); inCP1252(capital) {
			return capital
		}
		return r
	}, s)
}
