package configs

import (
	"fmt"
	"strings"
)

// Help is the table of settings as text for a terminal.
func Help() string {
	var b strings.Builder
	b.WriteString("Settings come from the environment or from a YAML file named by --config or " + NameConfig + "; the environment wins.\n")
	for _, s := range Table() {
		fmt.Fprintf(&b, "\n  %s%s\n", s.Name, inFile(s))
		fmt.Fprintf(&b, "      %s%s\n", s.Help, usually(s))
	}
	return b.String()
}

// Markdown is the table of settings for documentation.
func Markdown() string {
	var b strings.Builder
	b.WriteString("| environment | in the file | default | what it is |\n|---|---|---|---|\n")
	for _, s := range Table() {
		path, usual := "`"+s.Path+"`", ""
		if s.EnvOnly {
			path = "never"
		}
		if s.Default != "" {
			usual = "`" + s.Default + "`"
		}
		name := "`" + s.Name + "`"
		if s.Also != "" {
			name += " (or `" + s.Also + "`)"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", name, path, usual, strings.ReplaceAll(s.Help, "|", `\|`))
	}
	return b.String()
}

func inFile(s Setting) string {
	if s.EnvOnly {
		return "  (environment only)"
	}
	return "  (" + s.Path + ")"
}

func usually(s Setting) string {
	switch {
	case s.Default != "":
		return "; usually " + s.Default
	case s.Required:
		return "; required"
	default:
		return ""
	}
}
