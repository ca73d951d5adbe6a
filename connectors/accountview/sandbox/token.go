package sandbox

import (
	"crypto/subtle"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// maxForm bounds forms: an authorization code and two addresses are far smaller.
const maxForm = 64 << 10

// tokenAnswer is a successful answer of the token endpoint.
type tokenAnswer struct {
	AccessToken  string `json:"access_token"`
	TokenType    string `json:"token_type"`
	ExpiresIn    int64  `json:"expires_in"`
	RefreshToken string `json:"refresh_token"`
	Scope        string `json:"scope"`
}

// tokenError is an answer of the token endpoint as RFC 6749 section 5.2 has it.
type tokenError struct {
	Error       string `json:"error"`
	Description string `json:"error_description,omitempty"`
}

// serveToken is POST /api/v3/token. Credentials go in the body; a Basic header is not understood.
func (s *Server) serveToken(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Pragma", "no-cache")
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		writeJSON(w, http.StatusMethodNotAllowed, tokenError{"invalid_request", "use POST"})
		return
	}
	form, problem := readTokenForm(w, r)
	if problem != "" {
		writeJSON(w, http.StatusBadRequest, tokenError{"invalid_request", problem})
		return
	}
	a, known := s.tokens.app(form.Get("client_id"))
	if !known || subtle.ConstantTimeCompare([]byte(a.Secret), []byte(form.Get("client_secret"))) != 1 {
		writeJSON(w, http.StatusBadRequest, tokenError{"invalid_client", "client_id or client_secret in the body is wrong"})
		return
	}
	switch form.Get("grant_type") {
	case "authorization_code":
		s.exchangeCode(w, a, form)
	case "refresh_token":
		s.exchangeRefresh(w, a, form)
	case "":
		writeJSON(w, http.StatusBadRequest, tokenError{"invalid_request", "grant_type is missing"})
	default:
		writeJSON(w, http.StatusBadRequest, tokenError{"unsupported_grant_type", ""})
	}
}

func readTokenForm(w http.ResponseWriter, r *http.Request) (url.Values, string) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, "send application/x-www-form-urlencoded"
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return nil, "the form cannot be read"
	}
	form := lowerKeys(r.PostForm)
	for name, given := range form {
		if len(given) > 1 {
			return nil, cutAt(name, 40) + " is given more than once"
		}
	}
	return form, ""
}

func (s *Server) exchangeCode(w http.ResponseWriter, a app, form url.Values) {
	g, ok := s.tokens.takeCode(form.Get("code"), a.ID, form.Get("redirect_uri"),
		form.Get("code_verifier"), s.options().PKCE == "required", s.now())
	if !ok {
		writeJSON(w, http.StatusBadRequest, tokenError{"invalid_grant", "the code is unknown, used, expired or of another redirect_uri"})
		return
	}
	ttl := time.Duration(s.options().TokenTTL)
	access, refresh, err := s.tokens.issue(g, ttl, true, "", s.now())
	s.answerTokens(w, access, refresh, g, ttl, err)
}

func (s *Server) exchangeRefresh(w http.ResponseWriter, a app, form url.Values) {
	for _, scope := range strings.Fields(form.Get("scope")) {
		if scope != "*" && !slices.Contains(allScopes, scope) {
			writeJSON(w, http.StatusBadRequest, tokenError{"invalid_scope", ""})
			return
		}
	}
	o := s.options()
	ttl := time.Duration(o.TokenTTL)
	access, refresh, g, ok, err := s.tokens.exchange(form.Get("refresh_token"), a.ID, o.RefreshRotation == On, ttl, s.now())
	if err == nil && !ok {
		writeJSON(w, http.StatusBadRequest, tokenError{"invalid_grant", "the refresh token is unknown or used"})
		return
	}
	s.answerTokens(w, access, refresh, g, ttl, err)
}

func (s *Server) answerTokens(w http.ResponseWriter, access, refresh string, g grant, ttl time.Duration, err error) {
	if err != nil {
		writeJSON(w, http.StatusInternalServerError, tokenError{"server_error", ""})
		return
	}
	writeJSON(w, http.StatusOK, tokenAnswer{access, "bearer", int64(ttl.Seconds()), refresh, g.scopeText()})
}
