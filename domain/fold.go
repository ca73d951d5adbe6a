package domain

import (
	"strings"
	"unicode"
)

// plainLetters gives the letters that people leave out the accent of, or write
// in two letters, when they type the same name a second time.
var plainLetters = strings.NewReplacer(
	"à", "a", "á", "a", "â", "a", "ã", "a", "ä", "a", "å", "a", "æ", "ae",
	"ç", "c", "č", "c", "ć", "c", "è", "e", "é", "e", "ê", "e", "ë", "e", "ě", "e", "ę", "e",
	"ì", "i", "í", "i", "î", "i", "ï", "i", "ł", "l", "ñ", "n", "ń", "n", "ň", "n",
	"ò", "o", "ó", "o", "ô", "o", "õ", "o", "ö", "o", "ø", "o", "œ", "oe", "ř", "r",
	"š", "s", "ś", "s", "ß", "ss", "ù", "u", "ú", "u", "û", "u", "ü", "u", "ů", "u",
	"ý", "y", "ÿ", "y", "ž", "z", "ź", "z", "ż", "z", "ij", "ij",
)

// Fold writes text the way two spellings of the same thing agree: lower case,
// no accents, every run of punctuation and blanks one blank, none at the ends.
// It is for comparing, never for showing or storing.
func Fold(text string) string {
	text = plainLetters.Replace(strings.ToLower(text))
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, " ")
}
