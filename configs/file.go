package configs

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// written is a value of the file.
type written struct {
	value string
	line  int
}

// readFile reads the settings of a YAML file by their paths. Without a file
// there are none. A key that no setting has is a problem, not a thing to skip.
func readFile(file string) (map[string]written, []error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, []error{fmt.Errorf("the settings file cannot be read: %w", err)}
	}
	return parseFile(text)
}

func parseFile(text []byte) (map[string]written, []error) {
	reader := yaml.NewDecoder(bytes.NewReader(text))
	var tree, rest yaml.Node
	switch err := reader.Decode(&tree); {
	case errors.Is(err, io.EOF) || err == nil && len(tree.Content) == 0:
		return nil, nil // an empty file sets nothing
	case err != nil:
		return nil, []error{fmt.Errorf("the settings file is not readable as YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))}
	}
	if err := reader.Decode(&rest); !errors.Is(err, io.EOF) {
		return nil, []error{errors.New("the settings file holds more than one document")}
	}
	f := fileReader{values: map[string]written{}, known: map[string]Setting{}}
	for _, s := range Table() {
		f.known[s.Path] = s
	}
	f.walk("", tree.Content[0])
	return f.values, f.problems
}

type fileReader struct {
	values   map[string]written
	known    map[string]Setting
	problems []error
}

func (f *fileReader) problem(path string, line int, format string, args ...any) {
	f.problems = append(f.problems, fmt.Errorf("%s (line %d of the settings file) %s", path, line, fmt.Sprintf(format, args...)))
}

func (f *fileReader) walk(path string, node *yaml.Node) {
	if node.Kind != yaml.MappingNode {
		if path == "" {
			path = "the whole"
		}
		f.problem(path, node.Line, "must hold keys and values")
		return
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		at := strings.TrimPrefix(path+"."+key.Value, ".")
		setting, isSetting := f.known[at]
		switch {
		case isSetting:
			f.take(setting, key, value)
		case f.isSection(at):
			f.walk(at, value)
		default:
			f.problem(at, key.Line, "is not a known key; known here: %s", strings.Join(f.keysIn(path), ", "))
		}
	}
}

func (f *fileReader) take(setting Setting, key, value *yaml.Node) {
	first, twice := f.values[setting.Path]
	switch {
	case setting.EnvOnly:
		f.problem(setting.Path, key.Line, "is a secret and has no place in a file: set %s in the environment", setting.Name)
	case twice:
		f.problem(setting.Path, key.Line, "stands here twice; the first is on line %d", first.line)
	case value.Kind != yaml.ScalarNode:
		f.problem(setting.Path, value.Line, "must be one value, not a list or a section")
	case value.Tag == "!!null":
		f.values[setting.Path] = written{line: value.Line}
	default:
		f.values[setting.Path] = written{value: value.Value, line: value.Line}
	}
}

func (f *fileReader) isSection(path string) bool {
	for known := range f.known {
		if strings.HasPrefix(known, path+".") {
			return true
		}
	}
	return false
}

// keysIn lists what may stand in a section, without the secrets that may not.
func (f *fileReader) keysIn(section string) []string {
	var keys []string
	for path, setting := range f.known {
		if section != "" {
			rest, ok := strings.CutPrefix(path, section+".")
			if !ok {
				continue
			}
			path = rest
		}
		key, _, _ := strings.Cut(path, ".")
		if !setting.EnvOnly && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}
