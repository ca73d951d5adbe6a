package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
)

// columnWidth is how wide each column of a comparison is: three fit a wide
// window, and a longer text goes on in the next line.
const columnWidth = 52

// column is one of several texts to compare.
type column struct {
	title string
	lines []string
}

// sideBySide prints texts beside each other.
func sideBySide(out io.Writer, columns ...column) {
	rows := 0
	for i := range columns {
		columns[i].lines = wrapped(columns[i].lines)
		rows = max(rows, len(columns[i].lines))
	}
	for n := -1; n < rows; n++ {
		cells := make([]string, len(columns))
		for i, c := range columns {
			text := ""
			if n < 0 {
				text = c.title
			} else if n < len(c.lines) {
				text = c.lines[n]
			}
			cells[i] = text + strings.Repeat(" ", columnWidth-len([]rune(text)))
		}
		fmt.Fprintln(out, strings.TrimRight(strings.Join(cells, " | "), " |"))
	}
}

// wrapped cuts lines to the width of a column; what is left over goes on in the
// next line, further in.
func wrapped(lines []string) []string {
	var all []string
	for _, line := range lines {
		text := []rune(plain(line))
		indent := len(text) - len([]rune(strings.TrimLeft(string(text), " ")))
		further := []rune(strings.Repeat(" ", min(indent+2, columnWidth/2)))
		for len(text) > columnWidth {
			end := lineEnd(text, indent)
			all = append(all, string(text[:end]))
			text = slices.Concat(further, text[end:])
		}
		all = append(all, string(text))
	}
	return all
}

// lineEnd is where a line that is too long is cut: after a space or a tag, before
// the next tag, or, where there is none of these, at the width.
func lineEnd(text []rune, indent int) int {
	for end := columnWidth; end > indent+columnWidth/4; end-- {
		if text[end-1] == ' ' || text[end-1] == '>' || text[end] == '<' {
			return end
		}
	}
	return columnWidth
}

// plain takes out what would do something to a terminal or a table: the text
// comes from outside.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
}
