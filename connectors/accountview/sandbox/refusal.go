package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// refusal is an error the way AccountView tells it: a Dutch sentence for people, and a status.
type refusal struct {
	status  int
	numbers []int // nil is answered as null
	message string
}

func (r *refusal) Error() string { return r.message }

// The numbers are the sandbox's own; the real ones are not known.
const (
	badRequest     = 100 // a parameter or an envelope that cannot be read
	unknownObject  = 101
	unknownField   = 102
	notAllowed     = 103
	mustBeGiven    = 200
	doesNotFit     = 201
	wrongValue     = 202
	doesNotExist   = 203
	existsAlready  = 204
	keptBySystem   = 205
	recordBlocked  = 206
	recordNotFound = 207
)

// invalid refuses what a client sent, with 400.
func invalid(code int, format string, args ...any) error {
	return &refusal{http.StatusBadRequest, []int{code}, fmt.Sprintf(format, args...)}
}

func notFound(format string, args ...any) error {
	return &refusal{http.StatusNotFound, []int{recordNotFound}, fmt.Sprintf(format, args...)}
}

// errorBody is the shape clients look for, on any status.
type errorBody struct {
	ErrorType    string
	ErrorNumbers []int
	ErrorMessage string
}

func writeError(w http.ResponseWriter, status int, numbers []int, message string) {
	writeJSON(w, status, errorBody{"AccountViewError", numbers, message})
}

// writeRefusal answers an error of reading or writing the books. Anything but a refusal is our own failure.
func (s *Server) writeRefusal(w http.ResponseWriter, err error) {
	r, ok := err.(*refusal)
	if !ok {
		s.internalError(w, nil)
		return
	}
	status := r.status
	if s.options().ErrorsIn200 == On {
		status = http.StatusOK
	}
	writeError(w, status, r.numbers, r.message)
}

func (s *Server) internalError(w http.ResponseWriter, _ *http.Request) {
	writeError(w, http.StatusInternalServerError, nil, "Er is een onverwachte fout opgetreden in AccountView.")
}

func (s *Server) errorIn200(w http.ResponseWriter, _ *http.Request) {
	writeError(w, http.StatusOK, nil, "De administratie is tijdelijk niet beschikbaar. Probeer het later opnieuw.")
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		status, body = http.StatusInternalServerError, []byte(`{"ErrorType":"AccountViewError","ErrorNumbers":null,"ErrorMessage":"Onbekende fout"}`)
	}
	writeBody(w, status, body)
}

func writeBody(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
