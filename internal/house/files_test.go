package house

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/workflows"
)

const mostLines = 600

// files lists what git knows of, or would: the repository's own files.
func files(t *testing.T) map[string][]byte {
	t.Helper()
	cmd := exec.Command("git", "ls-files", "--cached", "--others", "--exclude-standard")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	require.NoError(t, err)
	all := map[string][]byte{}
	for line := range strings.Lines(string(out)) {
		name := strings.TrimSpace(line)
		text, err := os.ReadFile(filepath.Join("../..", name))
		if os.IsNotExist(err) { // deleted, not committed yet
			continue
		}
		require.NoError(t, err)
		all[name] = text
	}
	require.NotEmpty(t, all)
	return all
}

func generated(name string) bool {
	return strings.HasPrefix(name, "db/store/") || strings.HasSuffix(name, "_templ.go")
}

func TestFiles_AreRoomsNotHalls(t *testing.T) {
	t.Parallel()
	for name, text := range files(t) {
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !generated(name) {
			require.LessOrEqual(t, bytes.Count(text, []byte("\n")), mostLines, name)
		}
	}
}

func TestFiles_AreNamedForWhatTheyProvide(t *testing.T) {
	t.Parallel()
	for name := range files(t) {
		for _, part := range strings.Split(name, "/") {
			require.NotContains(t, []string{"pkg", "utils", "util", "common", "helpers", "models", "misc", "types.go", "helpers.go", "utils.go"}, part, name)
		}
	}
}

// What belongs to one machine or to one workplace has no place in the repository.
func TestFiles_NameNoMachine(t *testing.T) {
	t.Parallel()
	banned := regexp.MustCompile(`(^|[^A-Za-z0-9_.])/(work|root|home/[a-z]+)/|\.\./shared|goproxy|proxy\.golang\.org|registry\.npmjs|deb\.debian\.org`)
	for name, text := range files(t) {
		if name == ".ci/run" || name == "internal/house/files_test.go" {
			continue
		}
		require.Empty(t, string(banned.Find(text)), name)
	}
}

// A test that does not run says which variable runs it.
func TestTests_SkipOnlyWhatAVariableRuns(t *testing.T) {
	t.Parallel()
	fuzzed := []string{"connectors/accountview/answer_test.go"} // leaves out inputs, not tests
	for name, text := range files(t) {
		if !strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "internal/house/") || slices.Contains(fuzzed, name) {
			continue
		}
		if bytes.Contains(text, []byte("t.Skip(")) {
			require.True(t, bytes.Contains(text, []byte("MPLUS_WSDL")) || bytes.Contains(text, []byte("KOPPEL_")), "%s skips a test without naming the variable that runs it", name)
		}
	}
}

func TestFlows_EachHasItsPage(t *testing.T) {
	t.Parallel()
	for _, flow := range workflows.Catalog {
		require.FileExists(t, filepath.Join("../../docs", flow.Name+".md"))
	}
}

// Which fields the books have is the document's matter: code that names one
// would have to change for the next installation.
func TestCode_NamesNoFieldOfTheBooks(t *testing.T) {
	t.Parallel()
	field := regexp.MustCompile(`"(ACCT_NAME|SUB_NR|DEB_NR|COMMENT1|ART_CODE|ART_PX|ORD_QTY|RPL_INV|RPL_DEL|ORD_DATE|DEL_CODE|SHIP_MTH|EMP_NR|VAT_CODE|MAIL_BUS|POST_CODE|CNT_CODE|SRC_CODE|ORD_NR)"`)
	for name, text := range files(t) {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "connectors/accountview/") {
			continue
		}
		require.Empty(t, string(field.Find(text)), name)
	}
}
