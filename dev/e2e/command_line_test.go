package e2e

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/settings"
)

// typed is a command as somebody types it at a running installation.
type typed struct {
	line  string // "-i" names the integration of the stack
	input string
	env   []string

	refused bool     // it ends with exit code 1
	says    []string // patterns of what stands on the screen, standard error included
	hides   string   // what must not stand there
}

// types runs a command and gives what it printed to standard output.
func (b *bundle) types(c typed) string {
	b.t.Helper()
	args := strings.Fields(c.line)
	if args[len(args)-1] == "-i" {
		args = append(args, stack.Integration)
	}
	cmd := b.command(args...)
	cmd.Stdin, cmd.Env = strings.NewReader(c.input), append(cmd.Env, c.env...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	screen := out.String() + errs.String()
	if exit, ok := errors.AsType[*exec.ExitError](err); c.refused {
		require.True(b.t, ok, "%s: must be refused: %s", c.line, screen)
		require.Equal(b.t, 1, exit.ExitCode(), c.line)
	} else {
		require.NoError(b.t, err, "%s: %s", c.line, screen)
	}
	for _, pattern := range c.says {
		require.Regexp(b.t, "(?m)"+pattern, screen, c.line)
	}
	if c.hides != "" {
		require.NotContains(b.t, screen, c.hides, c.line)
	}
	return out.String()
}

// Every command that looks after an installation, against one that runs: what it
// prints, and whether it says so when it did nothing.
func TestCommandLine_LooksAfterARunningInstallation(t *testing.T) {
	b := setup(t)
	b.types(typed{line: "coverage -i", refused: true, says: []string{"no list was fetched yet; run koppel doctor -i demo"}})
	eventually(t, func() string { // workers ask for work soon after they start
		d, err := b.App.Doctor(t.Context(), stack.Integration, "")
		require.NoError(t, err)
		if d.NeedsPerson() {
			return fmt.Sprintf("%+v", d)
		}
		return ""
	})
	b.types(typed{line: "doctor -i", says: []string{
		`ok +tables`, `ok +schedule +orders +every 1s`, `ok +worker +accountview`, `warns +public_url .*public_url_missing`,
		`^accountview$`, `^mplus$`, `what is assumed of accountview`,
	}})
	b.types(typed{line: "doctor -i nobody", refused: true, says: []string{`failed +document +nobody +no_document`, "something needs a person"}})
	b.types(typed{line: "coverage -i", says: []string{`^payment_method: `, `^vat_code: complete`}})

	first := b.types(typed{line: "export -i", says: []string{"^integration: demo"}})
	slower := changed(t, first, func(doc *settings.Document) { doc.Flows.Orders.Every = settings.Duration(45 * time.Second) })
	slowest := changed(t, first, func(doc *settings.Document) { doc.Flows.Orders.Every = settings.Duration(90 * time.Second) })
	bad := strings.Replace(first, "integration: demo", "integration: demo\nnonsense: 1", 1)
	const difference = `^flows\.orders\.every: .*1s.* .*45s`
	for _, c := range []typed{
		{line: "versions -i", says: []string{`^VERSION +MADE +BY +NOTE`, `^1 \(in force\) .* make run +addresses`}},
		{line: "versions -i nobody", refused: true, says: []string{`"nobody": no such integration`}},
		{line: "apply -f - --dry-run", input: slower, says: []string{"nothing is wrong; it would be version 2", difference}},
		{line: "apply -f - --dry-run", input: first, says: []string{"nothing would change: version 1 says the same"}},
		{line: "apply -f - --dry-run", input: bad, refused: true, says: []string{"nothing changed", `nonsense \(line 2\)`}},
		{line: "apply -f - --dry-run --if-version 2", input: slower, refused: true, says: []string{"make run was first, with version 1 of demo; this was made from version 2"}},
		{line: "apply -f -", input: bad, refused: true, says: []string{"the document is refused, nothing changed", `nonsense \(line 2\)`}},
		{line: "apply -f - --if-version 0", input: slower, refused: true, says: []string{"demo has a document already, version 1"}},
		{line: "apply", refused: true, says: []string{`"file" not set`}},
		{line: "apply -f - --if-version 1 --note slower", input: slower, says: []string{"demo: version 2 is in force$"}},
		{line: "apply -f -", input: slower, says: []string{"version 2 is in force and says the same; no new version was made"}},
		{line: "apply -f - --if-version 1", input: slowest, refused: true, says: []string{
			"nothing changed: .+ was first, with version 2 of demo; this was made from version 1", `koppel diff -i demo\) and run this again`,
		}},
		{line: "diff -i", says: []string{difference}},
		{line: "diff --from 2 --to 1 -i", says: []string{`^flows\.orders\.every: .*45s.* .*1s`}},
		{line: "diff --from 2 --to 2 -i", says: []string{"versions 2 and 2 say the same"}},
		{line: "diff --from 9 -i", refused: true, says: []string{"no such integration or version"}},
		{line: "export --version 9 -i", refused: true, says: []string{"no such integration or version"}},
		{line: "rollback --to 9 -i", refused: true, says: []string{"no such integration or version"}},
		{line: "rollback --to 1 --if-version 1 -i", refused: true, says: []string{"was first, with version 2 of demo"}},
	} {
		b.types(c)
	}
	require.Equal(t, first, b.types(typed{line: "export --version 1 -i"}))
	require.Equal(t, slower, b.types(typed{line: "export -i"}))

	rows := b.types(typed{line: "lookup export vat_code -i", says: []string{`^key;value;percent`, `^shifted;4;0`}})
	for _, c := range []typed{
		{line: "lookup list -i", says: []string{`^TABLE +KEYS +WITHOUT A ROW +ROWS`, `^vat_code +key +park +4 `}},
		{line: "lookup export nothing -i", refused: true, says: []string{"koppel lookup list -i demo"}},
		{line: "lookup import vat_code -f - -i", input: rows + "9;1;many;;\n", refused: true, says: []string{"the document is refused, nothing changed", "line 6"}},
		{line: "lookup import nothing -f - -i", input: rows, refused: true, says: []string{`"nothing": `}},
		{line: "lookup import vat_code -f - --if-version 1 -i", input: rows, refused: true, says: []string{"was first, with version 2 of demo"}},
		{line: "lookup import vat_code -f - -i", input: rows, says: []string{"version 2 is in force and says the same"}},
		{line: "lookup import vat_code -f - --note low -i", input: strings.Replace(rows, "\n3;3;0;;", "", 1), says: []string{"demo: version 3 is in force$"}},
		{line: "diff -i", says: []string{`^lookups\.vat_code\.rows`}},
		{line: "coverage -i", says: []string{`^vat_code: .*3`}},
		{line: "rollback --to 1 --note before -i", says: []string{"demo: version 4 is in force$"}},
		{line: "versions --limit 2 -i", says: []string{`^4 \(in force\) .* before$`, `^3 +.* low$`}, hides: "slower"},
		{line: "versions --before 3 -i", says: []string{`^2 +.* slower$`}, hides: "in force"},
	} {
		b.types(c)
	}
	require.Equal(t, first, b.types(typed{line: "export -i"}), "byte for byte")
}

// What guards an installation: secrets, the master key, tokens and a consent. No
// worker runs that would go on sealing with the key of before.
func TestCommandLine_KeepsSecretsToItself(t *testing.T) {
	b := setup(t, withoutWorker)
	key := b.Config.Key.Reveal()
	token := strings.TrimSpace(b.types(typed{line: "token create ci --scope operate"}))
	require.NotEmpty(t, token)
	for _, c := range []typed{
		{line: "token create ci --scope read", refused: true, says: []string{"koppel token revoke"}},
		{line: "token create other --scope everything", refused: true, says: []string{"read, operate or admin"}},
		{line: "token list", says: []string{`^NAME +SCOPE`, `^ci +operate .* never +-$`}, hides: token},
		{line: "token revoke ci", says: []string{"ci: is revoked"}},
		{line: "token revoke ci", refused: true, says: []string{`no token in force is called "ci"`}},
		{line: "token list", says: []string{`^ci +operate .*\d\d:\d\d:\d\d CES?T$`}, hides: token},

		{line: "secret set nothing -i", input: "planted", refused: true, says: []string{`there is no secret "nothing"`}, hides: "planted"},
		{line: "secret set mplus.secret -i", refused: true, says: []string{"no secret came on standard input"}},
		{line: "secret set mplus.secret -i", input: "planted\n", says: []string{"demo: mplus.secret is set"}, hides: "planted"},
		{line: "secret list -i", says: []string{`^mplus\.secret +set \d{4}-`, `^accountview\.refresh_token +set `}, hides: "planted"},
		{line: "secret list -i nobody", says: []string{`^mplus\.secret +not set`}},

		{line: "connect accountview -i", refused: true, says: []string{"public_url_missing: .*KOPPEL_PUBLIC_URL"}},
		{line: "connect mplus -i", refused: true, says: []string{`invalid argument "mplus"`}},
		{line: "connect accountview -i", env: []string{"KOPPEL_PUBLIC_URL=https://koppel.example.nl"}, says: []string{
			`Open this address in a browser before .*\d\d:\d\d:\d\d CES?T:`, `^http://127\.0\.0\.1:.*redirect_uri=https%3A%2F%2Fkoppel\.example\.nl%2Fconnect%2Faccountview`,
		}},
	} {
		b.types(c)
	}
	require.NotEqual(t, b.types(typed{line: "secret new-key"}), b.types(typed{line: "secret new-key"}))

	next := func(said string) {
		t.Helper()
		line := strings.TrimSpace(b.types(typed{line: "secret rotate-key", env: []string{"KOPPEL_KEY=" + key}, says: []string{said, "^now: "}}))
		if line != "" {
			key = line
		}
	}
	next("step 1 of 3")
	next("step 2 of 3")
	next("secret: [1-9][0-9]* sealed anew")
	both := key
	next("secret: 0 sealed anew")
	require.NotEqual(t, both, key, "the new key alone")
	b.types(typed{line: "secret set mplus.secret -i", input: "planted\n", env: []string{"KOPPEL_KEY=" + key}})
	b.types(typed{line: "connect accountview -i", env: []string{"KOPPEL_KEY=" + key, "KOPPEL_PUBLIC_URL=https://koppel.example.nl"}, says: []string{"Open this address"}})
	b.types(typed{line: "secret list -i", env: []string{"KOPPEL_KEY=no key"}, refused: true, says: []string{"KOPPEL_KEY"}})
}
