package webhooks

import (
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"
)

func FuzzKeysOf(f *testing.F) {
	for _, seed := range []string{
		"", " ", "{}", "null", "[]", `{"orders":["2026.123"]}`, `{"orders":["2026.1","2026.1"]}`, `{"Orders":["2026.1"]}`, `{"orders":null}`,
		`{"orders":[]}`, `{"orders":["2026.1"],"orders":["2026.2"]}`, `{"orders":["2026.1"]`, `{"orders":["2026.1"]}x`, `{"orders":["2026.\u0000"]}`,
		`{"orders":[[[[[[[[`, "\xff", `{"orders":["2026.01"]}`, `{"orders":[{"orders":[]}]}`, `{"orders":["` + strings.Repeat("9", 100) + `.1"]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		keys, err := keysOf(body)
		if err != nil {
			if len(keys) > 0 {
				t.Fatalf("names %q although it is refused", keys)
			}
			return
		}
		if len(keys) > mostKeys {
			t.Fatalf("takes %d keys", len(keys))
		}
		seen := map[string]bool{}
		for _, key := range keys {
			if !number.MatchString(key) || seen[key] {
				t.Fatalf("takes %q", key)
			}
			seen[key] = true
		}
		if len(keys) == 0 {
			return
		}
		again, err := json.Marshal(map[string]any{"orders": keys})
		if err != nil {
			t.Fatal(err)
		}
		if same, err := keysOf(again); err != nil || len(same) != len(keys) {
			t.Fatalf("%q is read as %q, %v", again, same, err)
		}
	})
}

func FuzzHeaders(f *testing.F) {
	f.Add("sha256="+strings.Repeat("ab", 32), "1773500966")
	f.Add("sha256="+strings.Repeat("AB", 32), "0")
	f.Add("sha256=", "")
	f.Add("SHA256="+strings.Repeat("ab", 32), "-1")
	f.Add("sha256=sha256="+strings.Repeat("ab", 32), "١٢٣")
	f.Add(strings.Repeat("é", 71), "999999999999")
	f.Fuzz(func(t *testing.T, signature, timestamp string) {
		if sum, ok := parseSignature(signature); ok {
			if len(sum) != 32 || !strings.EqualFold("sha256="+hex.EncodeToString(sum), signature) {
				t.Fatalf("%q is read as %x", signature, sum)
			}
			if signedBy("", timestamp, nil, sum) {
				t.Fatal("no key signed something")
			}
		}
		if at, ok := parseTimestamp(timestamp); ok && at.Unix() <= 0 {
			t.Fatalf("%q is read as %s", timestamp, at)
		}
	})
}
