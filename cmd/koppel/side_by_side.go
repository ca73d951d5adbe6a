package main

import (
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
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
			all = append(all, string(text[:columnWidth]))
			text = slices.Concat(further, text[columnWidth:])
		}
		all = append(all, string(text))
	}
	return all
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

// flat writes a record one value a line, each under its path. What holds nothing
// is left out.
func flat(record any) []string {
	var lines []string
	flatten("", reflect.ValueOf(record), &lines)
	return lines
}

func flatten(path string, v reflect.Value, into *[]string) {
	if v.IsZero() {
		return
	}
	switch of := v.Interface().(type) {
	case decimal.Decimal:
		if !of.IsZero() {
			*into = append(*into, path+": "+of.String())
		}
		return
	case domain.Date:
		*into = append(*into, path+": "+of.String())
		return
	case time.Time:
		*into = append(*into, path+": "+of.Format(time.RFC3339))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			flatten(strings.TrimPrefix(path+"."+v.Type().Field(i).Name, "."), v.Field(i), into)
		}
	case reflect.Slice:
		for i := range v.Len() {
			flatten(fmt.Sprintf("%s[%d]", path, i), v.Index(i), into)
		}
	default:
		*into = append(*into, fmt.Sprintf("%s: %v", path, v.Interface()))
	}
}
