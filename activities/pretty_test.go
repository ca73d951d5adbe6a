package activities

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPretty(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`{"a":1}`: "{\n  \"a\": 1\n}",
		`<ns:order id="1"><number>2026.1</number><line/><lines><line><q>1</q></line></lines></ns:order>`: "<ns:order id=\"1\">\n  <number>2026.1</number>\n  <line></line>\n  <lines>\n    <line>\n      <q>1</q>\n    </line>\n  </lines>\n</ns:order>",
		`<a><b>`:     `<a><b>`,
		`</a>`:       `</a>`,
		`plain text`: `plain text`,
		``:           ``,
	} {
		require.Equal(t, want, pretty([]byte(raw)))
	}
}

func FuzzPretty(f *testing.F) {
	for _, raw := range []string{`<a b="c">d<e/></a>`, `{"a":[1]}`, "<a>\xff</a>", `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, `</a>`} {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(_ *testing.T, raw []byte) { pretty(raw) })
}
