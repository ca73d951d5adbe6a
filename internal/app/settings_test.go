package app

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// elsewhere are settings of a connection that something else than its connector goes by.
var elsewhere = map[string]string{
	"Mplus.Limits.InFlight": "the gate in PostgreSQL",
}

// TestConnectionSettings_EveryOneReachesItsConnector: one that gets lost between
// document and connector would be shown, checked and stored, and do nothing.
func TestConnectionSettings_EveryOneReachesItsConnector(t *testing.T) {
	t.Parallel()
	doc := demoDocument(t, "")
	opened := func() string {
		return plain(booksSettings(doc.AccountView, connectionSecrets{})) + plain(tillSettings(doc, connectionSecrets{}))
	}
	before := opened()
	changed := 0
	eachLeaf(reflect.ValueOf(&doc.AccountView).Elem(), "AccountView", func(path string, leaf reflect.Value) {
		changed += lostUnless(t, path, leaf, before, opened)
	})
	eachLeaf(reflect.ValueOf(&doc.Mplus).Elem(), "Mplus", func(path string, leaf reflect.Value) {
		changed += lostUnless(t, path, leaf, before, opened)
	})
	require.Greater(t, changed, 60, "the walk finds the settings")
}

// lostUnless changes one setting, looks whether a connector notices, and puts it back.
func lostUnless(t *testing.T, path string, leaf reflect.Value, before string, opened func() string) int {
	t.Helper()
	was := reflect.ValueOf(leaf.Interface())
	leaf.Set(other(t, path, leaf))
	if _, known := elsewhere[path]; !known && opened() == before {
		t.Errorf("%s reaches no connector", path)
	}
	leaf.Set(was)
	return 1
}

func eachLeaf(v reflect.Value, path string, visit func(string, reflect.Value)) {
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct {
		for i := range v.Len() {
			eachLeaf(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
		return
	}
	if v.Kind() != reflect.Struct {
		visit(path, v)
		return
	}
	for i := range v.NumField() {
		eachLeaf(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
	}
}

// other is another value of the same type.
func other(t *testing.T, path string, leaf reflect.Value) reflect.Value {
	t.Helper()
	changed := reflect.New(leaf.Type()).Elem()
	switch leaf.Kind() {
	case reflect.String:
		changed.SetString(leaf.String() + "x")
	case reflect.Bool:
		changed.SetBool(!leaf.Bool())
	case reflect.Int, reflect.Int64:
		changed.SetInt(leaf.Int() + 1)
	case reflect.Float64:
		changed.SetFloat(leaf.Float() + 1)
	case reflect.Slice:
		item := reflect.New(leaf.Type().Elem()).Elem()
		changed.Set(reflect.Append(leaf, other(t, path, item)))
	case reflect.Map:
		changed.Set(reflect.MakeMap(leaf.Type()))
		changed.SetMapIndex(reflect.ValueOf("x"), reflect.ValueOf("y"))
	default:
		require.Fail(t, "a kind of setting that this test does not know", path)
	}
	return changed
}

// plain writes the fields of settings, which print themselves as a whole without
// what they hold.
func plain(of any) string {
	var b strings.Builder
	eachLeaf(reflect.ValueOf(of), "", func(path string, leaf reflect.Value) { fmt.Fprintf(&b, "%s=%v ", path, leaf) })
	return b.String()
}
