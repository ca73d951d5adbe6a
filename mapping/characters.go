package mapping

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"github.com/koppel/koppel/domain"
)

// storable writes a text in the letters of Windows-1252, as the rule says, and
// tells what it did. False means that the rule refuses the text. Letters and
// accents that stand apart are put together first, which changes nothing.
func storable(text string, rule domain.CharacterRule) (stored, told string, ok bool) {
	if plainASCII(text) {
		return text, "", true
	}
	composed := norm.NFC.String(text)
	outside := 0
	for _, r := range composed {
		if !inWindows1252(r) {
			outside++
		}
	}
	switch {
	case outside == 0 && composed == text:
		return text, "", true
	case outside == 0:
		return composed, "letters and accents put together", true
	case rule == domain.CharactersReject:
		return text, "", false
	}
	write := plainLetters
	if rule == domain.CharactersReplace {
		write = func(rune) string { return unknownCharacter }
	}
	var b strings.Builder
	for _, r := range composed {
		if inWindows1252(r) {
			b.WriteRune(r)
		} else {
			b.WriteString(write(r))
		}
	}
	return b.String(), fmt.Sprintf("%d character(s) outside Windows-1252 written otherwise", outside), true
}

// unknownCharacter stands for a character without plain letters.
const unknownCharacter = "?"

func plainASCII(text string) bool {
	for i := range len(text) {
		if c := text[i]; c >= 0x7f || c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}

// inWindows1252 leaves out control characters: the code page has places for
// them, but no field of a record has a use.
func inWindows1252(r rune) bool {
	if unicode.IsControl(r) {
		return r == '\n' || r == '\r' || r == '\t'
	}
	_, ok := charmap.Windows1252.EncodeRune(r)
	return ok
}

// plainLetters writes a character in letters that every target has: without its
// accents, or as people write it who lack the key.
func plainLetters(r rune) string {
	if plain, ok := withoutDecomposition[r]; ok {
		return plain
	}
	if unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || unicode.Is(unicode.Mn, r) {
		return "" // nothing that anybody sees
	}
	if unicode.Is(unicode.Zs, r) {
		return " "
	}
	var b strings.Builder
	for _, part := range norm.NFKD.String(string(r)) {
		switch plain, ok := withoutDecomposition[part]; {
		case ok:
			b.WriteString(plain)
		case unicode.Is(unicode.Mn, part):
		case unicode.Is(unicode.Zs, part):
			b.WriteByte(' ')
		case inWindows1252(part):
			b.WriteRune(part)
		default:
			return unknownCharacter
		}
	}
	if b.Len() == 0 {
		return unknownCharacter
	}
	return b.String()
}

// withoutDecomposition are characters that Unicode does not take apart into a
// letter and its accents.
var withoutDecomposition = map[rune]string{
	'ł': "l", 'Ł': "L", 'đ': "d", 'Đ': "D", 'ħ': "h", 'Ħ': "H", 'ı': "i", 'ŋ': "n", 'Ŋ': "N", 'ŧ': "t", 'Ŧ': "T",
	'ĸ': "k", 'ə': "e", 'Ə': "E", 'ẞ': "SS", 'ʼ': "'", 'ʹ': "'", '′': "'", '″': `"`, '‐': "-", '‑': "-", '−': "-",
	'⁄': "/", '∕': "/", '№': "No",
}
