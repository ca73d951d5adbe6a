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
	every(func(n *node) {
		for _, found := range name.FindAllStringSubmatch(string(n.tag), -1) {
			require.Contains(t, known, found[1], n.Path)
		}
		if n.Kind == KindList || n.Kind == KindTable || n.Kind == KindSection {
			return
		}
		for _, name := range []string{"min", "max", "maxlen"} {
			text, ok := n.tag.Lookup(name)
			if !ok {
				continue
			}
			var err error
			if n.Kind == KindDuration {
				_, err = time.ParseDuration(text)
			} else {
				_, err = strconv.ParseFloat(text, 64)
			}
			require.NoError(t, err, n.Path)
		}
		_, hasMin := n.tag.Lookup("min")
		_, hasMax := n.tag.Lookup("max")
		require.Equal(t, hasMin, hasMax, "%s: give both bounds, the message names both", n.Path)
		if n.Kind == KindWhole || n.Kind == KindDuration {
			require.True(t, hasMin, "%s: nothing is endless", n.Path)
		}
	})
}

// every visits all that a document can hold, the items of lists and tables too.
func every(visit func(*node)) {
	var walk func(*node)
	walk = func(n *node) {
		visit(n)
		for _, child := range n.children {
			walk(child)
		}
		if n.item != nil {
			walk(n.item)
		}
	}
	for _, part := range documentTree().children {
		walk(part)
	}
}

// TestTags_TellPeopleWhatAFieldIs keeps forms and the reference page whole.
func TestTags_TellPeopleWhatAFieldIs(t *testing.T) {
	t.Parallel()
	seen := 0
	every(func(n *node) {
		seen++
		require.NotEmpty(t, n.Kind, n.Path)
		require.NotEmpty(t, n.Title, n.Path)
		require.NotEmpty(t, n.Help, n.Path)
		require.NotEqual(t, n.Title+".", n.Help, n.Path)
		require.True(t, strings.HasSuffix(n.Help, "."), "%s: help is sentences: %s", n.Path, n.Help)
		require.False(t, strings.HasSuffix(n.Title, "."), "%s: a title is a few words: %s", n.Path, n.Title)
		for _, choice := range n.Choices {
			require.True(t, strings.HasSuffix(choice.Help, "."), "%s: %q is not explained", n.Path, choice.Value)
		}
		if n.Kind == KindWhole || n.Kind == KindNumber || n.Kind == KindDate || namesARecord(n) {
			require.NotEmpty(t, n.Unit, "%s: say what it counts or names", n.Path)
		}
	})
	require.Greater(t, seen, 80)
}

// namesARecord reports whether a text is a code of one of the systems.
func namesARecord(n *node) bool {
	code := regexp.MustCompile(`(_field|_table|_object|_account|_debtor|_types)$`)
	return n.Kind == KindText && code.MatchString(n.key)
}
