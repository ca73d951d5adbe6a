package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
)

// serveOptions answers /_sandbox/options: GET shows the switches, POST changes those it names, all or none. They are back
// at what the sandbox was started with after a restart.
func (s *Server) serveOptions(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet:
	case http.MethodPost:
		changed := *s.options()
		decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20))
		decoder.DisallowUnknownFields()
		err := decoder.Decode(&changed)
		if err == nil {
			changed, err = changed.withDefaults()
		}
		if err != nil {
			writeJSON(w, http.StatusBadRequest, map[string]string{"error": err.Error()})
			return
		}
		s.opts.Store(&changed)
		s.books.describe(&changed)
	default:
		w.Header().Set("Allow", "GET, POST")
		writeError(w, http.StatusMethodNotAllowed, nil, "Deze methode wordt niet ondersteund.")
		return
	}
	writeJSON(w, http.StatusOK, s.options())
}

// serveClients answers POST /_sandbox/clients, which stands for registering an app in the developer pages.
func (s *Server) serveClients(w http.ResponseWriter, r *http.Request) {
	if !only(w, r, http.MethodPost) {
		return
	}
	var asked struct {
		RedirectURIs []string `json:"redirect_uris"`
	}
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&asked)
	if err == nil {
		err = checkRedirectURIs(asked.RedirectURIs)
	}
	if err != nil {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": err.Error()})
		return
	}
	a, err := s.tokens.register(asked.RedirectURIs)
	if err != nil {
		s.writeRefusal(w, err)
		return
	}
	writeJSON(w, http.StatusCreated, map[string]any{"client_id": a.ID, "client_secret": a.Secret, "redirect_uris": a.RedirectURIs})
}

func checkRedirectURIs(uris []string) error {
	if len(uris) == 0 {
		return fmt.Errorf("redirect_uris must hold at least one address")
	}
	for _, uri := range uris {
		if u, err := url.Parse(uri); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.Fragment != "" {
			return fmt.Errorf("redirect_uris must be http or https addresses without a fragment")
		}
	}
	return nil
}
