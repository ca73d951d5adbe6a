package settings

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

const (
	// MaxBytes is the largest document that is read.
	MaxBytes = 1 << 20
	// MaxProblems is how many problems are told at once. It bounds what a text
	// that is wrong all over costs; nobody corrects more in one go.
	MaxProblems = 1000
)

// A Check looks at a document that has been read. What it returns as Problems is
// reported with the line of the key it names.
type Check func(Document) error

// Parse reads a document, fills in the defaults and checks it. The error is of
// type Problems and holds everything that is wrong, in the order of the text.
// Further checks (that the mapping compiles, that the secrets are there) are
// reported together with it.
func Parse(text []byte, checks ...Check) (Document, error) {
	doc := Default("")
	root, problems := readTree(text)
	if problems != nil {
		return Document{}, problems
	}
	d := &decoder{lines: map[string]int{}}
	d.value("", root, reflect.ValueOf(&doc).Elem())
	found := d.problems
	for _, check := range append([]Check{Document.Validate}, checks...) {
		found = append(found, d.located(doc, problemsOf(check(doc)), d.problems)...)
	}
	if len(found) == 0 {
		return doc, nil
	}
	slices.SortStableFunc(found, func(a, b Problem) int { return a.Line - b.Line })
	if len(found) > MaxProblems {
		last := found[MaxProblems-1].Line
		found = append(found[:MaxProblems], Problem{Line: last, Text: "and more: correct these first"})
	}
	return Document{}, found
}

// readTree turns text into the one YAML node that a document is.
func readTree(text []byte) (*yaml.Node, Problems) {
	if len(text) > MaxBytes {
		return nil, Problems{{Text: "the document is larger than " + strconv.Itoa(MaxBytes) + " bytes"}}
	}
	reader := yaml.NewDecoder(bytes.NewReader(text))
	var tree, rest yaml.Node
	if err := reader.Decode(&tree); errors.Is(err, io.EOF) || err == nil && len(tree.Content) == 0 {
		return nil, Problems{{Line: 1, Text: "the document is empty"}}
	} else if err != nil {
		return nil, Problems{syntaxProblem(err)}
	}
	if err := reader.Decode(&rest); err == nil {
		return nil, Problems{{Line: rest.Line, Text: "a second document begins here; one document a file"}}
	} else if !errors.Is(err, io.EOF) {
		return nil, Problems{syntaxProblem(err)}
	}
	return tree.Content[0], nil
}

var yamlLine = regexp.MustCompile(`^line (\d+): `)

func syntaxProblem(err error) Problem {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 0
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1]) // digits by the expression; 0 when absurdly long
		text = strings.TrimPrefix(text, m[0])
	}
	if strings.Contains(text, "did not find expected ',' or") {
		line++ // the library counts these from 0
		text += "; between { and }, a text that holds [ ] { } , or : stands in quotes"
	}
	return Problem{Line: line, Text: "not readable as YAML: " + text}
}

func problemsOf(err error) Problems {
	if err == nil {
		return nil
	}
	if problems, ok := errors.AsType[Problems](err); ok {
		return problems
	}
	return Problems{{Text: err.Error()}}
}

// located gives problems their lines. A problem at a key that could not be read
// in the first place would only repeat that, and is left out.
func (d *decoder) located(doc Document, problems, unread Problems) Problems {
	untold := make(map[string]bool, len(unread))
	for _, u := range unread {
		untold[u.Path] = true
	}
	var out Problems
	for _, p := range problems {
		if len(out) > MaxProblems {
			break
		}
		if within(p.Path, untold) {
			continue
		}
		p.Line = d.lineOf(doc.placeOf(p.Path))
		out = append(out, p)
	}
	return out
}

// lineOf is the line of a path, or of the nearest part of it that is written.
func (d *decoder) lineOf(path string) int {
	for ; path != ""; path = outside(path) {
		if line, ok := d.lines[path]; ok {
			return line
		}
	}
	return 1
}

// within reports whether path is one of the places or lies inside one.
func within(path string, places map[string]bool) bool {
	for ; path != ""; path = outside(path) {
		if places[path] {
			return true
		}
	}
	return places[""]
}

// outside is the path of what holds a path.
func outside(path string) string { return path[:max(0, strings.LastIndexAny(path, ".["))] }
