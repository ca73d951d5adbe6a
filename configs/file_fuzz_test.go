package configs

import "testing"

func FuzzParseFile(f *testing.F) {
	for _, seed := range []string{
		"", "---", "a", "[1]", "server: {listen: ':1'}", "server:\n  listen: *x", "? [a]: b", "log: {level: null}",
		"temporal: {api_key: x}", "a: b\n---\nc: d", "\x00", "server: &a\n  b: *a", "worker: {concurrency: [1]}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		values, problems := parseFile(text)
		known := map[string]bool{}
		for _, s := range Table() {
			known[s.Path] = !s.EnvOnly
		}
		for path := range values {
			if !known[path] {
				t.Fatalf("took %q, which no setting has (%d problems)", path, len(problems))
			}
		}
	})
}
