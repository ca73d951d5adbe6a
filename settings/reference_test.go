package settings_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/settings"
)

var update = flag.Bool("update", false, "write the generated pages anew")

// The page is made of the fields, so it is right as long as it is fresh:
// go test ./settings -run Reference -update.
func TestReference_TheSettingsPageIsFresh(t *testing.T) {
	t.Parallel()
	const file = "../docs/settings.md"
	page := referencePage()
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(page), 0o644))
	}
	require.True(t, page == string(read(t, file)), "docs/settings.md is stale; write it anew: go test ./settings -run Reference -update")
}

func TestReference_NamesEveryKey(t *testing.T) {
	t.Parallel()
	page := referencePage()
	for _, field := range settings.Fields() {
		named := strings.Contains(page, "`"+key(field.Path)+"`") || strings.Contains(page, "`"+field.Path+"`")
		require.True(t, named, field.Path)
		require.True(t, strings.Contains(page, strings.ReplaceAll(field.Help, "|", `\|`)), field.Path)
	}
}

const preface = `# The integration document

Everything about one integration that a person decides, except secrets. It is YAML; an example to begin from is
` + "`configs/examples/shop.yaml`" + `. A key that you leave out has its default. An unknown key is an error, and all errors are
reported at once, each with its place. Put a document in force with ` + "`koppel apply -f shop.yaml`" + `.

This page is generated from the program. Words in brackets are those of the Dutch screens.

`

func referencePage() string {
	var page strings.Builder
	page.WriteString(preface)
	page.WriteString("| written as | |\n|---|---|\n")
	for _, kind := range []settings.Kind{
		settings.KindText, settings.KindWhole, settings.KindNumber, settings.KindYesNo, settings.KindDuration,
		settings.KindDate, settings.KindList, settings.KindTextOrList, settings.KindTable,
	} {
		fmt.Fprintf(&page, "| %s | %s |\n", kind, kind.Help())
	}
	told := map[string]string{} // rows by where they were told first
	for _, part := range parts(settings.Fields()) {
		var rows strings.Builder
		for _, field := range part.fields {
			rows.WriteString(row(field))
		}
		part.write(&page)
		switch first, known := told[rows.String()]; {
		case rows.Len() == 0:
		case known:
			fmt.Fprintf(&page, "\nRows are written as those of `%s`.\n", first)
		default:
			told[rows.String()] = strings.TrimSuffix(part.Path, "[]")
			page.WriteString("\n| key | what it is | written as | default |\n|---|---|---|---|\n" + rows.String())
		}
	}
	return page.String()
}

// part is a section of the document, or the items of a list or table.
type part struct {
	settings.Field
	fields []settings.Field
}

// parts groups fields by where they stand.
func parts(fields []settings.Field) []*part {
	top := &part{}
	all, at := []*part{top}, map[string]*part{"": top}
	for _, field := range fields {
		owner := field.Path[:max(0, strings.LastIndex(field.Path, "."))]
		switch {
		case field.Kind == settings.KindSection, field.Of == settings.KindSection:
			p := &part{Field: field}
			all = append(all, p)
			at[field.Path], at[field.Path+"[]"] = p, p
		default:
			at[owner].fields = append(at[owner].fields, field)
		}
	}
	return all
}

func (p *part) write(page *strings.Builder) {
	if p.Path == "" {
		return
	}
	depth := min(2+strings.Count(p.Path, "."), 4)
	fmt.Fprintf(page, "\n%s %s: `%s`\n\n%s", strings.Repeat("#", depth), p.Title, p.Path, p.Help)
	if strings.HasSuffix(p.Default, " rows") {
		fmt.Fprintf(page, " The default document has %s here.", p.Default)
	}
	page.WriteString("\n")
}

func key(path string) string { return path[strings.LastIndex(path, ".")+1:] }

func row(f settings.Field) string {
	what := "**" + f.Title + ".** " + f.Help
	for _, choice := range f.Choices {
		value := choice.Value
		if value == "" {
			value = `""`
		}
		what += fmt.Sprintf("<br>`%s`: %s", value, choice.Help)
	}
	return fmt.Sprintf("| `%s` | %s | %s | %s |\n", key(f.Path), strings.ReplaceAll(what, "|", `\|`), strings.Join(form(f), ", "), fallback(f))
}

// form is how a field is written.
func form(f settings.Field) []string {
	words := []string{string(f.Kind)}
	if f.Of != "" {
		words[0] += " of " + string(f.Of)
	}
	if f.Unit != "" {
		words[0] += " (" + f.Unit + ")"
	}
	if f.Min != "" {
		words = append(words, f.Min+" to "+f.Max)
	}
	if f.MaxLen > 0 {
		words = append(words, fmt.Sprintf("at most %d characters", f.MaxLen))
	}
	if f.Unique {
		words = append(words, "none twice")
	}
	return words
}

func fallback(f settings.Field) string {
	switch {
	case f.Required:
		return "required"
	case f.Default == "":
		return "none"
	default:
		return "`" + strings.ReplaceAll(f.Default, "|", `\|`) + "`"
	}
}
