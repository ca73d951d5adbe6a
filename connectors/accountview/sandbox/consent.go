package sandbox

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// consentRequest is what an app asks a person's consent for.
type consentRequest struct {
	App          app
	ResponseType string
	RedirectURI  string
	State        string
	Scopes       []string
	Challenge    string // of PKCE; empty where none is asked
}

var consentPage = template.Must(template.New("consent").Parse(`<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><title>AccountView sandbox: toestemming</title><style>` + pageStyle + `</style></head>
<body><main class="narrow"><h1>Toestemming geven</h1>
<p>De applicatie <code>{{.App.ID}}</code> vraagt toegang tot uw administratie. U bent aangemeld als <b>demo@example.com</b>.</p>
<form method="post" action="/ams/authorize.aspx">
<input type="hidden" name="client_id" value="{{.App.ID}}">
<input type="hidden" name="response_type" value="{{.ResponseType}}">
<input type="hidden" name="redirect_uri" value="{{.RedirectURI}}">
<input type="hidden" name="state" value="{{.State}}">
{{if .Challenge}}<input type="hidden" name="code_challenge" value="{{.Challenge}}">
<input type="hidden" name="code_challenge_method" value="S256">
{{end}}{{range .Choices}}<label><input type="checkbox" name="scope" value="{{.Scope}}" {{if .Asked}}checked{{end}}> {{.Label}}</label>
{{end}}<p><button name="answer" value="allow">Toestaan</button> <button name="answer" value="deny" class="quiet">Weigeren</button></p>
</form></main></body></html>
`))

type scopeChoice struct {
	Scope, Label string
	Asked        bool
}

// Choices are the three scopes as the page offers them.
func (c consentRequest) Choices() []scopeChoice {
	labels := []string{"Gegevens lezen", "Gegevens toevoegen en wijzigen", "Gegevens verwijderen"}
	var choices []scopeChoice
	for i, scope := range allScopes {
		choices = append(choices, scopeChoice{scope, labels[i], slices.Contains(c.Scopes, scope)})
	}
	return choices
}

// serveConsent is /ams/authorize.aspx: GET shows the page, POST is the person's answer to it.
func (s *Server) serveConsent(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		consentError(w, "De aanvraag kan niet worden gelezen.")
		return
	}
	values := lowerKeys(r.Form)
	asked, problem := s.readConsent(values)
	if problem != "" {
		consentError(w, problem)
		return
	}
	if asked.ResponseType != "code" && asked.ResponseType != "token" {
		asked.redirect(w, r, url.Values{"error": {"unsupported_response_type"}})
		return
	}
	if s.options().PKCE == "required" && asked.ResponseType == "code" &&
		(asked.Challenge == "" || values.Get("code_challenge_method") != "S256") {
		asked.redirect(w, r, url.Values{"error": {"invalid_request"}})
		return
	}
	for _, scope := range asked.Scopes {
		if !slices.Contains(allScopes, scope) {
			asked.redirect(w, r, url.Values{"error": {"invalid_scope"}})
			return
		}
	}
	switch r.Method {
	case http.MethodGet:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		_ = consentPage.Execute(w, asked)
	case http.MethodPost:
		if values.Get("answer") != "allow" || len(asked.Scopes) == 0 {
			asked.redirect(w, r, url.Values{"error": {"access_denied"}})
			return
		}
		s.grantConsent(w, r, asked)
	default:
		w.Header().Set("Allow", "GET, POST")
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}

func (s *Server) grantConsent(w http.ResponseWriter, r *http.Request, asked consentRequest) {
	g := grant{ClientID: asked.App.ID, Scopes: asked.Scopes}
	if asked.ResponseType == "code" {
		asked.redirect(w, r, url.Values{"code": {s.tokens.newCode(g, asked, s.now())}})
		return
	}
	ttl := time.Duration(s.options().TokenTTL)
	access, _, err := s.tokens.issue(g, ttl, false, "", s.now())
	if err != nil {
		asked.redirect(w, r, url.Values{"error": {"server_error"}})
		return
	}
	asked.redirect(w, r, url.Values{
		"access_token": {access}, "token_type": {"bearer"}, "expires_in": {strconv.Itoa(int(ttl.Seconds()))}, "scope": {g.scopeText()},
	})
}

// readConsent checks who asks and where the answer goes. As long as either is wrong nothing may be redirected.
func (s *Server) readConsent(values url.Values) (consentRequest, string) {
	a, known := s.tokens.app(values.Get("client_id"))
	if !known {
		return consentRequest{}, "De applicatie (client_id) is niet bekend."
	}
	redirectURI := values.Get("redirect_uri")
	if !slices.Contains(a.RedirectURIs, redirectURI) {
		return consentRequest{}, "De redirect_uri is niet geregistreerd bij deze applicatie."
	}
	return consentRequest{
		App: a, ResponseType: values.Get("response_type"), RedirectURI: redirectURI, State: values.Get("state"),
		Scopes:    strings.Fields(strings.Join(values["scope"], " ")),
		Challenge: values.Get("code_challenge"),
	}, ""
}

// redirect sends the answer to the app: in the query, or for a token in the fragment, with the state it sent.
func (c consentRequest) redirect(w http.ResponseWriter, r *http.Request, answer url.Values) {
	if c.State != "" {
		answer.Set("state", c.State)
	}
	target, err := url.Parse(c.RedirectURI)
	if err != nil {
		consentError(w, "De redirect_uri kan niet worden gelezen.")
		return
	}
	if c.ResponseType == "token" {
		http.Redirect(w, r, target.String()+"#"+answer.Encode(), http.StatusFound)
		return
	}
	query := target.Query()
	for name, values := range answer {
		query[name] = values
	}
	target.RawQuery = query.Encode()
	http.Redirect(w, r, target.String(), http.StatusFound)
}

var consentErrorPage = template.Must(template.New("consent-error").Parse(`<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><title>AccountView sandbox</title><style>` + pageStyle + `</style></head>
<body><main class="narrow"><h1>Aanmelden is niet gelukt</h1><p>{{.}}</p></main></body></html>
`))

func consentError(w http.ResponseWriter, problem string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusBadRequest)
	_ = consentErrorPage.Execute(w, problem)
}

func lowerKeys(values url.Values) url.Values {
	lower := url.Values{}
	for name, given := range values {
		key := strings.ToLower(name)
		lower[key] = append(lower[key], given...)
	}
	return lower
}
