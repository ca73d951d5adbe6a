package api

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestView_KeepsTheDigitsOfNumbers(t *testing.T) {
	t.Parallel()
	view, err := viewOf([]byte("percent: 21.00\ncode: '021'\nhex: 0x1f\non: true\nnone: null\nlong: 12345678901234567890.123456789\nrows: [{key: a}, 5]\nodd: !!int null\n"))
	require.NoError(t, err)
	text, err := json.Marshal(view)
	require.NoError(t, err)
	require.Equal(t, `{"code":"021","hex":"0x1f","long":12345678901234567890.123456789,"none":null,"odd":"null","on":true,"percent":21.00,"rows":[{"key":"a"},5]}`, string(text))
	for _, no := range []string{"", "5", "- a", "{", "\xff"} {
		_, err := viewOf([]byte(no))
		require.Error(t, err, no)
	}
}

func FuzzView(f *testing.F) {
	for _, seed := range []string{"a: 1", "a: !!int null", "a: &x [*x]", "a: {b: {c: .inf}}", "? [a]\n: b", "a: !!float 1e999", "<<: {a: 1}", "a: 2001-01-01", "%YAML 1.1\n---\na: b"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		view, err := viewOf(text)
		if err != nil {
			return
		}
		if _, err := json.Marshal(view); err != nil {
			t.Fatalf("%q cannot be shown: %v", text, err)
		}
	})
}
