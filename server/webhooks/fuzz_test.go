package webhooks

import (
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/workflows"
)

func FuzzWantedOf(f *testing.F) {
	for _, seed := range []string{
		"", " ", "{}", "null", "[]", `{"orders":["2026.123"]}`, `{"orders":["2026.1","2026.1"]}`, `{"Orders":["2026.1"]}`, `{"orders":null}`,
		`{"orders":[]}`, `{"orders":["2026.1"],"orders":["2026.2"]}`, `{"orders":["2026.1"]`, `{"orders":["2026.1"]}x`, `{"orders":["2026.\u0000"]}`,
		`{"orders":[[[[[[[[`, "\xff", `{"orders":["2026.01"]}`, `{"orders":[{"orders":[]}]}`, `{"orders":["` + strings.Repeat("9", 100) + `.1"]}`,
		`{"keys":["1001","A-1/b"]}`, `{"full":true}`, `{"full":false}`, `{"full":true,"keys":["1"]}`, `{"keys":[" 1"]}`, "{\"keys\":[\"\xff\"]}",
		`{"keys":["` + strings.Repeat("é", 101) + `"]}`, `{"keys":["\ud800"]}`, `{"full":true,"full":true}`, `{"keys":[1]}`,
	} {
		f.Add([]byte(seed), true)
		f.Add([]byte(seed), false)
	}
	orders, _ := workflows.FlowNamed(workflows.FlowOrders)
	products, _ := workflows.FlowNamed(workflows.FlowProducts)
	f.Fuzz(func(t *testing.T, body []byte, ofBooks bool) {
		flow, name, is := orders, "orders", isNumber
		if ofBooks {
			flow, name, is = products, "keys", domain.IsRecordKey
		}
		want, err := wantedOf(flow, body)
		if err != nil {
			if len(want.Keys) > 0 || want.Full {
				t.Fatalf("asks %+v although it is refused", want)
			}
			return
		}
		if want.ApproveGone || want.DryRun || want.Full && (!ofBooks || len(want.Keys) > 0) || len(want.Keys) > domain.MostKeys {
			t.Fatalf("asks %+v", want)
		}
		seen := map[string]bool{}
		for _, key := range want.Keys {
			if !is(key) || seen[key] {
				t.Fatalf("takes %q", key)
			}
			seen[key] = true
		}
		if len(want.Keys) == 0 {
			return
		}
		again, err := json.Marshal(map[string]any{name: want.Keys})
		if err != nil {
			t.Fatal(err)
		}
		if same, err := wantedOf(flow, again); err != nil || !slices.Equal(same.Keys, want.Keys) {
			t.Fatalf("%q is read as %q, %v", again, same.Keys, err)
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
