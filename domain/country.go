package domain

import (
	_ "embed"
	"strings"
	"sync"
)

// countries holds one country a line: ISO 3166 alpha-2, alpha-3, then names in
// Dutch, English, German and French as Fold writes them, with what else people
// type for the neighbours.
//
//go:embed countries.txt
var countries string

var countryByName = sync.OnceValue(func() map[string]string {
	byName := map[string]string{}
	for line := range strings.Lines(countries) {
		iso2, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		iso3, names, _ := strings.Cut(rest, " ")
		byName[Fold(iso2)], byName[Fold(iso3)] = iso2, iso2
		for name := range strings.SplitSeq(names, ",") {
			byName[name] = iso2
		}
	}
	return byName
})

// CountryISO2 reads a country as people and systems write it (a name in Dutch,
// English, German or French, alpha-2 or alpha-3) and gives ISO 3166 alpha-2.
// Empty text is no country: it gives "" and true. False means not understood.
func CountryISO2(text string) (string, bool) {
	name := Fold(text)
	if name == "" {
		return "", strings.TrimSpace(text) == ""
	}
	if iso2, ok := countryByName()[name]; ok {
		return iso2, true
	}
	iso2, ok := countryByName()[strings.ReplaceAll(name, " ", "")] // "U.K.", "N.L."
	return iso2, ok
}
