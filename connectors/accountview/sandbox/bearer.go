package sandbox

import (
	"net/http"
	"strings"
)

// bearer gives the token of a request's Authorization header; the scheme may be written in any case.
func bearer(r *http.Request) string {
	scheme, token, found := strings.Cut(r.Header.Get("Authorization"), " ")
	if !found || !strings.EqualFold(scheme, "bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// signedIn answers 401 or 403 and false for a request that may not go on.
func (s *Server) signedIn(w http.ResponseWriter, r *http.Request, scope string) bool {
	g, good := s.tokens.check(bearer(r), s.now())
	if !good {
		s.unauthorized(w)
		return false
	}
	if !g.may(scope) {
		writeError(w, http.StatusForbidden, nil, "De applicatie heeft geen toestemming voor deze bewerking.")
		return false
	}
	return true
}

// inCompany answers 403 and false for a request that names no company of the user.
func (s *Server) inCompany(w http.ResponseWriter, r *http.Request) bool {
	if !strings.EqualFold(strings.TrimSpace(r.Header.Get("x-company")), companyID) {
		writeError(w, http.StatusForbidden, nil, "De onderneming in x-company is niet gekoppeld aan deze gebruiker.")
		return false
	}
	return true
}

func (s *Server) unauthorized(w http.ResponseWriter) {
	w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
	writeError(w, http.StatusUnauthorized, nil, "Het toegangstoken ontbreekt, is onjuist of is verlopen.")
}

// expireToken plays the fault of a token that expired early: the token is dead from now on.
func (s *Server) expireToken(w http.ResponseWriter, r *http.Request) {
	s.tokens.expire(bearer(r), s.now())
	s.unauthorized(w)
}
