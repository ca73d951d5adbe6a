package mapping_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
)

// noted maps a customer by these rows, for a target of Windows-1252 whose name
// holds 10 characters and whose note holds 30.
func noted(t *testing.T, c domain.Customer, rows ...domain.MappingRow) (mapping.Explained, error) {
	t.Helper()
	rules := demoRules(t)
	rules.Mapping.Customer = rows
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	target := schema(domain.EntityCustomer, domain.FieldSpec{Name: "NAME", Label: "Naam", Kind: domain.KindText, Length: 10}, spec("CITY", 5), spec("NOTE", 30))
	target.CharacterSet = domain.CharactersWindows1252
	return m.ExplainCustomer(buying(c), target)
}

func TestOverflow_TheNoteTakesWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	name := domain.MappingRow{Target: "NAME", Source: "customer.name", TooLong: domain.TooLongOverflow, OverflowTo: "note"}
	city := domain.MappingRow{Target: "CITY", Source: "customer.city", TooLong: domain.TooLongOverflow, OverflowTo: "NOTE"}
	note := func(source string, rule domain.TooLong) domain.MappingRow {
		return domain.MappingRow{Target: "NOTE", Source: source, TooLong: rule}
	}
	c := domain.Customer{Name: "Bakkerij de Korenaar", Address: domain.Address{City: "Rotterdam"}}
	for title, want := range map[string]struct {
		rows []domain.MappingRow
		want string
	}{
		"in the order of the rows": {[]domain.MappingRow{name, city, note("nil", "")}, "NAME=Bakkerij d\nCITY=Rotte\nNOTE=Naam: e Korenaar\nCITY: rdam\n"},
		"note before":              {[]domain.MappingRow{note("nil", ""), name}, "NOTE=Naam: e Korenaar\nNAME=Bakkerij d\n"},
		"below what stands there":  {[]domain.MappingRow{name, note("'Ring twice'", "")}, "NAME=Bakkerij d\nNOTE=Ring twice\nNaam: e Korenaar\n"},
		"bounded by the note":      {[]domain.MappingRow{name, note("'A note of twenty four !!'", domain.TooLongTruncate)}, "NAME=Bakkerij d\nNOTE=A note of twenty four !!\nNaam:\n"},
	} {
		explained, err := noted(t, c, want.rows...)
		require.NoError(t, err, title)
		require.Equal(t, want.want, shown(explained.Draft), title)
	}

	explained, err := noted(t, c, name, note("nil", ""))
	require.NoError(t, err)
	require.Equal(t, []string{"cut to 10 characters, the rest stands in note"}, originsOf(explained, 0, "NAME").Rules)
	require.Equal(t, []string{"the rest of Naam appended"}, originsOf(explained, 0, "NOTE").Rules)
	require.True(t, originsOf(explained, 0, "NOTE").Given)

	_, err = noted(t, c, name, note("'A note of twenty four !!'", domain.TooLongReject))
	require.EqualError(t, err, "mapping.customer NOTE: is longer than 30 characters")

	c.Name = "Short"
	explained, err = noted(t, c, name, note("nil", ""))
	require.NoError(t, err)
	require.Equal(t, "NAME=Short\n", shown(explained.Draft))
}

func TestOverflow_TheNoteMustBeText(t *testing.T) {
	t.Parallel()
	rules := demoRules(t)
	rules.Mapping.Customer = []domain.MappingRow{
		{Target: "A", Source: "customer.name", TooLong: domain.TooLongOverflow, OverflowTo: "B"}, {Target: "B", Source: "1"},
	}
	_, err := mapping.Compile(rules)
	require.EqualError(t, err, "mapping.customer[1].source: must give text, because A overflows into it")
}

func TestCharacters_Rules(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct{ plain, replaced string }{
		"Café €5 – Ünal":         {"Café €5 – Ünal", "Café €5 – Ünal"}, // all of it is in Windows-1252
		"Cafe\u0301":             {"Café", "Café"},                     // letter and accent apart
		"Łódź Ștefan":            {"Lódz Stefan", "?ód? ?tefan"},
		"ğ İ ő ĳ ﬁ":              {"g I o ij fi", "? ? ? ? ?"},
		"a\u200bb\u202ac\ufeff":  {"abc", "a?b?c?"},
		"12\u202f34\u2011A":      {"12 34-A", "12?34?A"},
		"Ελλάδα 北 😀":             {"?????? ? ?", "?????? ? ?"},
		"bell\a":                 {"bell", "bell?"},
		"q\u0303":                {"q", "q?"}, // no letter has this accent of its own
		"line\nline\tend":        {"line\nline\tend", "line\nline\tend"},
		"№ 5 ½ ™ ℅":              {"No 5 ½ ™ c/o", "? 5 ½ ™ ?"},
		strings.Repeat("ę", 100): {strings.Repeat("e", 10), strings.Repeat("?", 10)},
	} {
		for rule, expected := range map[domain.CharacterRule]string{domain.CharactersPlain: want.plain, domain.CharactersReplace: want.replaced} {
			explained, err := noted(t, domain.Customer{Name: text}, domain.MappingRow{Target: "X", Source: "truncate(customer.name, 20)", Characters: rule})
			require.NoError(t, err)
			got, _ := explained.Draft.Get("X")
			if len(text) == 200 {
				expected += expected
			}
			require.Equal(t, expected, got.Text, "%s: %q", rule, text)
		}
	}
}

func TestCharacters_RejectParksWithoutNamingTheText(t *testing.T) {
	t.Parallel()
	row := domain.MappingRow{Target: "NAME", Source: "customer.email", Characters: domain.CharactersReject}
	_, err := noted(t, domain.Customer{Email: "żaneta@x.pl"}, row)
	var refused *mapping.Refused
	require.ErrorAs(t, err, &refused)
	require.Equal(t, mapping.CodeCharacters, refused.Code())
	require.EqualError(t, err, "mapping.customer NAME: holds a character that the target cannot store")
	require.NotEqual(t, domain.ReasonFor("unforeseen").Words, domain.ReasonFor(refused.Code()).Words)

	_, err = noted(t, domain.Customer{Email: "é@x.nl"}, row)
	require.NoError(t, err)
}

func TestCharacters_CountBeforeTheLength(t *testing.T) {
	t.Parallel()
	explained, err := noted(t, domain.Customer{Name: "Łukasz ﬁﬁ"}, domain.MappingRow{Target: "NAME", Source: "customer.name", Characters: domain.CharactersPlain, TooLong: domain.TooLongTruncate})
	require.NoError(t, err)
	name := originsOf(explained, 0, "NAME")
	require.Equal(t, "Lukasz fif", name.Value.Text)
	require.Equal(t, []string{"3 character(s) outside Windows-1252 written otherwise", "cut to 10 characters"}, name.Rules)
}

// TestCharacters_ATargetOfAnyTextKeepsAll: the rule is about what a target can
// store, and one that stores all has no use for it.
func TestCharacters_ATargetOfAnyTextKeepsAll(t *testing.T) {
	t.Parallel()
	rules := demoRules(t)
	rules.Mapping.Customer = []domain.MappingRow{{Target: "NAME", Source: "customer.name", Characters: domain.CharactersReject}}
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	draft, err := m.Customer(buying(domain.Customer{Name: "Łódź"}), domain.Schema{})
	require.NoError(t, err)
	require.Equal(t, "NAME=Łódź\n", shown(draft))
}
