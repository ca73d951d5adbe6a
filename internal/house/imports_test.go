package house

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/koppel/koppel"

// room is a row of the import table: a folder, what of ours its code may import
// (folders, their own subfolders included), and what else it must never import.
type room struct {
	folder string
	may    []string
	never  []string
	why    string
}

var (
	temporalSDK = []string{"go.temporal.io/"}
	postgres    = []string{"github.com/jackc/pgx"}
)

// table is the import table. The longest matching folder decides.
var table = []room{
	{"domain", nil, append(temporalSDK, postgres...), "the canonical model knows nobody"},
	{"domain/reconcile", []string{"domain"}, temporalSDK, "pure decisions"},
	{"settings", []string{"domain"}, temporalSDK, "the document is read without anything running"},
	{"mapping", []string{"domain"}, temporalSDK, "mapping is pure"},
	{"internal/fault", nil, temporalSDK, "kinds of failure belong to nobody"},
	{"internal/secret", nil, temporalSDK, "secrets know no system"},
	{"internal/soap", nil, temporalSDK, "the envelope only"},
	{"internal/wsdl", nil, temporalSDK, "the vendor's schema, for tests"},
	{"internal/sandboxkit", nil, temporalSDK, "what sandboxes share knows no client"},
	{"internal/httpx", []string{"connectors", "internal/fault"}, temporalSDK, "connectors for the Gate"},
	{"internal/notify", []string{"domain", "internal/fault", "internal/httpx", "internal/secret"}, append(temporalSDK, postgres...), "brings messages to people, and decides nothing"},
	{"internal/telemetry", []string{"internal/fault", "internal/secret"}, nil, "measures and logs for everybody"},
	{"connectors", []string{"domain"}, temporalSDK, "roles know no system"},
	{"connectors/recording", []string{"domain", "connectors"}, temporalSDK, "writes of a dry run, to no system"},
	{"connectors/conformance", []string{"domain", "connectors", "internal/fault"}, temporalSDK, "one suite for all connectors"},
	{"connectors/accountview", connectorMay, append(temporalSDK, postgres...), "a connector knows one system"},
	{"connectors/mplus", connectorMay, append(temporalSDK, postgres...), "a connector knows one system"},
	{"connectors/accountview/sandbox", sandboxMay, append(temporalSDK, postgres...), "no misreading may sit on both sides"},
	{"connectors/mplus/sandbox", sandboxMay, append(temporalSDK, postgres...), "no misreading may sit on both sides"},
	{"db", []string{"db/store", "domain", "internal/fault", "internal/secret"}, temporalSDK, "the database knows no flow"},
	{"db/store", nil, temporalSDK, "generated"},
	{
		"activities",
		[]string{"domain", "settings", "mapping", "connectors", "connectors/recording", "db", "internal/fault", "internal/secret", "internal/telemetry"},
		[]string{"go.temporal.io/sdk/client", "go.temporal.io/sdk/workflow", "go.temporal.io/sdk/worker"},
		"activities know roles, never a concrete connector",
	},
	{
		"workflows",
		[]string{"domain", "activities"},
		[]string{"net/http", "os", "log/slog", "github.com/jackc/pgx", "go.temporal.io/sdk/client", "go.temporal.io/sdk/worker"},
		"a workflow sees no client and no setting",
	},
	{"worker", []string{"workflows", "activities"}, []string{"github.com/labstack/echo"}, "registers and reconciles"},
	{
		"server",
		[]string{"server", "workflows", "db", "domain", "settings", "mapping", "internal/telemetry", "internal/secret"},
		[]string{"go.temporal.io/sdk/worker"},
		"the server never calls an outside system",
	},
	{"configs", []string{"db", "internal/telemetry", "internal/secret"}, temporalSDK, "settings of a process"},
}

var (
	connectorMay = []string{
		"domain", "connectors", "internal/fault", "internal/httpx", "internal/soap", "internal/secret", "internal/telemetry",
	}
	sandboxMay = []string{"internal/soap", "internal/sandboxkit"}
	// meeting places may import everything.
	meeting = []string{"internal/app", "internal/testkit", "cmd", "dev", "internal/house"}
)

// broken says why a package may not import another; empty when it may.
func broken(pkg, imported string) string {
	folder := strings.TrimPrefix(pkg, module+"/")
	for _, place := range meeting {
		if within(folder, place) {
			return ""
		}
	}
	rule, found := ruleOf(folder)
	if !found {
		return fmt.Sprintf("%s is in no row of the import table: add it", folder)
	}
	ours, isOurs := strings.CutPrefix(imported, module+"/")
	if !isOurs {
		for _, banned := range rule.never {
			if imported == banned || strings.HasPrefix(imported, strings.TrimSuffix(banned, "/")+"/") {
				return fmt.Sprintf("%s may not import %s: %s", folder, imported, rule.why)
			}
		}
		return ""
	}
	if within(folder, rule.folder) && ours == rule.folder {
		return ""
	}
	for _, allowed := range rule.may {
		if ours == allowed || within(ours, allowed) && allowed != "connectors" {
			return ""
		}
	}
	return fmt.Sprintf("%s may not import %s: %s", folder, ours, rule.why)
}

func ruleOf(folder string) (best room, found bool) {
	for _, r := range table {
		if within(folder, r.folder) && len(r.folder) >= len(best.folder) {
			best, found = r, true
		}
	}
	return best, found
}

func within(folder, parent string) bool {
	return folder == parent || strings.HasPrefix(folder, parent+"/")
}

func TestImports_FollowTheTable(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"../..", "../../dev"} {
		for pkg, imports := range importsOf(t, dir) {
			for _, imported := range imports {
				if problem := broken(pkg, imported); problem != "" {
					t.Error(problem)
				}
			}
		}
	}
}

func TestImports_TheTableCatchesWhatIsForbidden(t *testing.T) {
	t.Parallel()
	for pkg, imported := range map[string]string{
		"domain":                         module + "/db",
		"workflows":                      "net/http",
		"activities":                     module + "/connectors/mplus",
		"server/console":                 module + "/activities",
		"connectors/mplus":               module + "/connectors/accountview",
		"connectors/mplus/sandbox":       module + "/connectors/mplus",
		"connectors/accountview/sandbox": module + "/domain",
		"settings":                       "go.temporal.io/sdk/client",
		"unheard/of":                     "fmt",
	} {
		require.NotEmpty(t, broken(module+"/"+pkg, imported), "%s imports %s", pkg, imported)
	}
	require.Empty(t, broken(module+"/activities", module+"/connectors"))
	require.Empty(t, broken(module+"/cmd/koppel", module+"/connectors/mplus"))
}

// importsOf lists the direct imports of all packages, tests left out.
func importsOf(t *testing.T, dir string) map[string][]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "./...")
	cmd.Dir = filepath.Clean(dir)
	out, err := cmd.Output()
	require.NoError(t, err)
	imports := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		imports[words[0]] = words[1:]
	}
	return imports
}
