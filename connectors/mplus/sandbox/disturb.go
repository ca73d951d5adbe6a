package sandbox

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/koppel/koppel/internal/sandboxkit"
	"github.com/koppel/koppel/internal/soap"
)

// disturbed puts the faults of the shared kit before the API. Operations that can fail inside an HTTP 200 get that kind
// of fault as well; the others cannot express it.
func (s *Server) disturbed(next http.Handler) http.Handler {
	hooks := sandboxkit.Hooks{
		Operation: nameCall,
		Error500: func(w http.ResponseWriter, _ *http.Request) {
			s.answerFault(w, &soap.Fault{Code: "Server", String: "The service is not available at this moment."})
		},
		Unauthorized: s.answerBadCredentials,
		Calls:        &s.calls,
	}
	plain := s.faults.Wrap(hooks, next)
	hooks.ErrorIn200 = s.answerFailed
	failing := s.faults.Wrap(hooks, next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = arrive(r)
		if operations[arrived(r).body.Root()].failed != nil {
			failing.ServeHTTP(w, r)
			return
		}
		plain.ServeHTTP(w, r)
	})
}

func (s *Server) answerFailed(w http.ResponseWriter, r *http.Request) {
	op := operations[arrived(r).body.Root()]
	s.answer(w, op.answer, op.failed)
}

var (
	writing = regexp.MustCompile(`^(create|update|save|set|cancel|pay|deliver|process|new|delete|add|replace|queue|adjust|register|credit|place|store|send)[A-Z]`)
	asked   = regexp.MustCompile(`<(?:[A-Za-z0-9_.-]+:)?syncMarker>\s*0*([0-9]+)\s*<`)
)

// nameCall tells the kit which operation a request is, whether it changes something, and whether it reads on from an
// earlier page. Every marker above the first is such a read.
func nameCall(r *http.Request) (name string, write, paged bool) {
	a := arrived(r)
	if a.err != nil {
		return "unreadable", false, false
	}
	name = printable(a.body.Root())
	if strings.HasPrefix(name, "get") {
		if m := asked.FindSubmatch(a.body.Document()); m != nil {
			paged = string(m[1]) != "0" && string(m[1]) != "1"
		}
	}
	return name, writing.MatchString(name), paged
}
