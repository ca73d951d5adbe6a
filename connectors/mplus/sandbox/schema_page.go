package sandbox

import (
	"net/http"
	"os"
	"regexp"
)

// serveRoot answers what is not a POST: the description at ?wsdl, a page at ?docs, and 405 to everything else, which is
// how a client tells that the API lives here.
func (s *Server) serveRoot(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	switch {
	case r.Method == http.MethodGet && query.Has("wsdl"):
		s.serveWSDL(w, r)
	case r.Method == http.MethodGet && query.Has("docs"):
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(docsPage))
	default:
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "Method not allowed", http.StatusMethodNotAllowed)
	}
}

const docsPage = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>MplusKASSA API (sandbox)</title></head>
<body><h1>MplusKASSA API (sandbox)</h1>
<p>POST SOAP 1.1 envelopes to <code>/</code> with <code>ident</code> and <code>secret</code> in the query.</p>
<p>Ring up a sale at <a href="/till">/till</a>.</p></body></html>
`

const noWSDL = `This sandbox was not given a service description.
Take one from a till you have access to:
  curl -o mplusqapi.wsdl 'https://api.mpluskassa.nl:PORT/?wsdl'
and start the sandbox with --mplus-wsdl mplusqapi.wsdl or MPLUS_WSDL=mplusqapi.wsdl.
`

var addressInWSDL = regexp.MustCompile(`(<[A-Za-z0-9_-]*:?address\s+location=")[^"]*(")`)

// serveWSDL serves the vendor's file with the address under which the sandbox was asked.
func (s *Server) serveWSDL(w http.ResponseWriter, r *http.Request) {
	if s.opts.WSDLPath == "" {
		http.Error(w, noWSDL, http.StatusNotFound)
		return
	}
	document, err := os.ReadFile(s.opts.WSDLPath)
	if err != nil {
		s.opts.Log.Error("sandbox till", "error", err)
		http.Error(w, noWSDL, http.StatusNotFound)
		return
	}
	own := "http://" + hostOnly.ReplaceAllString(r.Host, "") + "/"
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	_, _ = w.Write(addressInWSDL.ReplaceAll(document, []byte("${1}"+own+"${2}")))
}

// hostOnly drops from a Host header what cannot stand in an address.
var hostOnly = regexp.MustCompile(`[^A-Za-z0-9.:\[\]-]`)
