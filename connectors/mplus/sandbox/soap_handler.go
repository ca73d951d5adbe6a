package sandbox

import (
	"crypto/subtle"
	"errors"
	"net/http"

	"github.com/koppel/koppel/internal/sandboxkit"
	"github.com/koppel/koppel/internal/soap"
)

const (
	namespace  = "urn:mplusqapi"
	maxRequest = 16 << 20
)

// serveSOAP answers a POST: credentials first, then the operation that the body names. SOAPAction is not looked at.
func (s *Server) serveSOAP(w http.ResponseWriter, r *http.Request) {
	if !s.admitted(r) {
		s.answerBadCredentials(w, r)
		return
	}
	a := arrived(r)
	body := a.body
	if a.err != nil {
		s.answerFault(w, clientFault("The request is not a SOAP 1.1 envelope that can be read."))
		return
	}
	if body.Namespace() != namespace && !s.till.switches().Lenient {
		s.answerFault(w, clientFault("The request is not of namespace %s.", namespace))
		return
	}
	root, answer, err := s.till.run(body.Root(), body, sandboxkit.PageFault(r.Context()))
	if fault, ok := errors.AsType[*soap.Fault](err); ok {
		s.answerFault(w, fault)
		return
	}
	if err != nil {
		s.opts.Log.Error("sandbox till", "operation", printable(body.Root()), "error", err)
		s.answerFault(w, &soap.Fault{Code: "Server", String: "Internal error."})
		return
	}
	s.answer(w, root, answer)
}

// admitted checks ident and secret in the query: the API knows no other credentials and no session.
func (s *Server) admitted(r *http.Request) bool {
	query := r.URL.Query()
	same := func(name, want string) bool {
		return subtle.ConstantTimeCompare([]byte(query.Get(name)), []byte(want)) == 1
	}
	ident, secret := same("ident", s.opts.Ident), same("secret", s.opts.Secret)
	return ident && secret
}

func (s *Server) answerBadCredentials(w http.ResponseWriter, _ *http.Request) {
	switch s.till.switches().BadCredentials {
	case CredentialsStatus401:
		http.Error(w, "Unauthorized", http.StatusUnauthorized)
	case CredentialsStatus403:
		http.Error(w, "Forbidden", http.StatusForbidden)
	default:
		s.answerFault(w, &soap.Fault{Code: "Client.Authentication", String: "Authentication failed."})
	}
}

func (s *Server) answer(w http.ResponseWriter, root string, content any) {
	document, err := soap.Marshal(namespace, root, content)
	if err != nil {
		s.opts.Log.Error("sandbox till", "answer", root, "error", err)
		s.answerFault(w, &soap.Fault{Code: "Server", String: "Internal error."})
		return
	}
	s.write(w, http.StatusOK, document)
}

func (s *Server) answerFault(w http.ResponseWriter, fault *soap.Fault) {
	document, err := soap.MarshalFault(namespace, *fault)
	if err != nil {
		s.opts.Log.Error("sandbox till", "error", err)
		http.Error(w, "Internal error", http.StatusInternalServerError)
		return
	}
	s.write(w, http.StatusInternalServerError, document)
}

func (s *Server) write(w http.ResponseWriter, status int, document []byte) {
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.Header().Set("Mplus-Service-Version", "67.1.3")
	w.WriteHeader(status)
	_, _ = w.Write(document) // a caller that left is no concern of the till
}
