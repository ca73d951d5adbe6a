package settings_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/koppel/koppel/configs/examples"
	"github.com/koppel/koppel/settings"
)

func compiledSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := settings.JSONSchema()
	require.NoError(t, err)
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("document.json", schema))
	compiled, err := compiler.Compile("document.json")
	require.NoError(t, err)
	return compiled
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	return text
}

// bySchema checks a document as an editor would: as what its YAML holds.
func bySchema(t *testing.T, schema *jsonschema.Schema, text []byte) error {
	t.Helper()
	var tree any
	require.NoError(t, yaml.Unmarshal(text, &tree))
	asJSON, err := json.Marshal(tree)
	require.NoError(t, err)
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	require.NoError(t, err)
	return schema.Validate(value)
}

func TestJSONSchema_TakesWhatParseTakes(t *testing.T) {
	t.Parallel()
	schema := compiledSchema(t)
	for name, text := range map[string][]byte{"minimal": []byte(minimal), "demo": examples.Demo, "shop": read(t, "../configs/examples/shop.yaml")} {
		require.NoError(t, bySchema(t, schema, text), name)
		doc, err := settings.Parse(text)
		require.NoError(t, err, name)
		whole, err := settings.Marshal(doc)
		require.NoError(t, err)
		require.NoError(t, bySchema(t, schema, whole), name)
	}
	fresh := settings.Default("shop")
	fresh.AccountView.BaseURL, fresh.AccountView.CompanyID, fresh.AccountView.ClientID, fresh.Mplus.BaseURL = "https://a.nl", "1", "2", "https://b.nl"
	whole, err := settings.Marshal(fresh)
	require.NoError(t, err)
	require.NoError(t, bySchema(t, schema, whole), "the default document")
}

func TestJSONSchema_RefusesWhatParseRefuses(t *testing.T) {
	t.Parallel()
	schema := compiledSchema(t)
	for name, text := range map[string]string{
		"nothing given":           "integration: shop\n",
		"no integration":          strings.Replace(minimal, "integration: shop\n", "", 1),
		"an empty address":        strings.Replace(minimal, "https://api.example.nl:443", `""`, 1),
		"an unknown part":         minimal + "flow: {}\n",
		"an unknown key":          minimal + "flows: {orders: {evry: 30s}}\n",
		"an unknown value":        minimal + "flows: {orders: {history: always}}\n",
		"an unknown list value":   minimal + "flows: {orders: {customer_match: [phone]}}\n",
		"a value twice":           minimal + "flows: {orders: {customer_match: [email, email]}}\n",
		"a number too large":      minimal + "flows: {orders: {page_size: 1001}}\n",
		"a number with decimals":  minimal + "flows: {orders: {page_size: 1.5}}\n",
		"a duration without unit": minimal + "flows: {orders: {every: 30}}\n",
		"a text too long":         minimal + "flows: {orders: {default_debtor: '12345678901'}}\n",
		"a list that is none":     minimal + "flows: {orders: {order_types: SALES}}\n",
		"yes in place of true":    minimal + "flows: {orders: {enabled: 'yes'}}\n",
		"a row without target":    minimal + "mapping: {order: [{source: reference}]}\n",
		"a row's policy":          minimal + "mapping: {customer: [{target: A, source: b, policy: sometimes}]}\n",
		"a percentage in words":   minimal + "lookups: {vat_code: {rows: [{key: a, value: b, percent: many}]}}\n",
		"a channel without kind":  minimal + "alerts: {channels: [{name: a, to: [a@example.nl]}]}\n",
		"an item below its least": minimal + "  branches: [0]\n",
		"no days":                 minimal + "retention: {payloads: 0}\n",
		"nothing at all":          minimal + "retention:\n",
	} {
		require.Error(t, bySchema(t, schema, []byte(text)), name)
		_, err := settings.Parse([]byte(text))
		require.Error(t, err, name)
	}
}

func TestJSONSchema_IsTheSameEachTimeAndSaysWhatFieldsSay(t *testing.T) {
	t.Parallel()
	first, err := settings.JSONSchema()
	require.NoError(t, err)
	for range 5 {
		again, err := settings.JSONSchema()
		require.NoError(t, err)
		require.Equal(t, string(first), string(again))
	}
	var schema map[string]any
	require.NoError(t, json.Unmarshal(first, &schema))
	for _, field := range settings.Fields() {
		at := schema
		for key := range strings.SplitSeq(strings.ReplaceAll(field.Path, "[]", ".[]"), ".") {
			switch key {
			case "[]":
				at = at["items"].(map[string]any)
			case "<name>":
				at = at["additionalProperties"].(map[string]any)
			default:
				at = at["properties"].(map[string]any)[key].(map[string]any)
			}
		}
		require.Contains(t, fmt.Sprint(at["description"]), field.Help, field.Path)
		if field.Title != "" {
			require.Equal(t, field.Title, at["title"], field.Path)
		}
	}
}
