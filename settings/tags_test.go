package settings

import (
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestDefaultText_StatesEveryKey keeps default.yaml the whole truth: a key that
// the Go types have and the text has not would have a hidden default.
func TestDefaultText_StatesEveryKey(t *testing.T) {
	t.Parallel()
	root, problems := readTree(defaultText)
	require.Empty(t, problems)
	d := &decoder{lines: map[string]int{}}
	var doc Document
	d.value("", root, reflect.ValueOf(&doc).Elem())
	require.Empty(t, d.problems)

	checked := 0
	walk("", "", reflect.ValueOf(doc), func(path string, _ reflect.StructTag, _ reflect.Value) {
		if strings.HasPrefix(path, "lookups.") || strings.Contains(path, "[") {
			return // items have defaults by tag
		}
		checked++
		require.Contains(t, d.lines, path, "default.yaml lacks a key")
	})
	require.Greater(t, checked, 30)
}

// TestTags_AreReadable guards against a limit that is silently none because its
// tag is misspelt.
func TestTags_AreReadable(t *testing.T) {
	t.Parallel()
	known := []string{"yaml", "required", "enum", "min", "max", "maxlen", "default", "unique", "title", "help", "unit"}
	name := regexp.MustCompile(`([a-z]+):"(?:[^"\\]|\\.)*"`)
	walk("", "", reflect.ValueOf(Default("x")), func(path string, tag reflect.StructTag, v reflect.Value) {
		for _, found := range name.FindAllStringSubmatch(string(tag), -1) {
			require.Contains(t, known, found[1], path)
		}
		for _, name := range []string{"min", "max", "maxlen"} {
			text, ok := tag.Lookup(name)
			if !ok {
				continue
			}
			var err error
			if v.Type() == reflect.TypeFor[Duration]() {
				_, err = time.ParseDuration(text)
			} else {
				_, err = strconv.ParseFloat(text, 64)
			}
			require.NoError(t, err, path)
		}
		_, hasMin := tag.Lookup("min")
		_, hasMax := tag.Lookup("max")
		require.Equal(t, hasMin, hasMax, "%s: give both bounds, the message names both", path)
	})
}
