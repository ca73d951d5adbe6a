package sandbox

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"github.com/koppel/koppel/internal/sandboxkit"
)

const apiPath = "/api/v3/"

// operation names a call for counts and faults.
func operation(r *http.Request) (op string, write, paged bool) {
	path := strings.ToLower(strings.TrimSuffix(r.URL.Path, "/"))
	endpoint, isAPI := strings.CutPrefix(path, apiPath)
	if !isAPI {
		return "", false, false
	}
	switch endpoint {
	case "token":
		return r.Method + " token", false, false // changes no record: a test that says "no writes" means the books
	case "companies":
		return r.Method + " companies", false, false
	case "accountviewsystembusinessobjects":
		return r.Method + " businessobjects", false, false
	case "accountviewdata", "accountviewsystemdata":
	default:
		return "", false, false
	}
	prefix, fallback := r.Method+" ", "accountviewdata"
	if endpoint == "accountviewsystemdata" {
		prefix, fallback = r.Method+" system ", "data"
	}
	if r.Method != http.MethodGet {
		return prefix + knownCode(codeInBody(r.Body), fallback), true, false
	}
	values := lowerKeys(r.URL.Query())
	paged = values.Get("lastkey") != "" || (values.Get("pagenumber") != "" && values.Get("pagenumber") != "1")
	return prefix + knownCode(values.Get("businessobject"), fallback), false, paged
}

func knownCode(code, fallback string) string {
	if o, known := objectCoded(code); known {
		return o.displayCode()
	}
	return fallback
}

// codeInBody finds the business object of an envelope without reading the rest of it.
func codeInBody(body io.Reader) string {
	raw, err := io.ReadAll(io.LimitReader(body, maxEnvelope))
	if err != nil {
		return ""
	}
	var named struct{ BusinessObject string }
	if err := json.NewDecoder(bytes.NewReader(raw)).Decode(&named); err != nil {
		return ""
	}
	return named.BusinessObject
}

// hooks tell the faults how this system speaks.
func (s *Server) hooks() sandboxkit.Hooks {
	return sandboxkit.Hooks{
		Operation:    operation,
		Error500:     s.internalError,
		ErrorIn200:   s.errorIn200,
		Unauthorized: s.expireToken,
		// The token endpoint takes no access token and tells its errors by status.
		Applies: func(op string, k sandboxkit.Kind) bool {
			return !isToken(op) || (k != sandboxkit.ExpiredToken && k != sandboxkit.ErrorIn200)
		},
		// Of a refresh whose answer is lost nobody can recover: the old token is dead, the new one unknown.
		Fragile: isToken,
		Calls:   s.calls,
	}
}

func isToken(op string) bool { return strings.HasSuffix(op, " token") }
